package org.banhao.monitoring.domain;

import java.time.Instant;
import java.util.Comparator;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;

/** What there is one reading for. Ordered as the index is, so that two nodes never wait for each other. */
record ReadingKey(long deviceId, ReadingKind kind, String factor, Instant time) implements Comparable<ReadingKey> {

    private static final Comparator<ReadingKey> ORDER = Comparator.comparingLong(ReadingKey::deviceId)
            .thenComparing(ReadingKey::kind)
            .thenComparing(ReadingKey::time)
            .thenComparing(ReadingKey::factor);

    static ReadingKey of(Reading reading) {
        return new ReadingKey(reading.deviceId(), reading.kind(), reading.factor(), reading.time());
    }

    @Override
    public int compareTo(ReadingKey other) {
        return ORDER.compare(this, other);
    }
}
