package org.banhao.flow.form;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.banhao.base.Refusal;
import org.banhao.flow.Shown;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.FileValue;
import org.camunda.bpm.engine.variable.value.SerializableValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.camunda.spin.plugin.variable.SpinValues;
import org.camunda.spin.plugin.variable.value.JsonValue;
import org.jspecify.annotations.Nullable;

/** Between the engine's typed values and plain Java. */
final class Values {

    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    private Values() {}

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Wire values to plain Java. Serialized Java objects and files are refused unread. */
    static Map<String, Object> plain(@Nullable VariableMap raw) {
        Map<String, Object> out = new LinkedHashMap<>();
        if (raw == null) {
            return out;
        }
        for (String key : raw.keySet()) {
            TypedValue value = raw.getValueTyped(key);
            if (value instanceof JsonValue json) {
                out.put(key, parsed(key, json));
            } else if (value instanceof SerializableValue s && s.getValueSerialized() != null
                    || value instanceof FileValue) {
                throw new Refusal(key, "「" + key + "」的数据类型不被接受，请在表单中填写。");
            } else {
                out.put(key, value == null ? null : value.getValue());
            }
        }
        return out;
    }

    private static @Nullable Object parsed(String key, JsonValue json) {
        String text = json.getValueSerialized();
        try {
            return text == null ? null : JSON.readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            throw new Refusal(key, "「" + key + "」不是有效的 JSON，请在表单中填写。");
        }
    }

    /** What a gateway reads: text, whole or decimal number, yes or no, null. */
    static @Nullable Object routing(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            boolean whole = number.stripTrailingZeros().scale() <= 0;
            boolean small = number.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
            return whole && small ? (Object) number.intValueExact() : (Object) number.doubleValue();
        }
        return value;
    }

    /** @param names only these; null: all */
    static VariableMap shown(Shown shown, @Nullable Collection<String> names) {
        VariableMap out = Variables.createVariables();
        shown.values().forEach((key, value) -> {
            if (names == null || names.contains(key)) {
                out.putValueTyped(key, typed(value));
            }
        });
        shown.options().forEach((key, options) -> {
            if (names == null || names.contains(key)) {
                out.putValueTyped(key, SpinValues.jsonValue(json(options)).create());
            }
        });
        return out;
    }

    /** Always typed: Tasklist gets the type of an untyped value as null. */
    private static TypedValue typed(@Nullable Object value) {
        if (value instanceof List || value instanceof Map) {
            return SpinValues.jsonValue(json(value)).create();
        }
        if (value instanceof Boolean yes) {
            return Variables.booleanValue(yes);
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return Variables.integerValue(((Number) value).intValue());
        }
        if (value instanceof Long number) {
            return Variables.longValue(number);
        }
        if (value instanceof Number number) {
            return Variables.doubleValue(number.doubleValue());
        }
        return Variables.stringValue(value == null ? null : value.toString());
    }
}
