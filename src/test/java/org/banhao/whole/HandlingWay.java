package org.banhao.whole;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.banhao.base.ChineseTime;
import org.banhao.calendar.Deadline;
import org.banhao.calendar.Deadlines;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseMeetings;
import org.banhao.casefile.OpenStep;
import org.banhao.casefile.OpenSteps;
import org.banhao.document.Documents;
import org.banhao.flow.Processes;
import org.banhao.people.People;
import org.banhao.people.domain.Accounts;
import org.banhao.proposal.domain.Category;
import org.banhao.proposal.domain.DraftContent;
import org.banhao.proposal.domain.Drafts;
import org.banhao.proposal.domain.Submission;
import org.banhao.proposal.domain.handling.ConsultationKind;
import org.banhao.proposal.domain.handling.ConsultationStage;
import org.banhao.proposal.domain.handling.Consultations;
import org.banhao.proposal.domain.handling.Handlings;
import org.banhao.testing.Fresh;
import org.banhao.testing.Whole;
import org.junit.jupiter.api.BeforeEach;

/** The way of a case to the delivered reply, for stories that begin there. */
interface HandlingWay extends Whole {

    String EDUCATION = "education-bureau";
    String HEALTH = "health-commission";
    String LIAISON = "tian-he";
    String HANDLER = "song-yiming";
    String CHECKER = "niu-li";
    String DEPUTY = "feng-yuanshan";
    String HEAD = "zhao-zhixing";
    String OFFICE = "hou-wang";
    String HEALTH_PERSON = "cui-baihe";
    String PROPOSER = "wei-linshu";

    /** One person does everything in the second unit: what matters here is the unit, not who sits where. */
    @BeforeEach
    default void theSecondUnitIsStaffed() {
        for (String role : List.of("handler", "checker", "deputy", "head")) {
            if (!bean(People.class).groupsOf(HEALTH_PERSON).contains(HEALTH + "." + role)) {
                bean(Accounts.class).join("yi-an", HEALTH_PERSON, HEALTH + "." + role);
            }
        }
    }

    // ---- the way there

    default List<OpenStep> open(String number) {
        return bean(OpenSteps.class).ofCase(number);
    }

    default String task(String number, String name) {
        return open(number).stream()
                .filter(step -> step.task().equals("userTask_" + name))
                .map(OpenStep::taskId)
                .findFirst()
                .orElseThrow(() -> new AssertionError(number + " waits for " + open(number)));
    }

    default String task(String number, String unit, String name) {
        return open(number).stream()
                .filter(step -> step.task().equals("userTask_" + name))
                .filter(step -> step.groups().stream().anyMatch(group -> group.startsWith(unit + ".")))
                .map(OpenStep::taskId)
                .findFirst()
                .orElseThrow(() -> new AssertionError(unit + " in " + number + " waits for " + open(number)));
    }

    default List<String> waiting(String number) {
        return open(number).stream().map(OpenStep::task).sorted().toList();
    }

    default void answer(String task, String person, Map<String, Object> values) {
        bean(Processes.class).answer(task, person, values);
    }

    default void step(String number, String name, String person, Map<String, Object> values) {
        answer(task(number, name), person, values);
    }

    default String upload(String number, String task, String person) {
        return bean(Documents.class)
                .store(number, task, "盖章件.pdf", new ByteArrayInputStream(PDF), person, person)
                .id();
    }

    byte[] PDF = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private static DraftContent plain() {
        return DraftContent.of(
                "关于中小学校" + Fresh.digits() + "的提案",
                "现状摘自走访记录。",
                "缺少统一的办法。",
                List.of("配齐专职教师。", "建立转诊通道。"),
                Category.SOCIETY);
    }

    default String handedIn(String person) {
        String number = bean(Drafts.class).begin(person, person);
        bean(Drafts.class).save(number, person, 1, plain());
        bean(Submission.class).handIn(number, person);
        return number;
    }

    /** Handed in by the proposer with these to sign, none of whom has. */
    default String invited(String... coSigners) {
        String number = bean(Drafts.class).begin(PROPOSER, PROPOSER);
        inviting(number, coSigners);
        return number;
    }

    /** A draft of the proposer, with what was uploaded for it, filled and handed in. */
    default void inviting(String number, String... coSigners) {
        DraftContent plain = plain();
        bean(Drafts.class)
                .save(
                        number,
                        PROPOSER,
                        1,
                        new DraftContent(
                                plain.title(),
                                plain.situation(),
                                plain.analysis(),
                                plain.suggestions(),
                                plain.category(),
                                plain.wish(),
                                plain.consent(),
                                false,
                                List.of(),
                                false,
                                null,
                                List.of(),
                                false,
                                false,
                                plain.source(),
                                true,
                                List.of(coSigners),
                                null,
                                null,
                                null));
        bean(Submission.class).handIn(number, PROPOSER);
    }

    default void reviewed(String number, String verdict, Map<String, Object> more) {
        Map<String, Object> values = new HashMap<>(more);
        values.put("category", "society");
        step(number, "firstReview", "bao-xiaolan", with(values, "firstVerdict", verdict));
        step(number, "secondReview", "miao-zhengqing", with(values, "secondVerdict", verdict));
        long meeting = bean(CaseMeetings.class)
                .create("committee", "会议" + UUID.randomUUID(), ChineseTime.day(now()), "yan-xiaoman");
        values.remove("category");
        step(
                number,
                "decideInMeeting",
                "yan-xiaoman",
                with(with(values, "finalVerdict", verdict), "meeting", String.valueOf(meeting)));
    }

    default Map<String, Object> with(Map<String, Object> values, String key, Object value) {
        Map<String, Object> all = new HashMap<>(values);
        all.put(key, value);
        return all;
    }

    default Instant now() {
        return bean(java.time.Clock.class).instant();
    }

    default String filed() {
        String number = handedIn(PROPOSER);
        reviewed(number, "file", Map.of());
        step(number, "assignFileNumber", "bao-xiaolan", Map.of("numberConfirmed", true));
        return number;
    }

    /** 交办, no unit has answered yet. */
    default void confirmed(String number, Map<String, Object> units) {
        step(number, "confirmUnits", OFFICE, with(with(units, "confirmation", "confirm"), "changeReason", "按职责分工交办。"));
    }

    default void assigned(String number, Map<String, Object> units) {
        confirmed(number, units);
        for (OpenStep step : open(number)) {
            if (step.task().equals("userTask_answerAssignment")) {
                boolean education = step.groups().contains(EDUCATION + ".liaison");
                answer(step.taskId(), education ? LIAISON : HEALTH_PERSON, Map.of("unitAnswer", "accept"));
            }
        }
    }

    /** The lead wants to give it back: 退回重新交办. */
    default void returned(String number) {
        String asked = task(number, EDUCATION, "answerAssignment");
        answer(
                asked,
                LIAISON,
                Map.of(
                        "unitAnswer", "return",
                        "returnReason", "此事主要是卫生健康部门的职责。",
                        "dutyBasis", "三定方案第三条",
                        "proposedUnit", "civil-affairs-bureau",
                        "signedScan", List.of(upload(number, asked, LIAISON))));
    }

    /** It stays where it was. */
    default void ruledToStay(String number) {
        step(
                number,
                "ruleOnReturn",
                "you-haichuan",
                Map.of("ruling", "keep", "restartClock", "continue", "rulingReason", "仍由教育部门牵头。"));
    }

    default String sole() {
        String number = filed();
        assigned(number, Map.of("leadUnit", EDUCATION));
        return number;
    }

    default String led() {
        String number = filed();
        assigned(number, Map.of("leadUnit", EDUCATION, "coUnits", List.of(HEALTH)));
        return number;
    }

    // ---- inside a unit

    default org.banhao.proposal.domain.handling.Handling row(String number, String unit) {
        return bean(Handlings.class).ofCase(number).stream()
                .filter(row -> row.unitId().equals(unit))
                .findFirst()
                .orElseThrow();
    }

    default void handled(String number, String unit) {
        boolean education = unit.equals(EDUCATION);
        answer(task(number, unit, "forwardToSection"), education ? LIAISON : HEALTH_PERSON, Map.of("section", "基础教育科"));
        answer(
                task(number, unit, "handle"),
                education ? HANDLER : HEALTH_PERSON,
                Map.of("handlingNote", "已经走访学校并列出清单。"));
    }

    /** The second unit's opinion is signed, not sent. */
    default void opinionSigned(String number) {
        handled(number, HEALTH);
        answer(
                task(number, HEALTH, "draftCoOpinion"),
                HEALTH_PERSON,
                Map.of("points", List.of("2"), "coOpinion", "转诊通道由我委牵头。"));
        answer(task(number, HEALTH, "signCoOpinion"), HEALTH_PERSON, Map.of("coVerdict", "sign"));
    }

    default void opinionSent(String number) {
        opinionSigned(number);
        String send = task(number, HEALTH, "sendCoOpinion");
        answer(
                send,
                HEALTH_PERSON,
                Map.of("documentNumber", documentNumber(), "sealedScan", List.of(upload(number, send, HEALTH_PERSON))));
    }

    default long contact(String number, ConsultationKind kind, String unit) {
        return contact(number, kind, unit, proposer -> true);
    }

    /** @param present id of a proposer → was there */
    default long contact(String number, ConsultationKind kind, String unit, Predicate<String> present) {
        Consultations consultations = bean(Consultations.class);
        return consultations.record(
                new Consultations.Entry(
                        List.of(number),
                        List.of(unit),
                        kind,
                        ConsultationStage.DURING,
                        LocalDateTime.ofInstant(now().minus(Duration.ofHours(1)), ChineseTime.ZONE),
                        "市教育局二楼会议室",
                        "田禾",
                        "宋一鸣 科长\n卫林书 市政协委员",
                        "冯远山 副局长",
                        consultations.choices(List.of(number), HANDLER).proposers().stream()
                                .map(one -> new Consultations.Presence(
                                        one.caseNumber(),
                                        one.personId(),
                                        present.test(one.personId()),
                                        present.test(one.personId()) ? null : "电话未接通"))
                                .toList(),
                        "提案者希望年内见效，单位介绍了编制情况。",
                        List.of(new Consultations.Agreed(
                                "年底前通报进展", unit, ChineseTime.day(now()).plusDays(60))),
                        ""),
                List.of(),
                HANDLER,
                null);
    }

    default Map<String, Object> reply() {
        Map<String, Object> values = new HashMap<>();
        values.put(
                "items",
                List.of(
                        Map.of("itemAnswer", "今年新招专职教师。", "itemClass", "A"),
                        Map.of("itemAnswer", "列入明年计划。", "itemClass", "B")));
        values.put("resultClass", "A");
        values.put("publicity", "full");
        values.put(
                "commitments",
                List.of(Map.of(
                        "commitment",
                        "出台转诊办法",
                        "commitmentDue",
                        ChineseTime.day(now()).plusDays(90).toString(),
                        "commitmentSection",
                        "基础教育科",
                        "commitmentSuggestion",
                        2)));
        values.put("mainTo", "卫林书委员");
        values.put("copyTo", "市政协提案委员会");
        values.put("contactPerson", "宋一鸣");
        values.put("contactPhone", "0355-0000001");
        return values;
    }

    default void draft(String number, Map<String, Object> values) {
        step(number, "draftReply", HANDLER, values);
    }

    default void signed(String number) {
        step(number, "checkReply", CHECKER, Map.of("checkVerdict", "pass"));
        step(number, "signByDeputy", DEPUTY, Map.of("signVerdict", "sign", "signOpinion", "同意。"));
    }

    default void previewed(String number) {
        step(number, "previewReply", OFFICE, Map.of("previewVerdict", "pass"));
    }

    default String documentNumber() {
        return Fresh.letterNumber();
    }

    default void deliver(String number, String unit, String person, String documentNumber, int recipients) {
        String task = task(number, unit, "deliverReply");
        List<Map<String, Object>> deliveries = new ArrayList<>();
        for (int i = 0; i < recipients; i++) {
            deliveries.add(Map.of(
                    "mode", "online", "deliveredOn", ChineseTime.day(now()).toString()));
        }
        answer(
                task,
                person,
                Map.of(
                        "documentNumber",
                        documentNumber,
                        "sealedScan",
                        List.of(upload(number, task, person)),
                        "deliveries",
                        deliveries));
    }

    default String drafted() {
        String number = sole();
        handled(number, EDUCATION);
        contact(number, ConsultationKind.CALL, EDUCATION);
        draft(number, reply());
        return number;
    }

    default String status(String number) {
        return bean(CaseFiles.class).get(number).status();
    }

    default Deadline deadline(String number, String key) {
        return bean(Deadlines.class).of(number).stream()
                .filter(deadline -> deadline.key().equals(key))
                .findFirst()
                .orElseThrow();
    }
}
