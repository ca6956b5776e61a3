package org.banhao.flow.deploy;

import java.util.List;
import org.camunda.bpm.engine.ProcessEngineException;

/** A deployment that is refused, with every reason in Chinese. The REST layer answers it with 400. */
public final class UnfitModel extends ProcessEngineException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    UnfitModel(List<String> problems) {
        super("模型不能部署，请修改后再试：" + String.join("", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
