package org.banhao.proposal.process;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseMeetings;
import org.banhao.flow.Answer;
import org.banhao.flow.Footprint;
import org.banhao.flow.FormData;
import org.banhao.flow.RetractableStep;
import org.banhao.flow.Shown;
import org.banhao.flow.Step;
import org.banhao.proposal.domain.Coded;
import org.banhao.proposal.domain.Registration;
import org.banhao.proposal.domain.ReviewFacts;
import org.banhao.proposal.domain.ReviewInput;
import org.banhao.proposal.domain.Reviews;
import org.banhao.proposal.domain.Verdict;
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

    /**
     * @param task as in the model, without its prefix
     * @param toldAs how its retraction begins in the timeline
     * @param finalWhen the sentence why an answer cannot be retracted; null: it can
     */
    private record ReviewStep(
            String task, Facts facts, Effect effect, String toldAs, Function<Answer, @Nullable String> finalWhen)
            implements FormData, RetractableStep {

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

        @Override
        public @Nullable String finalBecause(Step step, Answer answer) {
            return finalWhen.apply(answer);
        }

        @Override
        public Footprint footprint(Step step) {
            String number = Numbers.of(step);
            return switch (task) {
                case "reviseProposal" -> Reviews.revision(number);
                // it stands in the minutes of the meeting as well
                case "decideInMeeting" -> Reviews.footprint(number).and(CaseMeetings.footprint(number));
                default -> Reviews.footprint(number);
            };
        }

        @Override
        public String toldAs(Step step, Answer answer) {
            return toldAs;
        }
    }

    /** What the last level decides is done at once, but for filing, which waits for its number, and a return. */
    private static @Nullable String decided(Answer answer) {
        return switch (Coded.choice(Verdict.class, answer.required("finalVerdict"), "finalVerdict", "结论")) {
            case FILE, RETURN -> null;
            case MERGE -> "提案已经并案，不能撤回；需要改正的，请在“并案”页撤销并案。";
            case CONVERT, NOT_FILE -> "审查结论已经告知提案者，不能撤回；需要改正的，请与提案委员会主任商定后联系提案者。";
        };
    }

    /** A step that ends in a verdict. */
    private static ReviewStep judged(
            String task,
            String verdictKey,
            String opinionKey,
            Facts facts,
            Judgement judgement,
            String toldAs,
            Function<Answer, @Nullable String> finalWhen) {
        return new ReviewStep(
                task,
                facts,
                (number, person, answer) -> judgement.apply(number, person, input(answer, verdictKey, opinionKey)),
                toldAs,
                finalWhen);
    }

    @Bean
    ReviewStep firstReview(ReviewFacts facts, Reviews reviews) {
        return judged(
                "firstReview", "firstVerdict", "firstOpinion", facts::first, reviews::first, "初审：", answer -> null);
    }

    @Bean
    ReviewStep secondReview(ReviewFacts facts, Reviews reviews) {
        return judged(
                "secondReview",
                "secondVerdict",
                "secondOpinion",
                facts::second,
                reviews::second,
                "复审：",
                answer -> null);
    }

    @Bean
    ReviewStep decideInMeeting(ReviewFacts facts, Reviews reviews) {
        return judged(
                "decideInMeeting",
                "finalVerdict",
                "decisionText",
                facts::decision,
                reviews::decideInMeeting,
                "",
                ReviewSteps::decided);
    }

    @Bean
    ReviewStep decideByDirector(ReviewFacts facts, Reviews reviews) {
        return judged(
                "decideByDirector",
                "finalVerdict",
                "decisionText",
                facts::decision,
                reviews::decideByDirector,
                "",
                ReviewSteps::decided);
    }

    @Bean
    ReviewStep assignFileNumber(ReviewFacts facts, Registration registration) {
        return new ReviewStep(
                "assignFileNumber",
                facts::number,
                (number, person, answer) -> {
                    if (!answer.yes("numberConfirmed")) {
                        throw new Refusal("numberConfirmed", "请先核对拟编的案号，再勾选同意编号。");
                    }
                    registration.assign(number, person);
                },
                "",
                answer -> "案号已经编定，案号依次编排不留空号，不能撤回；编错的，请联系提案委员会办公室在“编号”页处理。");
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
                        answer.text("changeNote")),
                "",
                answer -> null);
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
