/** The mailbox page for administrators. */
@NullMarked
package org.banhao.notice.web;

import org.jspecify.annotations.NullMarked;
