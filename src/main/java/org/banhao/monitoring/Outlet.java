package org.banhao.monitoring;

import org.jspecify.annotations.Nullable;

/**
 * 排放口.
 *
 * @param code as in the permit: DA001, DW001
 * @param category which provincial and national limits concern it; null: none do
 * @param referenceOxygen 基准氧含量, %; null: values are not converted
 */
public record Outlet(
        long id,
        long enterpriseId,
        String enterpriseName,
        String code,
        String name,
        Kind kind,
        @Nullable String category,
        @Nullable Double referenceOxygen,
        @Nullable Double longitude,
        @Nullable Double latitude,
        boolean active) {

    public enum Kind {
        GAS("废气"),
        WATER("废水");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** 黎都示例洗煤（演示） DA001 锅炉排放口 */
    public String title() {
        return enterpriseName + " " + code + " " + name;
    }
}
