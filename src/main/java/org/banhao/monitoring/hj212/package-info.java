/**
 * The protocol of pollution source monitoring: HJ/T 212-2005, HJ 212-2017 and HJ 212-2025. Bytes to packets to fields and
 * back. Knows Java and BouncyCastle only; nothing here is shared between threads unless it says so.
 */
@NullMarked
package org.banhao.monitoring.hj212;

import org.jspecify.annotations.NullMarked;
