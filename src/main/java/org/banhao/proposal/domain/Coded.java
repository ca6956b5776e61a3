package org.banhao.proposal.domain;

import org.banhao.base.Refusal;
import org.jspecify.annotations.Nullable;

/** A choice with the code that stands in rows and forms, and the word people read. */
public interface Coded {

    String code();

    String label();

    static <E extends Enum<E> & Coded> @Nullable E find(Class<E> type, @Nullable String code) {
        for (E value : type.getEnumConstants()) {
            if (value.code().equals(code)) {
                return value;
            }
        }
        return null;
    }

    /** @throws IllegalStateException a row holds a code this version does not know */
    static <E extends Enum<E> & Coded> E get(Class<E> type, String code) {
        E value = find(type, code);
        if (value == null) {
            throw new IllegalStateException(type.getSimpleName() + " has no code " + code);
        }
        return value;
    }

    /**
     * For what came from outside.
     *
     * @throws Refusal the code is none of the choices
     */
    static <E extends Enum<E> & Coded> E choice(Class<E> type, String code, String field, String fieldName) {
        E value = find(type, code);
        if (value == null) {
            throw new Refusal(field, "「" + fieldName + "」不在可选范围内，请重新选择。");
        }
        return value;
    }
}
