/** The plain pages of members and organisations, registration. */
@NullMarked
package org.banhao.proposal.web;

import org.jspecify.annotations.NullMarked;
