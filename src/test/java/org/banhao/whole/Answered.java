package org.banhao.whole;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.banhao.base.ChineseTime;
import org.banhao.casefile.CaseMeetings;
import org.banhao.casefile.OpenStep;
import org.banhao.casefile.OpenSteps;
import org.banhao.document.Documents;
import org.banhao.flow.Processes;
import org.banhao.proposal.domain.Category;
import org.banhao.proposal.domain.DraftContent;
import org.banhao.proposal.domain.Drafts;
import org.banhao.proposal.domain.Submission;
import org.banhao.proposal.domain.handling.ConsultationKind;
import org.banhao.proposal.domain.handling.ConsultationStage;
import org.banhao.proposal.domain.handling.Consultations;
import org.banhao.testing.Fresh;
import org.banhao.testing.Whole;

/** The way of one proposal up to its delivered reply, by the use cases: for stories that begin there. */
final class Answered {

    static final String EDUCATION = "education-bureau";
    static final String PROPOSER = "wei-linshu";
    static final String CLERK = "bao-xiaolan";
    static final String DIRECTOR = "lu-shouzheng";
    static final String SECRETARY = "yan-xiaoman";
    static final String LIAISON = "tian-he";
    static final String HANDLER = "song-yiming";

    private static final byte[] PDF = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
            .getBytes(StandardCharsets.US_ASCII);

    private final Whole whole;

    Answered(Whole whole) {
        this.whole = whole;
    }

    Instant now() {
        return whole.bean(Clock.class).instant();
    }

    LocalDate today() {
        return ChineseTime.day(now());
    }

    List<OpenStep> open(String number) {
        return whole.bean(OpenSteps.class).ofCase(number);
    }

    String task(String number, String name) {
        return open(number).stream()
                .filter(step -> step.task().equals("userTask_" + name))
                .map(OpenStep::taskId)
                .findFirst()
                .orElseThrow(() -> new AssertionError(number + " waits for " + open(number)));
    }

    void step(String number, String name, String person, Map<String, Object> values) {
        whole.bean(Processes.class).answer(task(number, name), person, values);
    }

    String upload(String number, String name, String person) {
        return whole.bean(Documents.class)
                .store(number, task(number, name), "证明材料.pdf", new ByteArrayInputStream(PDF), person, person)
                .id();
    }

    long meeting(String kind) {
        return whole.bean(CaseMeetings.class).create(kind, "会议" + UUID.randomUUID(), today(), SECRETARY);
    }

    /** @param key 拟重点, says the second reviewer */
    String filed(boolean key) {
        String number = whole.bean(Drafts.class).begin(PROPOSER, PROPOSER);
        whole.bean(Drafts.class)
                .save(
                        number,
                        PROPOSER,
                        1,
                        DraftContent.of(
                                "关于公园经济" + Fresh.digits() + "的提案",
                                "现状摘自走访记录。",
                                "缺少统一的办法。",
                                List.of("配齐设施。", "建立制度。"),
                                Category.SOCIETY));
        whole.bean(Submission.class).handIn(number, PROPOSER);
        step(number, "firstReview", CLERK, Map.of("firstVerdict", "file", "category", "society"));
        step(
                number,
                "secondReview",
                "miao-zhengqing",
                Map.of("secondVerdict", "file", "category", "society", "keyCandidate", key));
        step(
                number,
                "decideInMeeting",
                SECRETARY,
                Map.of("finalVerdict", "file", "meeting", String.valueOf(meeting("committee"))));
        step(number, "assignFileNumber", CLERK, Map.of("numberConfirmed", true));
        return number;
    }

    void assigned(String number) {
        step(
                number,
                "confirmUnits",
                "hou-wang",
                Map.of("leadUnit", EDUCATION, "confirmation", "confirm", "changeReason", "按职责分工交办。"));
        step(number, "answerAssignment", LIAISON, Map.of("unitAnswer", "accept"));
    }

    void contacted(String number, ConsultationKind kind) {
        Consultations consultations = whole.bean(Consultations.class);
        consultations.record(
                new Consultations.Entry(
                        List.of(number),
                        List.of(EDUCATION),
                        kind,
                        ConsultationStage.DURING,
                        LocalDateTime.ofInstant(now().minus(Duration.ofHours(1)), ChineseTime.ZONE),
                        "市教育局二楼会议室",
                        "田禾",
                        "宋一鸣 科长",
                        "",
                        consultations.choices(List.of(number), HANDLER).proposers().stream()
                                .map(one -> new Consultations.Presence(one.caseNumber(), one.personId(), true, null))
                                .toList(),
                        "提案者希望年内见效。",
                        List.of(),
                        ""),
                List.of(),
                HANDLER,
                null);
    }

    Map<String, Object> reply(String resultClass, LocalDate promised) {
        Map<String, Object> values = new HashMap<>();
        values.put(
                "items",
                List.of(
                        Map.of("itemAnswer", "今年新增设施。", "itemClass", "A"),
                        Map.of("itemAnswer", "列入明年计划。", "itemClass", "B")));
        values.put("resultClass", resultClass);
        values.put("publicity", "full");
        values.put(
                "commitments",
                List.of(Map.of(
                        "commitment",
                        "出台管理办法",
                        "commitmentDue",
                        promised.toString(),
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

    /** Class and the day the one promise falls due. */
    String answered(String resultClass, LocalDate promised) {
        String number = filed(false);
        assigned(number);
        step(number, "forwardToSection", LIAISON, Map.of("section", "基础教育科"));
        step(number, "handle", HANDLER, Map.of("handlingNote", "已经走访并列出清单。"));
        contacted(number, ConsultationKind.CALL);
        step(number, "draftReply", HANDLER, reply(resultClass, promised));
        step(number, "checkReply", "niu-li", Map.of("checkVerdict", "pass"));
        step(number, "signByDeputy", "feng-yuanshan", Map.of("signVerdict", "sign", "signOpinion", "同意。"));
        step(number, "previewReply", "hou-wang", Map.of("previewVerdict", "pass"));
        String seal = upload(number, "deliverReply", LIAISON);
        step(
                number,
                "deliverReply",
                LIAISON,
                Map.of(
                        "documentNumber",
                        Fresh.letterNumber(),
                        "sealedScan",
                        List.of(seal),
                        "deliveries",
                        List.of(Map.of("mode", "online", "deliveredOn", today().toString()))));
        return number;
    }

    long told(String number, String template, String person) {
        return whole.db()
                .sql("select count(*) from notice_outbox where case_number = :n and template = :t and person_id = :p")
                .param("n", number)
                .param("t", template)
                .param("p", person)
                .query(Long.class)
                .single();
    }
}
