/**
 * Figures, each as a ratio to the bare thing measured in the same interleaved run; see docs/performance.md.
 * Run with {@code ./mvnw -Pbench test-compile exec:exec -Dbench=StepBench}.
 */
@org.jspecify.annotations.NullMarked
package org.banhao.bench;
