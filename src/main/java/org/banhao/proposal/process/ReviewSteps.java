package org.banhao.proposal.process;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.banhao.base.Refusal;
import org.banhao.flow.Answer;
import org.banhao.flow.FormData;
import org.banhao.flow.Shown;
import org.banhao.flow.Step;
import org.banhao.flow.StepUseCase;
import org.banhao.proposal.domain.Registration;
import org.banhao.proposal.domain.ReviewFacts;
import org.banhao.proposal.domain.ReviewInput;
import org.banhao.proposal.domain.Reviews;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code proposalReview}: what each form shows and what its answer does, one bean for each. */
@Configuration(proxyBeanMethods = false)
class ReviewSteps {

    private interface Facts {
        Shown shown(String caseNumber);
    }

    /** One answer's effect. */
    private interface Effect {
        void apply(String caseNumber, String person, Answer answer);
    }

    private interface Judgement {
        void apply(String caseNumber, String person, ReviewInput input);
    }

    /** @param task as in the model, without its prefix */
    private record ReviewStep(String task, Facts facts, Effect effect) implements FormData, StepUseCase {

        @Override
        public String step() {
            return "proposalReview/userTask_" + task;
        }

        @Override
        public Shown shown(Step step) {
            return facts.shown(Numbers.of(step));
        }

        @Override
        public @Nullable String apply(Step step, Answer answer) {
            String person = step.person();
            if (person == null) {
                throw new Refusal("没有登录，不能办理，请重新登录。");
            }
            effect.apply(Numbers.of(step), person, answer);
            return null;
        }
    }

    /** A step that ends in a verdict. */
    private static ReviewStep judged(
            String task, String verdictKey, String opinionKey, Facts facts, Judgement judgement) {
        return new ReviewStep(
                task,
                facts,
                (number, person, answer) -> judgement.apply(number, person, input(answer, verdictKey, opinionKey)));
    }

    @Bean
    ReviewStep firstReview(ReviewFacts facts, Reviews reviews) {
        return judged("firstReview", "firstVerdict", "firstOpinion", facts::first, reviews::first);
    }

    @Bean
    ReviewStep secondReview(ReviewFacts facts, Reviews reviews) {
        return judged("secondReview", "secondVerdict", "secondOpinion", facts::second, reviews::second);
    }

    @Bean
    ReviewStep decideInMeeting(ReviewFacts facts, Reviews reviews) {
        return judged("decideInMeeting", "finalVerdict", "decisionText", facts::decision, reviews::decideInMeeting);
    }

    @Bean
    ReviewStep decideByDirector(ReviewFacts facts, Reviews reviews) {
        return judged("decideByDirector", "finalVerdict", "decisionText", facts::decision, reviews::decideByDirector);
    }

    @Bean
    ReviewStep assignFileNumber(ReviewFacts facts, Registration registration) {
        return new ReviewStep("assignFileNumber", facts::number, (number, person, answer) -> {
            if (!answer.yes("numberConfirmed")) {
                throw new Refusal("numberConfirmed", "请先核对拟编的案号，再勾选同意编号。");
            }
            registration.assign(number, person);
        });
    }

    @Bean
    ReviewStep reviseProposal(ReviewFacts facts, Reviews reviews) {
        return new ReviewStep(
                "reviseProposal",
                facts::revision,
                (number, person, answer) -> reviews.revise(
                        number,
                        person,
                        answer.required("title"),
                        answer.required("situation"),
                        answer.required("analysis"),
                        suggestions(answer.rows("suggestions")),
                        answer.texts("wish"),
                        answer.text("changeNote")));
    }

    private static List<String> suggestions(List<Map<String, Object>> rows) {
        return rows.stream()
                .map(row -> row.get("text") instanceof String text ? text : "")
                .toList();
    }

    private static ReviewInput input(Answer answer, String verdictKey, String opinionKey) {
        BigDecimal agenda = answer.number("agendaNumber");
        return new ReviewInput(
                answer.required(verdictKey),
                answer.text("leadCase"),
                answer.text("ground"),
                answer.text("destination"),
                answer.texts("defects"),
                answer.text(opinionKey),
                answer.text("category"),
                answer.texts("suggestedUnits"),
                answer.text("qualityAccurate"),
                answer.text("qualityValuable"),
                answer.text("qualityFeasible"),
                answer.yes("keyCandidate"),
                answer.text("contactMode"),
                answer.date("contactDate"),
                answer.text("meeting"),
                agenda == null ? null : whole(agenda),
                answer.text("recusal"));
    }

    private static Integer whole(BigDecimal number) {
        try {
            return number.intValueExact();
        } catch (ArithmeticException e) {
            throw new Refusal("agendaNumber", "「议程序号」须是整数，且不超过9位。");
        }
    }
}
