package org.banhao.flow.form;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.banhao.base.Refusal;
import org.banhao.flow.Answer;
import org.banhao.flow.FormData;
import org.banhao.flow.RetractableStep;
import org.banhao.flow.Shown;
import org.banhao.flow.Step;
import org.banhao.flow.StepFiles;
import org.banhao.flow.StepUseCase;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What the modules above have to say about steps. Looked up at the first use: those beans themselves use the engine. */
@Component
public class StepRegistry {

    private final ObjectProvider<StepUseCase> useCases;
    private final ObjectProvider<FormData> formData;
    private final ObjectProvider<StepFiles> files;

    private volatile @Nullable Map<String, StepUseCase> useCaseByStep;
    private volatile @Nullable Map<String, FormData> formDataByStep;

    StepRegistry(
            ObjectProvider<StepUseCase> useCases, ObjectProvider<FormData> formData, ObjectProvider<StepFiles> files) {
        this.useCases = useCases;
        this.formData = formData;
        this.files = files;
    }

    @Nullable
    StepUseCase useCase(Step step) {
        Map<String, StepUseCase> found = useCaseByStep;
        if (found == null) {
            found = byStep(useCases.stream().toList(), StepUseCase::step);
            useCaseByStep = found;
        }
        return found.get(step.key());
    }

    /** Whether this answer could not be retracted once it was given. What else may be wrong with it is not asked here. */
    public boolean isFinal(Step step, Answer answer) {
        if (!(useCase(step) instanceof RetractableStep retractable)) {
            return true;
        }
        try {
            return retractable.finalBecause(step, answer) != null;
        } catch (Refusal | IllegalStateException | ClassCastException unfit) {
            return false;
        }
    }

    Shown shown(Step step) {
        Map<String, FormData> found = formDataByStep;
        if (found == null) {
            found = byStep(formData.stream().toList(), FormData::step);
            formDataByStep = found;
        }
        FormData provider = found.get(step.key());
        return provider == null ? Shown.NOTHING : provider.shown(step);
    }

    boolean ownsFiles(Step step, List<String> documentIds) {
        StepFiles owner = files.getIfAvailable();
        return owner != null && owner.owned(step, documentIds);
    }

    private static <T> Map<String, T> byStep(List<T> beans, Function<T, String> step) {
        Map<String, T> map = new HashMap<>();
        for (T bean : beans) {
            T other = map.put(step.apply(bean), bean);
            if (other != null) {
                throw new IllegalStateException("Two beans for step " + step.apply(bean) + ": " + other + ", " + bean);
            }
        }
        return Map.copyOf(map);
    }
}
