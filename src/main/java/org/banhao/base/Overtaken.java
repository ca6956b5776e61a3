package org.banhao.base;

/**
 * Two changed the same thing at once, and this is the slower one: nothing of his act has happened. Answered as HTTP 409, so that a
 * script can tell it from an answer that is wrong; for people it is a refusal like any other.
 */
public final class Overtaken extends Refusal {

    private static final long serialVersionUID = 1L;

    public static final String SENTENCE = "同事刚刚处理了同一事项，您的操作没有生效，请刷新后再看。";

    public Overtaken() {
        this(SENTENCE);
    }

    /** @param sentence for who knows more of what happened */
    public Overtaken(String sentence) {
        super(sentence);
    }
}
