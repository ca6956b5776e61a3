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

/** The steps of {@code proposalReview}: what each form shows and what its answer does. */
@Configuration(proxyBeanMethods = false)
class ReviewSteps {

    private static final String PROCESS = "proposalReview/userTask_";

    /** One answer's effect. */
    private interface Effect {
        void apply(String caseNumber, String person, Answer answer);
    }

    private interface Facts {
        Shown shown(String caseNumber);
    }

    private record UseCase(String step, Effect effect) implements StepUseCase {
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

    private record Provider(String step, Facts facts) implements FormData {
        @Override
        public Shown shown(Step step) {
            return facts.shown(Numbers.of(step));
        }
    }

    @Bean
    FormData firstReviewShown(ReviewFacts facts) {
        return new Provider(PROCESS + "firstReview", facts::first);
    }

    @Bean
    FormData secondReviewShown(ReviewFacts facts) {
        return new Provider(PROCESS + "secondReview", facts::second);
    }

    @Bean
    FormData decideInMeetingShown(ReviewFacts facts) {
        return new Provider(PROCESS + "decideInMeeting", facts::decision);
    }

    @Bean
    FormData decideByDirectorShown(ReviewFacts facts) {
        return new Provider(PROCESS + "decideByDirector", facts::decision);
    }

    @Bean
    FormData assignFileNumberShown(ReviewFacts facts) {
        return new Provider(PROCESS + "assignFileNumber", facts::number);
    }

    @Bean
    FormData reviseProposalShown(ReviewFacts facts) {
        return new Provider(PROCESS + "reviseProposal", facts::revision);
    }

    @Bean
    StepUseCase firstReviewAnswer(Reviews reviews) {
        return new UseCase(
                PROCESS + "firstReview",
                (number, person, answer) ->
                        reviews.first(number, person, input(answer, "firstVerdict", "firstOpinion")));
    }

    @Bean
    StepUseCase secondReviewAnswer(Reviews reviews) {
        return new UseCase(
                PROCESS + "secondReview",
                (number, person, answer) ->
                        reviews.second(number, person, input(answer, "secondVerdict", "secondOpinion")));
    }

    @Bean
    StepUseCase decideInMeetingAnswer(Reviews reviews) {
        return new UseCase(
                PROCESS + "decideInMeeting",
                (number, person, answer) ->
                        reviews.decideInMeeting(number, person, input(answer, "finalVerdict", "decisionText")));
    }

    @Bean
    StepUseCase decideByDirectorAnswer(Reviews reviews) {
        return new UseCase(
                PROCESS + "decideByDirector",
                (number, person, answer) ->
                        reviews.decideByDirector(number, person, input(answer, "finalVerdict", "decisionText")));
    }

    @Bean
    StepUseCase assignFileNumberAnswer(Registration registration) {
        return new UseCase(PROCESS + "assignFileNumber", (number, person, answer) -> {
            if (!answer.yes("numberConfirmed")) {
                throw new Refusal("numberConfirmed", "请先核对拟编的案号，再勾选同意编号。");
            }
            registration.assign(number, person);
        });
    }

    @Bean
    StepUseCase reviseProposalAnswer(Reviews reviews) {
        return new UseCase(
                PROCESS + "reviseProposal",
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
