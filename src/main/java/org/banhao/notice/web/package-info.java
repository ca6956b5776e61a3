/** The page on which people set what they are told. */
@NullMarked
package org.banhao.notice.web;

import org.jspecify.annotations.NullMarked;
