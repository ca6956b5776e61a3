/** Working calendar, deadline rules, mailbox, audit record. */
@NullMarked
package org.banhao.administration.web;

import org.jspecify.annotations.NullMarked;
