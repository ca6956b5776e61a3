package org.banhao.casefile.process;

import java.util.List;
import java.util.regex.Pattern;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.flow.ModelBean;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Who is asked, as expressions in models say it: {@code ${candidates.role('proposal-clerk')}}. */
@Component
@ModelBean("candidates")
public class CandidatesForModels {
    private static final Pattern GROUP = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private final CaseFiles cases;

    CandidatesForModels(CaseFiles cases) {
        this.cases = cases;
    }

    /** Group id of a role of the whole city. */
    public String role(String role) {
        if (!GROUP.matcher(role).matches()) throw new IllegalArgumentException("Not a role: " + role);
        return role;
    }

    /** Group id of a role in a unit: {@code education-bureau.liaison}. */
    public String unit(String unit, String role) {
        if (!GROUP.matcher(unit).matches()) throw new IllegalArgumentException("Not a unit: " + unit);
        return unit + "." + role(role);
    }

    /**
     * The first person in that role of the case, as assignee.
     *
     * @throws Refusal nobody: a task nobody sees would be lost
     */
    public String person(DelegateExecution execution, String role) {
        String number = CaseNumbers.of(execution);
        List<String> persons = cases.persons(number, role);
        if (persons.isEmpty()) {
            throw new Refusal("案件" + number + "还没有登记下一步的办理人，请联系提案委员会办公室补登后再提交。");
        }
        return persons.get(0);
    }
}
