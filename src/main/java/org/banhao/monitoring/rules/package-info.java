/**
 * What readings are judged by: pure functions from a state, an observation and what is known around it to the next state and findings.
 * Knows Java and the module's own types only; who stores is {@code rules.domain}.
 */
@NullMarked
package org.banhao.monitoring.rules;

import org.jspecify.annotations.NullMarked;
