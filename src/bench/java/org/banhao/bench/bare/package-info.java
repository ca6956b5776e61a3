/** The bare thing to compare with: a stock Camunda Spring Boot application, nothing of ours in it. */
@org.jspecify.annotations.NullMarked
package org.banhao.bench.bare;
