package org.banhao.flow;

/** Keeps every answer whole and append-only. Implemented by {@code casefile}; called in the engine's transaction. */
public interface StepAnswers {

    /**
     * @param formId id of the form in the model
     * @param formVersion the deployment the form came from
     * @param json the checked answer as JSON
     */
    void store(Step step, String formId, String formVersion, String json);
}
