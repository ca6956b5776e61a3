package org.banhao.casefile.domain;

import java.util.List;
import org.banhao.base.Refusal;
import org.banhao.base.StandingIn.Absent;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseInterests;
import org.banhao.casefile.OpenStep;
import org.banhao.flow.StandIns;
import org.banhao.flow.Step;
import org.banhao.people.Substitutions;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * 代办: which open steps a substitute does for somebody who is away. What is his own he does as himself; the absent person's
 * he does in that one's place, unless he or the absent person must keep out of it.
 */
@Component
class StandInSteps implements StandIns {

    private final OpenStepRows steps;
    private final Substitutions substitutions;
    private final CaseFiles cases;
    private final ObjectProvider<CaseInterests> interests;

    StandInSteps(
            OpenStepRows steps, Substitutions substitutions, CaseFiles cases, ObjectProvider<CaseInterests> interests) {
        this.steps = steps;
        this.substitutions = substitutions;
        this.cases = cases;
        this.interests = interests;
    }

    /** Without a transaction of its own: nearly everybody stands in for nobody, and it is asked at every call about a task. */
    @Override
    public @Nullable Absent forTask(String taskId, String person, List<String> groups) {
        List<Absent> absents = substitutions.absents(person);
        if (absents.isEmpty()) return null;
        OpenStep step = steps.find(taskId).orElse(null);
        if (step == null || own(step, person, groups)) return null;
        for (Absent absent : absents) {
            if (!step.lentBy(absent)) continue;
            String why = against(step, person);
            if (why != null)
                throw new Refusal("您" + why + "，不能代" + absent.name() + "办理此步骤，请联系" + absent.name() + "本人或其负责人。");
            String his = against(step, absent.id());
            if (his != null && step.assignee() == null) {
                throw new Refusal(absent.name() + his + "，您不能代其办理此步骤，请由本岗位的其他同志签收。");
            }
            return absent;
        }
        return null;
    }

    /** Whether one of them is asked in the case at the moment and the person may do it for him. */
    boolean asked(List<OpenStep> open, String person) {
        List<Absent> absents = substitutions.absents(person);
        return !absents.isEmpty()
                && open.stream()
                        .anyMatch(step -> absents.stream().anyMatch(step::lentBy) && against(step, person) == null);
    }

    /**
     * Numbers of the cases in which the person is asked because he stands in for somebody, as {@link #asked} says of one. Nearly always
     * none, for one small statement; else each step of those he stands in for is looked at.
     */
    List<String> cases(String person) {
        List<Absent> absents = substitutions.absents(person);
        if (absents.isEmpty()) return List.of();
        return steps.lent(absents).stream()
                .filter(step -> !step.caseNumber().isEmpty())
                .filter(step -> absents.stream().anyMatch(step::lentBy) && against(step, person) == null)
                .map(OpenStep::caseNumber)
                .distinct()
                .toList();
    }

    @Override
    public void requireOtherEyes(Step step) {
        String number = step.caseNumber();
        String instance = step.instanceId();
        String task = step.task();
        String person = step.person();
        if (number == null || instance == null || task == null || person == null) return;
        interests.stream()
                .map(one -> one.againstOwn(number, step.process(), instance, task, person))
                .filter(why -> why != null)
                .findFirst()
                .ifPresent(why -> {
                    throw new Refusal("您" + why + "，不能再由您办理此步骤，请交由本岗位的其他同志办理；没有其他同志的，请登记外出并另定代理人。");
                });
    }

    private static boolean own(OpenStep step, String person, List<String> groups) {
        return step.assignee() == null
                ? step.groups().stream().anyMatch(groups::contains)
                : person.equals(step.assignee());
    }

    private @Nullable String against(OpenStep step, String person) {
        if (step.caseNumber().isEmpty()) return null;
        String kind = cases.get(step.caseNumber()).kind();
        return interests.stream()
                .filter(one -> one.kind().equals(kind))
                .map(one -> one.against(step.caseNumber(), step.process(), step.instanceId(), step.task(), person))
                .filter(why -> why != null)
                .findFirst()
                .orElse(null);
    }
}
