/** Outbox, templates, channels. */
@NullMarked
package org.banhao.notice.domain;

import org.jspecify.annotations.NullMarked;
