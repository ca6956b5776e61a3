package org.banhao.monitoring;

import org.jspecify.annotations.Nullable;

/**
 * A firm that emits.
 *
 * @param creditCode 统一社会信用代码
 * @param longitude WGS-84, degrees east
 * @param latitude WGS-84, degrees north
 * @param marksHere this platform is the one on which its statutory marks are set; else what it writes here is an explanation only
 */
public record Enterprise(
        long id,
        String creditCode,
        String name,
        String address,
        String town,
        String industry,
        @Nullable Double longitude,
        @Nullable Double latitude,
        boolean marksHere,
        boolean active) {}
