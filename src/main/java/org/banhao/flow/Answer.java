package org.banhao.flow;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person answered, already checked against the form version of that task.
 *
 * @param values key → String, BigDecimal, Boolean, List of String, List of Map (rows of a list); absent = not answered
 */
public record Answer(Map<String, Object> values) {

    public @Nullable String text(String key) {
        return (String) values.get(key);
    }

    /** @throws IllegalStateException when the form did not make it required */
    public String required(String key) {
        String value = text(key);
        if (value == null) throw new IllegalStateException("The form does not require " + key);
        return value;
    }

    public @Nullable BigDecimal number(String key) {
        return (BigDecimal) values.get(key);
    }

    public boolean yes(String key) {
        return Boolean.TRUE.equals(values.get(key));
    }

    @SuppressWarnings("unchecked")
    public List<String> texts(String key) {
        return (List<String>) values.getOrDefault(key, List.of());
    }

    @SuppressWarnings("unchecked")
    public List<Map<String, Object>> rows(String key) {
        return (List<Map<String, Object>>) values.getOrDefault(key, List.of());
    }

    public @Nullable LocalDate date(String key) {
        String value = text(key);
        return value == null ? null : LocalDate.parse(value);
    }
}
