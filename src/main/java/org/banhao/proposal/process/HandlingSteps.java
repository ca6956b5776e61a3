package org.banhao.proposal.process;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.banhao.base.Refusal;
import org.banhao.flow.Answer;
import org.banhao.flow.FormData;
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

    @Bean
    FormData forwardToSectionShown(HandlingFacts facts) {
        return new StepShown(HANDLING + "forwardToSection", Instances::of, facts::forward);
    }

    @Bean
    FormData handleShown(HandlingFacts facts) {
        return new StepShown(HANDLING + "handle", Instances::of, facts::handle);
    }

    @Bean
    FormData collateOpinionsShown(HandlingFacts facts) {
        return new StepShown(HANDLING + "collateOpinions", Instances::of, facts::collate);
    }

    @Bean
    FormData draftReplyShown(HandlingFacts facts) {
        return new StepShown(HANDLING + "draftReply", Instances::of, facts::draft);
    }

    @Bean
    FormData checkReplyShown(HandlingFacts facts) {
        return new StepShown(HANDLING + "checkReply", Instances::of, facts::check);
    }

    @Bean
    FormData signByDeputyShown(HandlingFacts facts) {
        return new StepShown(HANDLING + "signByDeputy", Instances::of, facts::deputy);
    }

    @Bean
    FormData signByHeadShown(HandlingFacts facts) {
        return new StepShown(HANDLING + "signByHead", Instances::of, facts::check);
    }

    @Bean
    FormData previewReplyShown(HandlingFacts facts) {
        return new StepShown(HANDLING + "previewReply", Instances::of, facts::preview);
    }

    @Bean
    FormData deliverReplyShown(HandlingFacts facts) {
        return new StepShown(HANDLING + "deliverReply", Instances::of, facts::deliver);
    }

    @Bean
    FormData draftCoOpinionShown(HandlingFacts facts) {
        return new StepShown(HANDLING + "draftCoOpinion", Instances::of, facts::coDraft);
    }

    @Bean
    FormData signCoOpinionShown(HandlingFacts facts) {
        return new StepShown(HANDLING + "signCoOpinion", Instances::of, facts::coSign);
    }

    @Bean
    FormData sendCoOpinionShown(HandlingFacts facts) {
        return new StepShown(HANDLING + "sendCoOpinion", Instances::of, facts::coSign);
    }

    @Bean
    FormData approveRequestShown(HandlingFacts facts) {
        return new StepShown(EXTENSION + "approveRequest", Instances::of, facts::extension);
    }

    @Bean
    FormData decideExtensionShown(HandlingFacts facts) {
        return new StepShown(EXTENSION + "decideExtension", Instances::of, facts::extension);
    }

    private static StepUseCase open(StepUseCase answered, String toldAs) {
        return StepRetractable.always(answered, step -> UnitHandling.footprint(Instances.of(step)), toldAs);
    }

    @Bean
    StepUseCase forwardToSectionAnswer(UnitHandling unit) {
        return open(
                new StepAnswered(
                        HANDLING + "forwardToSection",
                        Instances::of,
                        (instance, person, answer) -> unit.forward(
                                instance,
                                person,
                                answer.text("section"),
                                answer.text("instructedBy"),
                                answer.text("instructionNote"),
                                answer.text("instruction"))),
                "");
    }

    @Bean
    StepUseCase handleAnswer(UnitHandling unit) {
        return open(
                new StepAnswered(
                        HANDLING + "handle",
                        Instances::of,
                        (instance, person, answer) -> unit.handled(instance, person, answer.text("handlingNote"))),
                "");
    }

    @Bean
    StepUseCase collateOpinionsAnswer(UnitHandling unit) {
        return open(
                new StepAnswered(
                        HANDLING + "collateOpinions",
                        Instances::of,
                        (instance, person, answer) -> unit.collate(
                                instance, person, answer.text("withoutReason"), answer.text("collateNote"))),
                "");
    }

    @Bean
    StepUseCase draftReplyAnswer(UnitHandling unit) {
        return open(
                new StepAnswered(
                        HANDLING + "draftReply",
                        Instances::of,
                        (instance, person, answer) ->
                                unit.draft(instance, person, content(answer), answer.text("contactReason"))),
                UnitHandling.WITHIN);
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
        return open(
                new StepAnswered(
                        HANDLING + "checkReply",
                        Instances::of,
                        (instance, person, answer) -> unit.check(
                                instance, person, verdict(answer, "checkVerdict"), answer.text("checkOpinion"))),
                UnitHandling.WITHIN);
    }

    @Bean
    StepUseCase signByDeputyAnswer(UnitHandling unit) {
        return open(
                new StepAnswered(
                        HANDLING + "signByDeputy",
                        Instances::of,
                        (instance, person, answer) -> unit.deputy(
                                instance, person, verdict(answer, "signVerdict"), answer.text("signOpinion"))),
                UnitHandling.WITHIN);
    }

    @Bean
    StepUseCase signByHeadAnswer(UnitHandling unit) {
        return open(
                new StepAnswered(
                        HANDLING + "signByHead",
                        Instances::of,
                        (instance, person, answer) -> unit.head(
                                instance, person, verdict(answer, "signVerdict"), answer.text("signOpinion"))),
                UnitHandling.WITHIN);
    }

    @Bean
    StepUseCase previewReplyAnswer(UnitHandling unit) {
        return open(
                new StepAnswered(
                        HANDLING + "previewReply",
                        Instances::of,
                        (instance, person, answer) -> unit.preview(
                                instance,
                                person,
                                verdict(answer, "previewVerdict"),
                                answer.text("previewOpinion"),
                                answer.text("proposedClass"))),
                UnitHandling.WITHIN);
    }

    @Bean
    StepUseCase deliverReplyAnswer(UnitHandling unit) {
        return new StepRetractable(
                new StepAnswered(HANDLING + "deliverReply", Instances::of, (instance, person, answer) -> {
                    if (answer.yes("sentBack")) {
                        unit.sendBackUndelivered(instance, person, answer.text("sentBackReason"));
                        return;
                    }
                    unit.deliver(
                            instance,
                            person,
                            answer.text("documentNumber"),
                            first(answer.texts("sealedScan")),
                            answer.rows("deliveries").stream()
                                    .map(row -> new UnitHandling.Delivered(
                                            Coded.find(DeliveryMode.class, text(row, "mode")),
                                            row.get("deliveredOn") instanceof String day ? LocalDate.parse(day) : null))
                                    .toList(),
                            answer.texts("receipts"));
                }),
                step -> UnitHandling.footprint(Instances.of(step)),
                (step, answer) -> UnitHandling.WITHIN,
                answer -> answer.yes("sentBack") ? null : "答复已经送达，不能撤回；需要改正的，请联系交办部门和提案者，另行补正。");
    }

    private static @Nullable String first(List<String> documents) {
        return documents.isEmpty() ? null : documents.get(0);
    }

    @Bean
    StepUseCase draftCoOpinionAnswer(UnitHandling unit) {
        return open(
                new StepAnswered(
                        HANDLING + "draftCoOpinion",
                        Instances::of,
                        (instance, person, answer) -> unit.draftCoOpinion(
                                instance, person, answer.texts("points"), answer.text("coOpinion"))),
                UnitHandling.WITHIN);
    }

    @Bean
    StepUseCase signCoOpinionAnswer(UnitHandling unit) {
        return open(
                new StepAnswered(
                        HANDLING + "signCoOpinion",
                        Instances::of,
                        (instance, person, answer) -> unit.signCoOpinion(
                                instance, person, verdict(answer, "coVerdict"), answer.text("signOpinion"))),
                UnitHandling.WITHIN);
    }

    @Bean
    StepUseCase sendCoOpinionAnswer(UnitHandling unit) {
        return StepRetractable.never(
                new StepAnswered(
                        HANDLING + "sendCoOpinion",
                        Instances::of,
                        (instance, person, answer) -> unit.sendCoOpinion(
                                instance, person, answer.text("documentNumber"), first(answer.texts("sealedScan")))),
                "会办意见已经送交主办单位，不能撤回；需要改正的，请联系主办单位。");
    }

    @Bean
    StepUseCase approveExtensionAnswer(Extensions extensions) {
        return new StepAnswered(
                EXTENSION + "approveRequest",
                Instances::of,
                (instance, person, answer) -> extensions.approve(
                        instance,
                        person,
                        answer.required("requestVerdict").equals("approve"),
                        answer.text("extensionOpinion")));
    }

    @Bean
    StepUseCase decideExtensionAnswer(Extensions extensions) {
        return StepRetractable.never(
                new StepAnswered(
                        EXTENSION + "decideExtension",
                        Instances::of,
                        (instance, person, answer) -> extensions.decide(
                                instance,
                                person,
                                answer.required("extensionVerdict").equals("grant"),
                                answer.text("extensionOpinion"))),
                "延期的审批结果已经告知单位，不能撤回；需要改正的，请由单位另行申请。");
    }
}
