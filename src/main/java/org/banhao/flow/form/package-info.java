/** The form contract: an answer is checked before the engine sees it, a form shows what its provider says. */
@NullMarked
package org.banhao.flow.form;

import org.jspecify.annotations.NullMarked;
