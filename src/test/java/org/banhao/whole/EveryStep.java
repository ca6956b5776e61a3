package org.banhao.whole;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.banhao.base.ChineseTime;
import org.banhao.casefile.CaseMeetings;
import org.banhao.casefile.OpenStep;
import org.banhao.flow.time.EngineTime;
import org.banhao.people.People;
import org.banhao.people.domain.Accounts;
import org.banhao.proposal.domain.SessionAdministration;
import org.banhao.proposal.domain.feedback.Feedbacks;
import org.banhao.proposal.domain.feedback.ProposerFeedback;
import org.banhao.proposal.domain.handling.ConsultationKind;
import org.banhao.proposal.domain.handling.ConsultationStage;
import org.banhao.proposal.domain.handling.Consultations;
import org.banhao.proposal.domain.handling.Extensions;
import org.banhao.proposal.domain.handling.Handlings;
import org.banhao.proposal.domain.revisit.Revisits;
import org.banhao.proposal.domain.solicitation.Solicitations;
import org.junit.jupiter.api.BeforeEach;

/** Everybody does what lies before him, in the usual way, until a case stands where a story wants it. */
interface EveryStep extends HandlingWay {

    String CLERK = "bao-xiaolan";
    String DIRECTOR = "lu-shouzheng";
    String REVIEWER = "miao-zhengqing";
    String SECRETARY = "yan-xiaoman";
    String OFFICE_LEADER = "jing-mingde";

    /** A third unit, in which one person does everything too. */
    String WATER = "water-bureau";

    String WATER_PERSON = "mi-xiuyan";
    String CO_SIGNER = "gao-qingyuan";

    @BeforeEach
    default void theThirdUnitIsStaffed() {
        for (String role : List.of("handler", "checker", "deputy", "head")) {
            if (!bean(People.class).groupsOf(WATER_PERSON).contains(WATER + "." + role)) {
                bean(Accounts.class).join("yi-an", WATER_PERSON, WATER + "." + role);
            }
        }
    }

    /** @param person who does it in the education bureau */
    private static String ofUnit(OpenStep step, String person) {
        if (step.groups().stream().anyMatch(group -> group.startsWith(HEALTH + "."))) return HEALTH_PERSON;
        if (step.groups().stream().anyMatch(group -> group.startsWith(WATER + "."))) return WATER_PERSON;
        return person;
    }

    /** What is answered otherwise than usual. Key: task without {@code userTask_}. */
    record Otherwise(Map<String, Map<String, Object>> answers) {

        static final Otherwise NOTHING = new Otherwise(Map.of());

        static Otherwise than(String task, Map<String, Object> answer) {
            return new Otherwise(Map.of(task, answer));
        }

        Otherwise and(String task, Map<String, Object> answer) {
            Map<String, Map<String, Object>> all = new HashMap<>(answers);
            all.put(task, answer);
            return new Otherwise(all);
        }
    }

    /** Goes on until one of the open steps is this one. */
    default String until(String number, String task, Otherwise otherwise) {
        for (int i = 0; i < 60; i++) {
            List<OpenStep> open = open(number);
            if (open.stream().anyMatch(step -> name(step).equals(task))) return number;
            if (open.isEmpty()) throw new AssertionError(number + " has nothing open, before " + task);
            act(number, open.get(0), otherwise);
        }
        throw new AssertionError(number + " never comes to " + task);
    }

    default String until(String number, String task) {
        return until(number, task, Otherwise.NOTHING);
    }

    /** Until nothing is open any more. */
    default void toTheEnd(String number) {
        for (int i = 0; i < 80; i++) {
            List<OpenStep> open = open(number);
            if (open.isEmpty()) return;
            act(number, open.get(0), Otherwise.NOTHING);
        }
        throw new AssertionError(number + " never ends: " + open(number));
    }

    private static String name(OpenStep step) {
        return step.task().replaceFirst("^userTask_", "");
    }

    /** One step in the usual way by the person whose it is. */
    default void act(String number, OpenStep step, Otherwise otherwise) {
        String task = name(step);
        String id = step.taskId();
        Map<String, Object> given = otherwise.answers().get(task);
        UnaryOperator<String> of = person -> ofUnit(step, person);
        boolean education = of.apply(HANDLER).equals(HANDLER);
        switch (task) {
            case "firstReview" ->
                answer(id, CLERK, given != null ? given : Map.of("firstVerdict", "file", "category", "society"));
            case "secondReview" ->
                answer(id, REVIEWER, given != null ? given : Map.of("secondVerdict", "file", "category", "society"));
            case "decideInMeeting" ->
                answer(
                        id,
                        SECRETARY,
                        with(
                                given != null ? given : Map.of("finalVerdict", "file"),
                                "meeting",
                                String.valueOf(bean(CaseMeetings.class)
                                        .create("committee", "会议" + number, ChineseTime.day(now()), SECRETARY))));
            case "decideByDirector" -> answer(id, DIRECTOR, given != null ? given : Map.of("finalVerdict", "file"));
            case "assignFileNumber" -> answer(id, CLERK, Map.of("numberConfirmed", true));
            case "reviseProposal" ->
                answer(id, step.assignee() == null ? CLERK : step.assignee(), given != null ? given : revised());
            case "confirmUnits" ->
                answer(
                        id,
                        OFFICE,
                        with(
                                with(given != null ? given : Map.of("leadUnit", EDUCATION), "confirmation", "confirm"),
                                "changeReason",
                                "按职责分工交办。"));
            case "answerAssignment" ->
                answer(
                        id,
                        of.apply(LIAISON),
                        given != null && education
                                ? with(given, "signedScan", List.of(upload(number, id, LIAISON)))
                                : Map.of("unitAnswer", "accept"));
            case "ruleOnReturn" ->
                answer(
                        id,
                        OFFICE_LEADER,
                        Map.of("ruling", "keep", "restartClock", "continue", "rulingReason", "按职责分工裁定。"));
            case "forwardToSection" -> answer(id, of.apply(LIAISON), Map.of("section", "基础教育科"));
            case "handle" -> answer(id, of.apply(HANDLER), Map.of("handlingNote", "已经走访学校并列出清单。"));
            case "collateOpinions" -> answer(id, of.apply(HANDLER), Map.of("withoutReason", "已催办两次，期限将到。"));
            case "draftReply" -> {
                Map<String, Object> reply = new HashMap<>(given != null ? given : reply());
                reply.put("contactReason", "提案者外出，已约定时间当面沟通。");
                answer(id, of.apply(HANDLER), reply);
            }
            case "checkReply" -> answer(id, of.apply(CHECKER), Map.of("checkVerdict", "pass"));
            case "signByDeputy" ->
                answer(
                        id,
                        of.apply(DEPUTY),
                        given != null ? given : Map.of("signVerdict", signs(number) ? "sign" : "toHead"));
            case "signByHead" -> answer(id, of.apply(HEAD), Map.of("signVerdict", "sign"));
            case "previewReply" -> answer(id, OFFICE, Map.of("previewVerdict", "pass"));
            case "deliverReply" -> delivered(number, id, of.apply(LIAISON));
            case "draftCoOpinion" ->
                answer(id, of.apply(HANDLER), Map.of("points", List.of("1"), "coOpinion", "我单位赞成，将配合培训。"));
            case "signCoOpinion" -> answer(id, of.apply(DEPUTY), Map.of("coVerdict", "sign"));
            case "sendCoOpinion" -> {
                String person = of.apply(LIAISON);
                answer(
                        id,
                        person,
                        Map.of("documentNumber", documentNumber(), "sealedScan", List.of(upload(number, id, person))));
            }
            case "approveRequest" -> answer(id, DEPUTY, Map.of("requestVerdict", "approve"));
            case "decideExtension" -> answer(id, OFFICE, Map.of("extensionVerdict", "grant"));
            case "giveFeedback" -> rates(number, step, given == null ? "satisfied" : (String) given.get("result"));
            case "examineFeedback" ->
                answer(id, CLERK, Map.of("examination", "rehandle", "examinationNote", "请再研究第二条。"));
            case "mediate" -> {
                consulted(number);
                answer(id, CLERK, Map.of("outcome", "understood", "outcomeNote", "双方交换了意见，提案者表示理解。"));
            }
            case "reportProgress" ->
                answer(
                        id,
                        LIAISON,
                        Map.of(
                                "items",
                                bean(Revisits.class).items(revisit(number)).stream()
                                        .map(item -> Map.of("itemResult", "notKept", "itemReason", "经费下半年到位。"))
                                        .toList(),
                                "reportText",
                                "管理办法正在起草，年底以前印发。",
                                "proposedClass",
                                "C"));
            case "checkReport" ->
                answer(id, CLERK, Map.of("checkVerdict", "accept", "outcome", "notKept", "acceptedClass", "C"));
            case "decideEscalation" ->
                answer(
                        id,
                        DIRECTOR,
                        Map.of(
                                "escalation",
                                "director",
                                "nextOn",
                                ChineseTime.day(now()).plusDays(90).toString(),
                                "escalationOpinion",
                                "请年底前落实。"));
            case "prepareTopics" -> answer(id, CLERK, Map.of("callText", "现征集本届次提案，请于截止以前提交。"));
            case "approveCall" -> answer(id, DIRECTOR, Map.of("callVerdict", "approve"));
            case "writeSummary" -> answer(id, CLERK, Map.of("summaryText", "本届次征集工作已经完成。"));
            default -> throw new AssertionError("nobody knows what to do with " + step);
        }
    }

    /** What a proposer hands in again. */
    private static Map<String, Object> revised() {
        return Map.of(
                "title", "关于中小学校心理教师配备的提案",
                "situation", "现状摘自走访记录，已补充数字。",
                "analysis", "缺少统一的办法。",
                "suggestions", List.of(Map.of("text", "配齐专职教师。"), Map.of("text", "建立转诊通道。")),
                "noSecret", true);
    }

    /** The head was asked before: now the deputy may sign. */
    private boolean signs(String number) {
        return db().sql(
                                "select count(*) from casefile_step_answer where case_number = :n and task = 'userTask_signByDeputy'")
                        .param("n", number)
                        .query(Long.class)
                        .single()
                > 0;
    }

    private long revisit(String number) {
        var all = bean(Revisits.class).ofCase(number);
        return all.get(all.size() - 1).id();
    }

    private void delivered(String number, String task, String person) {
        int recipients = bean(Consultations.class)
                .choices(List.of(number), person)
                .proposers()
                .size();
        deliver(
                number,
                person.equals(LIAISON) ? EDUCATION : person.equals(HEALTH_PERSON) ? HEALTH : WATER,
                person,
                documentNumber(),
                recipients);
    }

    private void rates(String number, OpenStep step, String result) {
        String person = Objects.requireNonNull(step.assignee());
        long feedback = bean(Feedbacks.class).ofCase(number).stream()
                .filter(one -> step.instanceId().equals(one.instanceId()))
                .findFirst()
                .orElseThrow()
                .id();
        bean(ProposerFeedback.class)
                .give(
                        feedback,
                        new ProposerFeedback.Typed(
                                "satisfied",
                                result,
                                "yes",
                                "no",
                                "yes",
                                result.equals("dissatisfied") ? "第二条没有说什么时候办。" : null,
                                null),
                        person);
    }

    default void consulted(String number) {
        bean(EngineTime.class).advance(Duration.ofHours(2));
        bean(Consultations.class)
                .record(
                        new Consultations.Entry(
                                List.of(number),
                                List.of(EDUCATION),
                                ConsultationKind.FACE_TO_FACE,
                                ConsultationStage.AFTER,
                                LocalDateTime.ofInstant(now().minusSeconds(600), ChineseTime.ZONE),
                                "市政协会议室",
                                "暴晓岚",
                                "卫林书 市政协委员\n冯远山 副局长",
                                "冯远山 副局长",
                                List.of(new Consultations.Presence(number, PROPOSER, true, null)),
                                "双方交换了意见。",
                                List.of(),
                                "时限没有谈拢。"),
                        List.of(),
                        CLERK,
                        null);
    }

    // ---- cases in every wait state

    default String joint() {
        return invited(CO_SIGNER);
    }

    default String byDirector() {
        String decider = "update proposal_session set final_decider = :who";
        db().sql(decider).param("who", "director").update();
        try {
            return handedIn(PROPOSER);
        } finally {
            db().sql(decider).param("who", "meeting").update();
        }
    }

    /** @param at where the lead stands; the merged one waits for it. @return the merged one */
    default String merged(String at) {
        String lead = handedIn(PROPOSER);
        String merged = handedIn(CO_SIGNER);
        until(merged, "decideInMeeting");
        act(
                merged,
                open(merged).get(0),
                Otherwise.than("decideInMeeting", Map.of("finalVerdict", "merge", "leadCase", lead)));
        until(lead, at);
        return merged;
    }

    default String extension(String at) {
        String number = until(handedIn(PROPOSER), "draftReply");
        Extensions.Offer offer = bean(Extensions.class).offers(number, HANDLER).get(0);
        bean(Extensions.class)
                .ask(offer.handlingId(), ChineseTime.day(offer.due()).plusDays(20), "需要省级部门批复后才能答复。", HANDLER);
        return number.equals(at) ? number : upTo(number, at);
    }

    /** Only the extension goes on. */
    default String upTo(String number, String at) {
        if (at.equals("decideExtension")) step(number, "approveRequest", DEPUTY, Map.of("requestVerdict", "approve"));
        return number;
    }

    default String revisited(String at) {
        Map<String, Object> promising = with(reply(), "resultClass", "C");
        String number = handedIn(PROPOSER);
        until(number, "giveFeedback", Otherwise.than("draftReply", promising));
        toTheEnd(number);
        bean(Revisits.class)
                .beginRound(
                        db().sql("select session_id from proposal_proposal where case_number = :n")
                                .param("n", number)
                                .query(String.class)
                                .single(),
                        "一轮" + number,
                        List.of(firstHandling(number)),
                        CLERK);
        return until(number, at);
    }

    default String solicited(String at) {
        String session = "t" + UUID.randomUUID().toString().substring(0, 8);
        bean(SessionAdministration.class)
                .add(
                        CLERK,
                        session,
                        now().plus(Duration.ofDays(10)),
                        new SessionAdministration.Rules("届次" + session, "meeting", 50, 1500, 500, 3, 1));
        String number = bean(Solicitations.class).begin(session, CLERK);
        if (at.equals("closing")) {
            until(number, "approveCall");
            act(number, open(number).get(0), Otherwise.NOTHING);
            return number;
        }
        return until(number, at);
    }

    /** Where it waits → how to come there; what several share stands once. */
    default Map<String, Supplier<String>> waits() {
        Otherwise co = Otherwise.than("confirmUnits", Map.of("leadUnit", EDUCATION, "coUnits", List.of(HEALTH)));
        Otherwise led = Otherwise.than("confirmUnits", Map.of("leadUnit", HEALTH, "coUnits", List.of(EDUCATION)));
        Otherwise returned = Otherwise.than(
                "answerAssignment",
                Map.of(
                        "unitAnswer",
                        "return",
                        "returnReason",
                        "此事不属于本单位职责，建议另定单位。",
                        "dutyBasis",
                        "“三定”规定第三条",
                        "proposedUnit",
                        "water-bureau"));
        Otherwise dissatisfied = Otherwise.than("giveFeedback", Map.of("result", "dissatisfied"));
        Map<String, Supplier<String>> all = new LinkedHashMap<>();
        all.put("receiveTask_signatures", this::joint);
        for (String task : List.of(
                "firstReview",
                "secondReview",
                "decideInMeeting",
                "assignFileNumber",
                "confirmUnits",
                "answerAssignment",
                "forwardToSection",
                "handle",
                "draftReply",
                "checkReply",
                "signByDeputy",
                "signByHead",
                "previewReply",
                "deliverReply",
                "giveFeedback")) {
            all.put(task, () -> until(handedIn(PROPOSER), task));
        }
        all.put("decideByDirector", () -> until(byDirector(), "decideByDirector"));
        all.put(
                "reviseProposal",
                () -> until(
                        handedIn(PROPOSER),
                        "reviseProposal",
                        Otherwise.than(
                                "firstReview", Map.of("firstVerdict", "return", "defects", List.of("noSuggestion")))));
        all.put("receiveTask_leadReply", () -> merged("draftReply"));
        all.put("receiveTask_mergedFeedback", () -> merged("giveFeedback"));
        all.put("ruleOnReturn", () -> until(handedIn(PROPOSER), "ruleOnReturn", returned));
        all.put("collateOpinions", () -> until(handedIn(PROPOSER), "collateOpinions", co));
        for (String task : List.of("draftCoOpinion", "signCoOpinion", "sendCoOpinion"))
            all.put(task, () -> until(handedIn(PROPOSER), task, led));
        all.put("approveRequest", () -> extension("approveRequest"));
        all.put("decideExtension", () -> extension("decideExtension"));
        all.put("examineFeedback", () -> until(handedIn(PROPOSER), "examineFeedback", dissatisfied));
        all.put("mediate", () -> until(handedIn(PROPOSER), "mediate", dissatisfied));
        for (String task : List.of("reportProgress", "checkReport", "decideEscalation"))
            all.put(task, () -> revisited(task));
        for (String task : List.of("prepareTopics", "approveCall", "closing")) all.put(task, () -> solicited(task));
        return all;
    }

    default Map<String, String> waitingEverywhere() {
        Map<String, String> numbers = new LinkedHashMap<>();
        waits().forEach((where, way) -> {
            try {
                numbers.put(where, way.get());
            } catch (RuntimeException | AssertionError failed) {
                throw new AssertionError("on the way to " + where, failed);
            }
        });
        return numbers;
    }

    default long firstHandling(String number) {
        return bean(Handlings.class).ofCase(number).get(0).id();
    }
}
