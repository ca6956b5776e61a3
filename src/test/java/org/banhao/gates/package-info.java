/** What a text of the project must satisfy: scanners, their own tests, and the lint of models. */
@NullMarked
package org.banhao.gates;

import org.jspecify.annotations.NullMarked;
