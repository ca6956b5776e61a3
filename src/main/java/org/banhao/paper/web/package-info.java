/** Pages of those who issue papers, and of the rules administrator who keeps their templates. */
@NullMarked
package org.banhao.paper.web;

import org.jspecify.annotations.NullMarked;
