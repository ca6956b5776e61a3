package org.banhao.base;

import org.jspecify.annotations.Nullable;

/**
 * An input or an act that is refused, said in one Chinese sentence that names the field and the way out.
 * Answered as HTTP 400 wherever it reaches the web ({@link Overtaken} as 409); rolls the transaction back.
 */
public class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String field;

    /** @param field key of the field it is about; null: the whole form or act */
    public Refusal(@Nullable String field, String sentence) {
        super(sentence, null, false, false);
        this.field = field;
    }

    public Refusal(String sentence) {
        this(null, sentence);
    }

    public @Nullable String field() {
        return field;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
