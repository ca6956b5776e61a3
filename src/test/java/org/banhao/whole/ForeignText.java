package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.banhao.base.ChineseTime;
import org.banhao.casefile.CaseMeetings;
import org.banhao.people.domain.Accounts;
import org.banhao.people.domain.Roster;
import org.banhao.people.domain.Units;
import org.banhao.proposal.domain.Merging;
import org.banhao.proposal.domain.SessionAdministration;
import org.banhao.proposal.domain.Sessions;
import org.banhao.proposal.domain.Submission;
import org.banhao.proposal.domain.feedback.Feedback;
import org.banhao.proposal.domain.feedback.Feedbacks;
import org.banhao.proposal.domain.feedback.ProposerFeedback;
import org.banhao.proposal.domain.handling.ConsultationKind;
import org.banhao.proposal.domain.handling.ConsultationStage;
import org.banhao.proposal.domain.handling.Consultations;
import org.banhao.proposal.domain.revisit.Revisits;
import org.banhao.testing.Desk;
import org.junit.jupiter.api.Test;

/** What people type, whatever it is: kept to the letter, shown as letters, and never longer than was said. */
interface ForeignText extends HandlingWay {

    /** An emoji, an ideograph of plane 2, one of extension A, digits of full width. */
    String RARE = "😀𠮷㸚１２３";

    /** Another one for each field, so that the field that leaks is named. */
    private static String markup(String field) {
        return "<script>alert('" + field + "')</script><img src=x onerror=alert(1)>\"'&{{7*7}}${7*7}";
    }

    private static List<Map.Entry<String, String>> fields(Map<String, String> changed) {
        Map<String, String> fields = new LinkedHashMap<>(Map.of(
                "version", "1",
                "title", "关于文字原样保存的提案",
                "situation", "情况。",
                "analysis", "分析。",
                "suggestions", "建议。",
                "category", "society",
                "consent", "full",
                "noSecret", "on"));
        fields.putAll(changed);
        return new ArrayList<>(fields.entrySet());
    }

    /** @return the answer, and the number in front of it */
    private Map.Entry<String, HttpResponse<String>> handIn(Desk member, Map<String, String> changed) {
        String number = member.begin();
        return Map.entry(number, member.web().form("/my/drafts/" + number + "/submit", fields(changed)));
    }

    private static void noMarkup(String where, String html) {
        assertThat(html)
                .as(where)
                .doesNotContain("<script>alert(", "<img src=x", "onerror=alert(1)>")
                .doesNotContain("49${");
    }

    @Test
    default void markupInAnyTextOfAProposalIsShownAsTextOnPagesInFormsOnCardsAndInMails() {
        Desk member = desk("申雨禾");
        Desk clerk = desk("暴晓岚");
        List<String> open = List.of("title", "situation", "analysis", "suggestions", "raisedBeforeNote");
        Map<String, String> changed = new LinkedHashMap<>();
        open.forEach(field -> changed.put(field, markup(field)));
        changed.put("title", "<script>alert('title')</script>");
        changed.put("raisedBefore", "on");
        var handedIn = handIn(member, changed);
        String number = handedIn.getKey();
        Desk.ok(handedIn.getValue(), 302);
        clerk.answer(
                number, Map.of("firstVerdict", "file", "category", "society", "firstOpinion", markup("firstOpinion")));
        Desk reviewer = desk("苗正清");
        String task = reviewer.task(number);

        Map<String, Desk> pages = new LinkedHashMap<>();
        for (String address : List.of("/my", "/my/proposals/" + number, "/my/proposals/" + number + "/receipt"))
            pages.put(address, member);
        pages.put("/cases/" + number, clerk);
        pages.put("/cases/" + number + "/fragment", reviewer);
        pages.put("/cases/by-task/" + task, reviewer);
        pages.forEach((address, reader) -> {
            String page = Desk.ok(reader.web().get(address), 200).body();
            noMarkup(address, page);
            assertThat(page).as(address).contains("&lt;script&gt;alert(&#39;title&#39;)");
        });
        assertThat(clerk.web().get("/cases/" + number).body())
                .contains(List.of("situation", "analysis", "suggestions", "raisedBeforeNote", "firstOpinion").stream()
                        .map(field -> "&lt;script&gt;alert(&#39;" + field + "&#39;)")
                        .toArray(String[]::new));

        // Tasklist's list and forms get data, which its own templates write as text
        String query =
                "{\"processVariables\":[{\"name\":\"number\",\"operator\":\"eq\",\"value\":\"" + number + "\"}]}";
        HttpResponse<String> list = Desk.ok(
                reviewer.engine("POST", "/filter/" + Desk.WAITING + "/list?firstResult=0&maxResults=10", query), 200);
        assertThat(list.headers().firstValue("Content-Type").orElse("")).contains("json");
        assertThat(list.headers().firstValue("X-Content-Type-Options").orElse(""))
                .isEqualTo("nosniff");
        assertThat(Desk.json(list).toString()).contains("alert('title')");
        JsonNode shown = reviewer.shown(task);
        assertThat(shown.toString()).contains("alert('firstOpinion')");

        List<String> mails = db().sql("select html_body from notice_outbox where case_number = ?")
                .param(number)
                .query(String.class)
                .list();
        assertThat(mails).isNotEmpty().allSatisfy(mail -> {
            noMarkup("mail", mail);
            assertThat(mail).contains("&lt;script&gt;");
        });
    }

    /** As short as a name has to be. */
    private static String name(String field) {
        return "<img src=x>" + field;
    }

    /** Names of a unit, of a person and of what he is on the roster, of a session. @return the names of the fields */
    private List<String> namedWithMarkup() {
        String id = "m" + UUID.randomUUID().toString().substring(0, 7);
        bean(Units.class).add(id, name("unitName"), "政府");
        bean(Roster.class)
                .add(
                        "bao-xiaolan",
                        new Roster.Input(
                                null,
                                "member",
                                name("memberName"),
                                name("memberNumber"),
                                name("memberSector"),
                                name("memberParty"),
                                name("memberPost"),
                                ChineseTime.day(now()),
                                null),
                        new Accounts.NewAccount(id, name("personName"), name("personPost"), null, null));
        bean(SessionAdministration.class)
                .add(
                        "bao-xiaolan",
                        id,
                        now().plus(Duration.ofDays(900)),
                        new SessionAdministration.Rules(name("sessionName"), "meeting", 50, 1500, 500, 3, 1));
        return List.of("unitName", "memberName", "memberNumber", "personName", "sessionName");
    }

    @Test
    default void markupInNamesInReasonsAndInAllThatIsWrittenLaterIsShownAsText() {
        List<String> fields = new ArrayList<>(namedWithMarkup());

        // withdrawn with a reason; returned and handed in anew
        String withdrawn = handedIn(PROPOSER);
        bean(Submission.class).withdraw(withdrawn, PROPOSER, markup("withdrawalReason"));
        String returned = handedIn(PROPOSER);
        step(
                returned,
                "firstReview",
                "bao-xiaolan",
                Map.of(
                        "firstVerdict",
                        "return",
                        "defects",
                        List.of("noAnalysis"),
                        "firstOpinion",
                        markup("returnOpinion")));
        step(
                returned,
                "reviseProposal",
                PROPOSER,
                Map.of(
                        "title",
                        name("resubmittedTitle"),
                        "situation",
                        markup("resubmittedSituation"),
                        "analysis",
                        markup("resubmittedAnalysis"),
                        "suggestions",
                        List.of(Map.of("text", markup("resubmittedSuggestion"))),
                        "changeNote",
                        markup("changeNote"),
                        "noSecret",
                        true));

        // the long way, with a twin that objects
        String lead = handedIn(PROPOSER);
        String twin = handedIn("gao-qingyuan");
        long meeting = bean(CaseMeetings.class)
                .create("committee", name("meetingName"), ChineseTime.day(now()), "yan-xiaoman");
        for (String number : List.of(lead, twin)) {
            Map<String, Object> verdict = number.equals(lead) ? Map.of() : Map.of("leadCase", lead);
            String code = number.equals(lead) ? "file" : "merge";
            step(
                    number,
                    "firstReview",
                    "bao-xiaolan",
                    with(with(verdict, "firstVerdict", code), "category", "society"));
            step(
                    number,
                    "secondReview",
                    "miao-zhengqing",
                    with(
                            with(with(verdict, "secondVerdict", code), "category", "society"),
                            "secondOpinion",
                            markup("secondOpinion")));
            step(
                    number,
                    "decideInMeeting",
                    "yan-xiaoman",
                    with(
                            with(
                                    with(with(verdict, "finalVerdict", code), "meeting", String.valueOf(meeting)),
                                    "decisionText",
                                    markup("decisionText")),
                            "recusal",
                            markup("recusal")));
        }
        bean(Merging.class).object(twin, "gao-qingyuan", markup("objection"));
        step(lead, "assignFileNumber", "bao-xiaolan", Map.of("numberConfirmed", true));
        step(
                lead,
                "confirmUnits",
                OFFICE,
                Map.of(
                        "confirmation",
                        "confirm",
                        "leadUnit",
                        EDUCATION,
                        "coUnits",
                        List.of(HEALTH),
                        "requirement",
                        markup("requirement"),
                        "leaderInstruction",
                        markup("leaderInstruction"),
                        "officeContact",
                        name("officeContact"),
                        "officePhone",
                        "0355-0000009",
                        "changeReason",
                        markup("changeReason")));
        String asking = task(lead, HEALTH, "answerAssignment");
        answer(
                asking,
                HEALTH_PERSON,
                Map.of(
                        "unitAnswer",
                        "return",
                        "returnReason",
                        markup("returnReason"),
                        "dutyBasis",
                        markup("dutyBasis"),
                        "proposedUnit",
                        EDUCATION,
                        "signedScan",
                        List.of(upload(lead, asking, HEALTH_PERSON))));
        step(
                lead,
                "ruleOnReturn",
                "you-haichuan",
                Map.of("ruling", "keep", "restartClock", "continue", "rulingReason", markup("rulingReason")));
        for (String unit : List.of(EDUCATION, HEALTH))
            if (open(lead).stream()
                    .anyMatch(step -> step.task().equals("userTask_answerAssignment")
                            && step.groups().contains(unit + ".liaison")))
                answer(
                        task(lead, unit, "answerAssignment"),
                        unit.equals(EDUCATION) ? LIAISON : HEALTH_PERSON,
                        Map.of("unitAnswer", "accept"));
        answer(
                task(lead, EDUCATION, "forwardToSection"),
                LIAISON,
                Map.of("section", name("section"), "instructedBy", DEPUTY, "instruction", markup("instruction")));
        answer(task(lead, EDUCATION, "handle"), HANDLER, Map.of("handlingNote", markup("handlingNote")));
        consultedWithMarkup(lead);
        step(
                lead,
                "collateOpinions",
                HANDLER,
                Map.of("withoutReason", markup("withoutReason"), "collateNote", markup("collateNote")));
        Map<String, Object> reply = reply();
        reply.put("opening", markup("opening"));
        reply.put(
                "items",
                List.of(
                        Map.of("itemAnswer", markup("itemAnswer"), "itemClass", "A"),
                        Map.of("itemAnswer", "列入明年计划。", "itemClass", "B")));
        reply.put(
                "commitments",
                List.of(Map.of(
                        "commitment",
                        markup("commitment"),
                        "commitmentDue",
                        ChineseTime.day(now()).plusDays(90).toString(),
                        "commitmentSection",
                        name("commitmentSection"),
                        "commitmentSuggestion",
                        2)));
        reply.put("mainTo", markup("mainTo"));
        reply.put("copyTo", markup("copyTo"));
        reply.put("contactPerson", name("contactPerson"));
        reply.put("draftNote", markup("draftNote"));
        draft(lead, reply);
        step(lead, "checkReply", CHECKER, Map.of("checkVerdict", "pass", "checkOpinion", markup("checkOpinion")));
        step(lead, "signByDeputy", DEPUTY, Map.of("signVerdict", "sign", "signOpinion", markup("signOpinion")));
        step(
                lead,
                "previewReply",
                OFFICE,
                Map.of("previewVerdict", "pass", "previewOpinion", markup("previewOpinion")));
        deliver(lead, EDUCATION, LIAISON, documentNumber(), 2);
        Feedback asked = bean(Feedbacks.class).own(lead, PROPOSER).get(0);
        bean(ProposerFeedback.class)
                .give(
                        asked.id(),
                        new ProposerFeedback.Typed(
                                "satisfied", "dissatisfied", "yes", "no", "yes", markup("feedbackOpinion"), null),
                        PROPOSER);
        step(
                lead,
                "examineFeedback",
                "bao-xiaolan",
                Map.of("examination", "rehandle", "examinationNote", markup("examinationNote")));
        bean(Revisits.class)
                .beginRound(
                        sessionOf(lead),
                        name("roundName"),
                        List.of(row(lead, EDUCATION).id()),
                        "bao-xiaolan");
        // the notes of a step stand on no page, only in later forms, which get data
        fields.addAll(List.of(
                "withdrawalReason",
                "returnOpinion",
                "resubmittedTitle",
                "changeNote",
                "meetingName",
                "secondOpinion",
                "decisionText",
                "recusal",
                "objection",
                "requirement",
                "leaderInstruction",
                "officeContact",
                "returnReason",
                "dutyBasis",
                "rulingReason",
                "section",
                "instruction",
                "place",
                "host",
                "participants",
                "leader",
                "summary",
                "agreed",
                "withoutReason",
                "collateNote",
                "opening",
                "itemAnswer",
                "commitment",
                "mainTo",
                "contactPerson",
                "checkOpinion",
                "signOpinion",
                "previewOpinion",
                "feedbackOpinion",
                "examinationNote",
                "roundName"));

        StringBuilder read = new StringBuilder();
        for (var looks : Map.of(
                        "暴晓岚",
                        List.of(
                                "/cases/" + withdrawn,
                                "/cases/" + returned,
                                "/cases/" + lead,
                                "/cases/" + lead + "/fragment",
                                "/cases/" + twin,
                                "/proposals/merged",
                                "/proposals/notices",
                                "/proposals/feedback",
                                "/proposals/revisits",
                                "/proposals/sessions",
                                "/proposals/on-behalf",
                                "/admin/members"),
                        "卫林书",
                        List.of(
                                "/my",
                                "/my/proposals/" + withdrawn,
                                "/my/proposals/" + returned,
                                "/my/proposals/" + lead),
                        "郜清远",
                        List.of("/my", "/my/proposals/" + twin),
                        "阎小满",
                        List.of("/proposals/meetings", "/proposals/key"),
                        "宋一鸣",
                        List.of("/cases/" + lead),
                        "田禾",
                        List.of("/cases/" + lead, "/proposals/unit-assignments"),
                        "侯望",
                        List.of("/cases/" + lead, "/proposals/assignment", "/proposals/assignment/succession"),
                        "甲管",
                        List.of("/admin/people?q=img", "/admin/units", "/admin/members", "/admin/mailbox"),
                        "丙审",
                        List.of("/admin/audit"))
                .entrySet()) {
            Desk reader = desk(looks.getKey());
            for (String address : looks.getValue()) {
                String page = Desk.ok(reader.web().get(address), 200).body();
                noMarkup(looks.getKey() + " " + address, page);
                read.append(page);
            }
        }
        List<String> mails = db().sql("select html_body from notice_outbox where case_number in (:numbers)")
                .param("numbers", List.of(withdrawn, returned, lead, twin))
                .query(String.class)
                .list();
        assertThat(mails).isNotEmpty().allSatisfy(mail -> noMarkup("mail", mail));
        assertThat(fields)
                .as("each is read somewhere, as text")
                .allMatch(field -> read.indexOf("&lt;script&gt;alert(&#39;" + field + "&#39;)") >= 0
                        || read.indexOf("&lt;img src=x&gt;" + field) >= 0);
    }

    private void consultedWithMarkup(String number) {
        Consultations consultations = bean(Consultations.class);
        consultations.record(
                new Consultations.Entry(
                        List.of(number),
                        List.of(EDUCATION),
                        ConsultationKind.FACE_TO_FACE,
                        ConsultationStage.DURING,
                        LocalDateTime.ofInstant(now().minus(Duration.ofHours(1)), ChineseTime.ZONE),
                        name("place"),
                        name("host"),
                        name("participants"),
                        name("leader"),
                        consultations.choices(List.of(number), HANDLER).proposers().stream()
                                .map(one -> new Consultations.Presence(one.caseNumber(), one.personId(), true, null))
                                .toList(),
                        markup("summary"),
                        List.of(new Consultations.Agreed(
                                name("agreed"),
                                EDUCATION,
                                ChineseTime.day(now()).plusDays(60))),
                        ""),
                List.of(),
                HANDLER,
                null);
    }

    private String sessionOf(String number) {
        return db().sql("select session_id from proposal_proposal where case_number = ?")
                .param(number)
                .query(String.class)
                .single();
    }

    /** The name a file comes with is kept without the signs of markup. */
    @Test
    default void markupInTheNameOfAFileIsNoNameOfAFile() {
        Desk member = desk("申雨禾");
        String number = member.begin();
        HttpResponse<String> stored = Desk.ok(
                member.web()
                        .upload(
                                "draft:" + number,
                                "<img src=x onerror=alert(1)>.txt",
                                "内容".getBytes(StandardCharsets.UTF_8)),
                200);
        assertThat(Desk.json(stored).path("name").asText())
                .doesNotContain("<", ">")
                .endsWith(".txt");
    }

    @Test
    default void rareLettersAreKeptToTheByte() {
        Desk member = desk("申雨禾");
        Desk clerk = desk("暴晓岚");
        String title = "关于" + RARE + "的提案";
        var handedIn = handIn(
                member, Map.of("title", title, "situation", RARE + "情况", "analysis", "分析" + RARE, "suggestions", RARE));
        String number = handedIn.getKey();
        Desk.ok(handedIn.getValue(), 302);
        clerk.answer(number, Map.of("firstVerdict", "file", "category", "society", "firstOpinion", RARE + "可行"));

        List<String> kept = db().sql(
                        "select situation || analysis || title from proposal_proposal where case_number = ?")
                .param(number)
                .query(String.class)
                .list();
        assertThat(kept.get(0).getBytes(StandardCharsets.UTF_8))
                .isEqualTo((RARE + "情况分析" + RARE + title).getBytes(StandardCharsets.UTF_8));
        assertThat(clerk.web().get("/cases/" + number).body()).contains(title, RARE + "情况", RARE + "可行");
        assertThat(member.web().get("/my/proposals/" + number).body()).contains(title, "分析" + RARE);
        Desk reviewer = desk("苗正清");
        assertThat(reviewer.shown(reviewer.task(number)).toString()).contains(RARE);
        assertThat(reviewer.list(Desk.WAITING, Desk.text(Map.of("nameLike", "%" + RARE + "%")))
                        .toString())
                .contains(title);
        assertThat(db().sql("select subject || text_body from notice_outbox where case_number = ?")
                        .param(number)
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .allMatch(mail -> mail.contains(RARE));
    }

    /** What of the draft is chosen, as a browser that has opened the page would send it. */
    private static List<Map.Entry<String, String>> chosen(String page) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        Matcher tick = Pattern.compile(
                        "<input type=\"(?:checkbox|radio)\" name=\"(\\w+)\" value=\"(\\w+)\" checked=\"checked\">")
                .matcher(page);
        while (tick.find()) fields.add(Map.entry(tick.group(1), tick.group(2)));
        String list = page.replaceAll("(?s).*<select id=\"source\"|</select>.*", "");
        Matcher option = Pattern.compile("<option value=\"(\\w+)\" selected=\"selected\">")
                .matcher(list);
        while (option.find()) fields.add(Map.entry("source", option.group(1)));
        return fields;
    }

    @Test
    default void everyTickOfADraftStandsAfterAReloadAndIsReadOnTheCaseInWords() {
        Desk member = desk("申雨禾");
        String earlier = member.propose("关于往年同一件事的提案", "society");
        String number = member.begin();
        String draft = "/my/drafts/" + number;
        assertThat(chosen(member.web().get(draft).body()))
                .as("nothing is ticked by itself")
                .isEmpty();
        Map<String, Object> content = Map.ofEntries(
                Map.entry("title", "关于每一项都勾选的提案"),
                Map.entry("situation", "情况。"),
                Map.entry("analysis", "分析。"),
                Map.entry("suggestions", List.of("建议。")),
                Map.entry("category", "society"),
                Map.entry("consent", "titleOnly"),
                Map.entry("researchBased", true),
                Map.entry("researchForms", List.of("forum", "visit")),
                Map.entry("raisedBefore", true),
                Map.entry("raisedBeforeNote", earlier),
                Map.entry("contactWays", List.of("meeting", "message")),
                Map.entry("referenceOnly", true),
                Map.entry("secondable", true),
                Map.entry("source", "speech"),
                Map.entry("noSecret", true));
        byte[] saved = Desk.text(Map.of("version", 1, "content", content)).getBytes(StandardCharsets.UTF_8);
        Desk.ok(member.web().script("PUT", draft, "application/json", saved), 200);

        String reloaded = member.web().get(draft).body();
        List<Map.Entry<String, String>> ticks = chosen(reloaded);
        assertThat(ticks)
                .containsExactlyInAnyOrder(
                        Map.entry("category", "society"),
                        Map.entry("consent", "titleOnly"),
                        Map.entry("researchBased", "true"),
                        Map.entry("researchForms", "forum"),
                        Map.entry("researchForms", "visit"),
                        Map.entry("raisedBefore", "true"),
                        Map.entry("contactWays", "meeting"),
                        Map.entry("contactWays", "message"),
                        Map.entry("referenceOnly", "true"),
                        Map.entry("secondable", "true"),
                        Map.entry("source", "speech"),
                        Map.entry("noSecret", "true"));
        assertThat(reloaded)
                .contains("name=\"raisedBeforeNote\" maxlength=\"200\" list=\"earlier\" value=\"" + earlier);
        ticks.addAll(List.of(
                Map.entry("version", "2"),
                Map.entry("title", "关于每一项都勾选的提案"),
                Map.entry("situation", "情况。"),
                Map.entry("analysis", "分析。"),
                Map.entry("suggestions", "建议。"),
                Map.entry("raisedBeforeNote", earlier)));
        Desk.ok(member.web().form(draft + "/submit", ticks), 302);

        Map<String, String> read = new LinkedHashMap<>();
        Matcher fact = Pattern.compile("<dt>([^<]+)</dt>\\s*<dd>([^<]+)</dd>")
                .matcher(desk("暴晓岚").web().get("/cases/" + number).body());
        while (fact.find()) read.put(fact.group(1), fact.group(2));
        assertThat(read)
                .containsEntry("能否公开", "仅公开案由")
                .containsEntry("来源", "大会发言")
                .containsEntry("经调研形成", "座谈、走访群众")
                .containsEntry("往年提过", earlier)
                .containsEntry("希望的沟通方式", "面谈、短信或微信")
                .containsEntry("答复", "仅供工作参考，不需要书面答复")
                .containsEntry("附议", "同意其他委员附议");
    }

    /** A draft may be too long; what is handed in may not, and says by how much. */
    @Test
    default void aTextOverTheSessionsLimitIsKeptInTheDraftAndRefusedWhenItIsHandedIn() {
        Desk member = desk("申雨禾");
        int most = bean(Sessions.class).open().orElseThrow().textLimit();
        String number = member.begin();
        String long4001 = "字".repeat(4_001);
        String body = Desk.text(Map.of(
                "version",
                1,
                "content",
                Map.of("title", "关于长文的提案", "situation", long4001, "suggestions", List.of("建议。"))));
        Desk.ok(
                member.web()
                        .script(
                                "PUT",
                                "/my/drafts/" + number,
                                "application/json",
                                body.getBytes(StandardCharsets.UTF_8)),
                200);
        assertThat(member.web().get("/my/drafts/" + number).body()).contains(long4001);

        HttpResponse<String> refused =
                handIn(member, Map.of("situation", "字".repeat(most + 1))).getValue();
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("情况最多" + most + "字（现" + (most + 1) + "字）");
        Desk.ok(handIn(member, Map.of("situation", "字".repeat(most))).getValue(), 302);
        assertThat(handIn(member, Map.of("analysis", "字".repeat(most + 1)))
                        .getValue()
                        .body())
                .contains("问题分析最多" + most + "字");
    }

    @Test
    default void aNumberOutOfItsRangeIsRefusedWithTheFieldsName() {
        Desk member = desk("申雨禾");
        Committee committee = new Committee(this);
        String number = member.propose("关于议程序号的提案", "society");
        committee.first(number, "society");
        committee.second(number);
        String meeting = committee.meeting("议程序号会议");
        Desk secretary = committee.secretary;
        String task = secretary.task(number);
        Desk.ok(secretary.claim(task), 204);
        Map<String, Object> good = new LinkedHashMap<>(Map.of("finalVerdict", "file", "meeting", meeting));
        for (Object agenda : List.of(0, -1, 10_000, 1.5, 99_999_999_999L, "x", true)) {
            Map<String, Object> bad = new LinkedHashMap<>(good);
            bad.put("agendaNumber", agenda);
            HttpResponse<String> answer = secretary.submit(task, bad);
            Sentences.refused(answer);
            assertThat(answer.body()).as("%s", agenda).contains("议程序号");
        }
        for (String typed : List.of("0", "10000", "1.5", "x")) {
            HttpResponse<String> answer = secretary
                    .web()
                    .form(
                            "/proposals/meetings/decisions",
                            List.of(
                                    Map.entry("meeting", meeting),
                                    Map.entry("case", number),
                                    Map.entry("verdict-" + number, "file"),
                                    Map.entry("agenda-" + number, typed)));
            String told =
                    answer.statusCode() == 302 ? secretary.web().follow(answer).body() : answer.body();
            assertThat(told).as(typed).contains("议程序号");
        }
        assertThat(secretary.task(number)).as("nothing is decided").isEqualTo(task);
        good.put("agendaNumber", 9_999);
        Desk.ok(secretary.submit(task, good), 204);
    }
}
