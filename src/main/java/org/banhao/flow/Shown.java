package org.banhao.flow;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a form shows at this moment.
 *
 * @param values fill fields and text templates: String, Number, Boolean, List, Map (JSON-like)
 * @param options fill the lists named by {@code valuesKey}
 */
public record Shown(Map<String, Object> values, Map<String, List<Option>> options) {

    public static final Shown NOTHING = new Shown(Map.of(), Map.of());

    public record Option(String label, String value) {}

    /**
     * Found out only when asked for, and once: the check of an answer looks at a few lists of a form that shows much more.
     *
     * @param options the lists by name; asking for one does not make the others
     */
    public static Shown lazily(Supplier<Map<String, Object>> values, Map<String, Supplier<List<Option>>> options) {
        Map<String, Supplier<List<Option>>> suppliers = new LinkedHashMap<>(options);
        return new Shown(new Whole(values), new Lists(suppliers));
    }

    private static final class Whole extends AbstractMap<String, Object> {
        private final Supplier<Map<String, Object>> maker;
        private @Nullable Map<String, Object> made;

        Whole(Supplier<Map<String, Object>> maker) {
            this.maker = maker;
        }

        private Map<String, Object> made() {
            Map<String, Object> known = made;
            if (known == null) {
                known = maker.get();
                made = known;
            }
            return known;
        }

        @Override
        public @Nullable Object get(@Nullable Object key) {
            return made().get(key);
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            return made().containsKey(key);
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            return made().entrySet();
        }
    }

    private static final class Lists extends AbstractMap<String, List<Option>> {
        private final Map<String, Supplier<List<Option>>> makers;
        private final Map<String, List<Option>> made = new LinkedHashMap<>();

        Lists(Map<String, Supplier<List<Option>>> makers) {
            this.makers = makers;
        }

        @Override
        public @Nullable List<Option> get(@Nullable Object key) {
            Supplier<List<Option>> maker = makers.get(key);
            return maker == null ? null : made.computeIfAbsent((String) key, name -> maker.get());
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            return makers.containsKey(key);
        }

        @Override
        public Set<Entry<String, List<Option>>> entrySet() {
            return makers.entrySet().stream()
                    .map(entry -> Map.entry(
                            entry.getKey(),
                            made.computeIfAbsent(
                                    entry.getKey(), name -> entry.getValue().get())))
                    .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
        }
    }
}
