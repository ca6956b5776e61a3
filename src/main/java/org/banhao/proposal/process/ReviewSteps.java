package org.banhao.proposal.process;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseMeetings;
import org.banhao.flow.Answer;
import org.banhao.flow.Footprint;
import org.banhao.flow.FormData;
import org.banhao.flow.Step;
import org.banhao.flow.StepUseCase;
import org.banhao.proposal.domain.Coded;
import org.banhao.proposal.domain.Registration;
import org.banhao.proposal.domain.ReviewFacts;
import org.banhao.proposal.domain.ReviewInput;
import org.banhao.proposal.domain.Reviews;
import org.banhao.proposal.domain.Verdict;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code proposalReview}: what each form shows and what its answer does. */
@Configuration(proxyBeanMethods = false)
class ReviewSteps {

    private static final String FIRST = "proposalReview/userTask_firstReview";
    private static final String SECOND = "proposalReview/userTask_secondReview";
    private static final String MEETING = "proposalReview/userTask_decideInMeeting";
    private static final String DIRECTOR = "proposalReview/userTask_decideByDirector";
    private static final String NUMBER = "proposalReview/userTask_assignFileNumber";
    private static final String REVISION = "proposalReview/userTask_reviseProposal";

    @Bean
    FormData firstReviewShown(ReviewFacts facts) {
        return new StepShown(FIRST, Numbers::of, facts::first);
    }

    @Bean
    FormData secondReviewShown(ReviewFacts facts) {
        return new StepShown(SECOND, Numbers::of, facts::second);
    }

    @Bean
    FormData decideInMeetingShown(ReviewFacts facts) {
        return new StepShown(MEETING, Numbers::of, facts::decision);
    }

    @Bean
    FormData decideByDirectorShown(ReviewFacts facts) {
        return new StepShown(DIRECTOR, Numbers::of, facts::decision);
    }

    @Bean
    FormData assignFileNumberShown(ReviewFacts facts) {
        return new StepShown(NUMBER, Numbers::of, facts::number);
    }

    @Bean
    FormData reviseProposalShown(ReviewFacts facts) {
        return new StepShown(REVISION, Numbers::of, facts::revision);
    }

    @Bean
    StepUseCase firstReviewAnswer(Reviews reviews) {
        return StepRetractable.always(
                judged(FIRST, "firstVerdict", "firstOpinion", reviews::first), ReviewSteps::rows, "初审：");
    }

    @Bean
    StepUseCase secondReviewAnswer(Reviews reviews) {
        return StepRetractable.always(
                judged(SECOND, "secondVerdict", "secondOpinion", reviews::second), ReviewSteps::rows, "复审：");
    }

    @Bean
    StepUseCase decideInMeetingAnswer(Reviews reviews) {
        return new StepRetractable(
                judged(MEETING, "finalVerdict", "decisionText", reviews::decideInMeeting),
                // it stands in the minutes of the meeting as well
                step -> rows(step).and(CaseMeetings.footprint(Numbers.of(step))),
                (step, answer) -> "",
                ReviewSteps::decided);
    }

    @Bean
    StepUseCase decideByDirectorAnswer(Reviews reviews) {
        return new StepRetractable(
                judged(DIRECTOR, "finalVerdict", "decisionText", reviews::decideByDirector),
                ReviewSteps::rows,
                (step, answer) -> "",
                ReviewSteps::decided);
    }

    private static Footprint rows(Step step) {
        return Reviews.footprint(Numbers.of(step));
    }

    /** What the last level decides is done at once, but for filing, which waits for its number, and a return. */
    private static @Nullable String decided(Answer answer) {
        return switch (Coded.choice(Verdict.class, answer.required("finalVerdict"), "finalVerdict", "结论")) {
            case FILE, RETURN -> null;
            case MERGE -> "提案已经并案，不能撤回；需要改正的，请在“并案”页撤销并案。";
            case CONVERT, NOT_FILE -> "审查结论已经告知提案者，不能撤回；需要改正的，请与提案委员会主任商定后联系提案者。";
        };
    }

    private interface Judgement {
        void apply(String caseNumber, String person, ReviewInput input);
    }

    /** A step that ends in a verdict. */
    private static StepUseCase judged(String step, String verdictKey, String opinionKey, Judgement judgement) {
        return new StepAnswered(
                step,
                Numbers::of,
                (number, person, answer) -> judgement.apply(number, person, input(answer, verdictKey, opinionKey)));
    }

    @Bean
    StepUseCase assignFileNumberAnswer(Registration registration) {
        StepUseCase answered = new StepAnswered(NUMBER, Numbers::of, (number, person, answer) -> {
            if (!answer.yes("numberConfirmed")) {
                throw new Refusal("numberConfirmed", "请先核对拟编的案号，再勾选同意编号。");
            }
            registration.assign(number, person);
        });
        return StepRetractable.never(answered, "案号已经编定，案号依次编排不留空号，不能撤回；编错的，请联系提案委员会办公室在“编号”页处理。");
    }

    @Bean
    StepUseCase reviseProposalAnswer(Reviews reviews) {
        StepUseCase answered = new StepAnswered(
                REVISION,
                Numbers::of,
                (number, person, answer) -> reviews.revise(
                        number,
                        person,
                        answer.required("title"),
                        answer.required("situation"),
                        answer.required("analysis"),
                        suggestions(answer.rows("suggestions")),
                        answer.texts("wish"),
                        answer.text("changeNote")));
        return StepRetractable.always(answered, step -> Reviews.revision(Numbers.of(step)), "");
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
