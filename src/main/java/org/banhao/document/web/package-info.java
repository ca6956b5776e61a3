/** Upload and download. */
@NullMarked
package org.banhao.document.web;

import org.jspecify.annotations.NullMarked;
