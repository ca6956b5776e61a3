package org.banhao.proposal.process;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.banhao.base.Refusal;
import org.banhao.flow.Answer;
import org.banhao.flow.FormData;
import org.banhao.flow.Shown;
import org.banhao.flow.Step;
import org.banhao.flow.StepUseCase;
import org.banhao.proposal.domain.Coded;
import org.banhao.proposal.domain.Consent;
import org.banhao.proposal.domain.handling.DeliveryMode;
import org.banhao.proposal.domain.handling.Extensions;
import org.banhao.proposal.domain.handling.HandlingFacts;
import org.banhao.proposal.domain.handling.OpinionVerdict;
import org.banhao.proposal.domain.handling.ReplyContent;
import org.banhao.proposal.domain.handling.UnitHandling;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code proposalHandling} and {@code proposalExtension}: what each form shows and what its answer does. */
@Configuration(proxyBeanMethods = false)
class HandlingSteps {

    private static final String HANDLING = "proposalHandling/userTask_";
    private static final String EXTENSION = "proposalExtension/userTask_";

    private interface Effect {
        void apply(String instance, String person, Answer answer);
    }

    private record UseCase(String step, Effect effect) implements StepUseCase {
        @Override
        public @Nullable String apply(Step step, Answer answer) {
            String person = step.person();
            if (person == null) {
                throw new Refusal("没有登录，不能办理，请重新登录。");
            }
            effect.apply(instance(step), person, answer);
            return null;
        }
    }

    private record Provider(String step, HandlingFacts facts, BiFunction<HandlingFacts, String, Shown> shows)
            implements FormData {
        @Override
        public Shown shown(Step step) {
            return shows.apply(facts, instance(step));
        }
    }

    /** Each unit handles in an instance of its own: it tells which row is meant. */
    private static String instance(Step step) {
        return Objects.requireNonNull(step.instanceId(), "step without an instance");
    }

    @Bean
    FormData forwardToSectionShown(HandlingFacts facts) {
        return new Provider(HANDLING + "forwardToSection", facts, HandlingFacts::forward);
    }

    @Bean
    FormData handleShown(HandlingFacts facts) {
        return new Provider(HANDLING + "handle", facts, HandlingFacts::handle);
    }

    @Bean
    FormData collateOpinionsShown(HandlingFacts facts) {
        return new Provider(HANDLING + "collateOpinions", facts, HandlingFacts::collate);
    }

    @Bean
    FormData draftReplyShown(HandlingFacts facts) {
        return new Provider(HANDLING + "draftReply", facts, HandlingFacts::draft);
    }

    @Bean
    FormData checkReplyShown(HandlingFacts facts) {
        return new Provider(HANDLING + "checkReply", facts, HandlingFacts::check);
    }

    @Bean
    FormData signByDeputyShown(HandlingFacts facts) {
        return new Provider(HANDLING + "signByDeputy", facts, HandlingFacts::deputy);
    }

    @Bean
    FormData signByHeadShown(HandlingFacts facts) {
        return new Provider(HANDLING + "signByHead", facts, HandlingFacts::check);
    }

    @Bean
    FormData previewReplyShown(HandlingFacts facts) {
        return new Provider(HANDLING + "previewReply", facts, HandlingFacts::preview);
    }

    @Bean
    FormData deliverReplyShown(HandlingFacts facts) {
        return new Provider(HANDLING + "deliverReply", facts, HandlingFacts::deliver);
    }

    @Bean
    FormData draftCoOpinionShown(HandlingFacts facts) {
        return new Provider(HANDLING + "draftCoOpinion", facts, HandlingFacts::coDraft);
    }

    @Bean
    FormData signCoOpinionShown(HandlingFacts facts) {
        return new Provider(HANDLING + "signCoOpinion", facts, HandlingFacts::coSign);
    }

    @Bean
    FormData sendCoOpinionShown(HandlingFacts facts) {
        return new Provider(HANDLING + "sendCoOpinion", facts, HandlingFacts::coSign);
    }

    @Bean
    FormData approveRequestShown(HandlingFacts facts) {
        return new Provider(EXTENSION + "approveRequest", facts, HandlingFacts::extension);
    }

    @Bean
    FormData decideExtensionShown(HandlingFacts facts) {
        return new Provider(EXTENSION + "decideExtension", facts, HandlingFacts::extension);
    }

    @Bean
    StepUseCase forwardToSectionAnswer(UnitHandling unit) {
        return new UseCase(
                HANDLING + "forwardToSection",
                (instance, person, answer) -> unit.forward(
                        instance,
                        person,
                        answer.text("section"),
                        answer.text("instructedBy"),
                        answer.text("instructionNote"),
                        answer.text("instruction")));
    }

    @Bean
    StepUseCase handleAnswer(UnitHandling unit) {
        return new UseCase(
                HANDLING + "handle",
                (instance, person, answer) -> unit.handled(instance, person, answer.text("handlingNote")));
    }

    @Bean
    StepUseCase collateOpinionsAnswer(UnitHandling unit) {
        return new UseCase(
                HANDLING + "collateOpinions",
                (instance, person, answer) ->
                        unit.collate(instance, person, answer.text("withoutReason"), answer.text("collateNote")));
    }

    @Bean
    StepUseCase draftReplyAnswer(UnitHandling unit) {
        return new UseCase(
                HANDLING + "draftReply",
                (instance, person, answer) ->
                        unit.draft(instance, person, content(answer), answer.text("contactReason")));
    }

    private static ReplyContent content(Answer answer) {
        return new ReplyContent(
                textOf(answer.text("opening")),
                answer.rows("items").stream()
                        .map(row -> new ReplyContent.Item(text(row, "itemAnswer"), text(row, "itemClass")))
                        .toList(),
                answer.required("resultClass"),
                Coded.choice(Consent.class, answer.required("publicity"), "publicity", "公开属性"),
                textOf(answer.text("publicityReason")),
                answer.yes("moneyRelated"),
                answer.rows("commitments").stream()
                        .map(row -> new ReplyContent.Promise(
                                text(row, "commitment"),
                                LocalDate.parse(text(row, "commitmentDue")),
                                text(row, "commitmentSection"),
                                whole(row.get("commitmentSuggestion"))))
                        .toList(),
                textOf(answer.text("mainTo")),
                textOf(answer.text("copyTo")),
                textOf(answer.text("contactPerson")),
                textOf(answer.text("contactPhone")),
                textOf(answer.text("draftNote")));
    }

    private static String textOf(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String text(Map<String, Object> row, String key) {
        return row.get(key) instanceof String text ? text : "";
    }

    private static @Nullable Integer whole(@Nullable Object number) {
        if (!(number instanceof BigDecimal decimal)) {
            return null;
        }
        try {
            return decimal.intValueExact();
        } catch (ArithmeticException e) {
            throw new Refusal("commitments", "「对应第几条建议」须是整数。");
        }
    }

    private static OpinionVerdict verdict(Answer answer, String key) {
        return Coded.choice(OpinionVerdict.class, answer.required(key), key, "结论");
    }

    @Bean
    StepUseCase checkReplyAnswer(UnitHandling unit) {
        return new UseCase(
                HANDLING + "checkReply",
                (instance, person, answer) ->
                        unit.check(instance, person, verdict(answer, "checkVerdict"), answer.text("checkOpinion")));
    }

    @Bean
    StepUseCase signByDeputyAnswer(UnitHandling unit) {
        return new UseCase(
                HANDLING + "signByDeputy",
                (instance, person, answer) ->
                        unit.deputy(instance, person, verdict(answer, "signVerdict"), answer.text("signOpinion")));
    }

    @Bean
    StepUseCase signByHeadAnswer(UnitHandling unit) {
        return new UseCase(
                HANDLING + "signByHead",
                (instance, person, answer) ->
                        unit.head(instance, person, verdict(answer, "signVerdict"), answer.text("signOpinion")));
    }

    @Bean
    StepUseCase previewReplyAnswer(UnitHandling unit) {
        return new UseCase(
                HANDLING + "previewReply",
                (instance, person, answer) -> unit.preview(
                        instance,
                        person,
                        verdict(answer, "previewVerdict"),
                        answer.text("previewOpinion"),
                        answer.text("proposedClass")));
    }

    @Bean
    StepUseCase deliverReplyAnswer(UnitHandling unit) {
        return new UseCase(
                HANDLING + "deliverReply",
                (instance, person, answer) -> unit.deliver(
                        instance,
                        person,
                        answer.text("documentNumber"),
                        first(answer.texts("sealedScan")),
                        answer.rows("deliveries").stream()
                                .map(row -> new UnitHandling.Delivered(
                                        Coded.find(DeliveryMode.class, text(row, "mode")),
                                        row.get("deliveredOn") instanceof String day ? LocalDate.parse(day) : null))
                                .toList(),
                        answer.texts("receipts")));
    }

    private static @Nullable String first(List<String> documents) {
        return documents.isEmpty() ? null : documents.get(0);
    }

    @Bean
    StepUseCase draftCoOpinionAnswer(UnitHandling unit) {
        return new UseCase(
                HANDLING + "draftCoOpinion",
                (instance, person, answer) ->
                        unit.draftCoOpinion(instance, person, answer.texts("points"), answer.text("coOpinion")));
    }

    @Bean
    StepUseCase signCoOpinionAnswer(UnitHandling unit) {
        return new UseCase(
                HANDLING + "signCoOpinion",
                (instance, person, answer) ->
                        unit.signCoOpinion(instance, person, verdict(answer, "coVerdict"), answer.text("signOpinion")));
    }

    @Bean
    StepUseCase sendCoOpinionAnswer(UnitHandling unit) {
        return new UseCase(
                HANDLING + "sendCoOpinion",
                (instance, person, answer) -> unit.sendCoOpinion(
                        instance, person, answer.text("documentNumber"), first(answer.texts("sealedScan"))));
    }

    @Bean
    StepUseCase approveExtensionAnswer(Extensions extensions) {
        return new UseCase(
                EXTENSION + "approveRequest",
                (instance, person, answer) -> extensions.approve(
                        instance,
                        person,
                        answer.required("requestVerdict").equals("approve"),
                        answer.text("extensionOpinion")));
    }

    @Bean
    StepUseCase decideExtensionAnswer(Extensions extensions) {
        return new UseCase(
                EXTENSION + "decideExtension",
                (instance, person, answer) -> extensions.decide(
                        instance,
                        person,
                        answer.required("extensionVerdict").equals("grant"),
                        answer.text("extensionOpinion")));
    }
}
