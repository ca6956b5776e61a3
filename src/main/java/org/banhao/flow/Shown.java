package org.banhao.flow;

import java.util.List;
import java.util.Map;

/**
 * What a form shows at this moment.
 *
 * @param values fill fields and text templates: String, Number, Boolean, List, Map (JSON-like)
 * @param options fill the lists named by {@code valuesKey}
 */
public record Shown(Map<String, Object> values, Map<String, List<Option>> options) {

    public static final Shown NOTHING = new Shown(Map.of(), Map.of());

    public record Option(String label, String value) {}
}
