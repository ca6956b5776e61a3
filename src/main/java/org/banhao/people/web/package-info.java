/** Sign-in page, landing, security chains and the doors. */
@NullMarked
package org.banhao.people.web;

import org.jspecify.annotations.NullMarked;
