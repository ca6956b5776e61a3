/** Stored files and their owners. */
@NullMarked
package org.banhao.document.domain;

import org.jspecify.annotations.NullMarked;
