/** What the administrators' pages do that more than one module takes part in. */
@NullMarked
package org.banhao.administration.domain;

import org.jspecify.annotations.NullMarked;
