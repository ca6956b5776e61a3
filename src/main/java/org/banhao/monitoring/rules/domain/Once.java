package org.banhao.monitoring.rules.domain;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Read when it is first asked for, and kept. Of one thread. */
final class Once<T> {

    private final Supplier<T> read;
    private @Nullable T value;

    Once(Supplier<T> read) {
        this.read = read;
    }

    T get() {
        T known = value;
        if (known == null) {
            known = read.get();
            value = known;
        }
        return known;
    }
}
