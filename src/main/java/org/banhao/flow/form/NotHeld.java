package org.banhao.flow.form;

import org.camunda.bpm.engine.BadUserRequestException;

/** The task is not in the hands of who wants to act on it. Without stack trace: no error of ours. */
public final class NotHeld extends BadUserRequestException {

    private static final long serialVersionUID = 1L;

    private final String sentence;
    private final boolean known;

    private NotHeld(String sentence, boolean known) {
        super(sentence);
        this.sentence = sentence;
        this.known = known;
    }

    public static NotHeld unknown() {
        return new NotHeld("这件待办不存在，或不归您办理。", false);
    }

    /** 暂停办理: nobody's, for the time being. */
    public static NotHeld suspended() {
        return because("此案已暂停办理，暂时不能签收、提交；恢复办理后会重新出现在待办列表中。");
    }

    public static NotHeld because(String sentence) {
        return new NotHeld(sentence, true);
    }

    public String sentence() {
        return sentence;
    }

    /** May the person know that there is such a task? */
    public boolean known() {
        return known;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
