package org.banhao.flow.form;

import org.banhao.base.Refusal;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;

/**
 * A refusal on its way through the engine: of all exceptions only this family is answered with 400 by its REST layer. Never thrown
 * from a task listener, there it would become a 500. Without stack trace: a refusal is no error.
 */
public final class Refused extends FormFieldValidationException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public Refused(Refusal refusal) {
        super(refusal.field() == null ? "" : refusal.field(), refusal.sentence());
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
