package org.banhao.casefile;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** @param who name of that day, with 代 when acted for somebody */
public record TimelineEntry(
        Instant at, String who, String what, @Nullable String detail) {}
