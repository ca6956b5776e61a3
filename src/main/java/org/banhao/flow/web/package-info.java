/** The engine's own web calls answered by us, drafts and refusals. */
@NullMarked
package org.banhao.flow.web;

import org.jspecify.annotations.NullMarked;
