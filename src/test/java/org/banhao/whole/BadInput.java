package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.banhao.proposal.domain.handling.ConsultationKind;
import org.banhao.testing.Desk;
import org.junit.jupiter.api.Test;

/** What nobody sends by a page of ours: each answered with a Chinese sentence, and nothing changed. */
interface BadInput extends HandlingWay {

    /** Everything a refused call must leave alone; the record of who signed in and read is not among it. */
    private Map<String, Object> state() {
        Map<String, Object> state = new LinkedHashMap<>();
        for (String table : List.of(
                "casefile_step_answer",
                "casefile_timeline",
                "casefile_open_step",
                "proposal_review",
                "proposal_suggestion",
                "proposal_signature",
                "casefile_meeting",
                "notice_outbox",
                "act_ru_task",
                "act_ru_execution",
                "act_ru_variable",
                "act_ge_bytearray",
                "document_file",
                "flow_draft")) {
            state.put(
                    table,
                    db().sql("select count(*) from " + table).query(Long.class).single());
        }
        state.put(
                "cases",
                db().sql(
                                "select number || ' ' || status || ' ' || version || ' ' || title from casefile_case order by number")
                        .query(String.class)
                        .list());
        state.put(
                "drafts",
                db().sql("select case_number || ' ' || version from proposal_proposal order by case_number")
                        .query(String.class)
                        .list());
        state.put(
                "holders",
                db().sql("select id_ || ' ' || coalesce(assignee_, '') || ' ' || rev_ from act_ru_task order by id_")
                        .query(String.class)
                        .list());
        return state;
    }

    private static Map<String, Object> typed(Object value, String type) {
        Map<String, Object> variable = new LinkedHashMap<>();
        variable.put("value", value);
        variable.put("type", type);
        return variable;
    }

    private static String serialized() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(new java.util.HashMap<>(Map.of("firstVerdict", "file")));
            }
            return Base64.getEncoder().encodeToString(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    default void aFormInTasklistRefusesWhatItsFieldsDoNotAllow() {
        String number = desk("卫林书").propose("关于表单不收坏数据的提案", "society");
        Desk clerk = desk("暴晓岚");
        String task = clerk.task(number);
        Desk.ok(clerk.claim(task), 204);
        Map<String, Object> good = new LinkedHashMap<>();
        good.put("firstVerdict", Map.of("value", "file"));
        good.put("category", Map.of("value", "society"));
        Map<String, Object> javaObject = typed(serialized(), "Object");
        javaObject.put(
                "valueInfo",
                Map.of(
                        "serializationDataFormat", "application/x-java-serialized-object",
                        "objectTypeName", "java.util.HashMap"));
        Map<String, Object> jsonObject = typed("{\"a\":1}", "Object");
        jsonObject.put(
                "valueInfo", Map.of("serializationDataFormat", "application/json", "objectTypeName", "java.net.URL"));
        List<Map<String, Object>> bad = new ArrayList<>(List.of(
                Map.of(),
                Map.of("nobodyKnowsMe", Map.of("value", 1)),
                Map.of("finalVerdict", Map.of("value", "file")),
                Map.of("meeting", Map.of("value", "1")),
                Map.of("title", Map.of("value", "改掉标题")),
                Map.of("firstVerdict", Map.of("value", 5)),
                Map.of("firstVerdict", Map.of("value", List.of("file"))),
                Map.of("firstVerdict", Map.of("value", true)),
                Map.of("firstVerdict", Map.of("value", Map.of("value", "file"))),
                Map.of("firstVerdict", Map.of("value", "perhaps")),
                Map.of("category", Map.of("value", Map.of("a", 1))),
                Map.of("category", Map.of("value", "")),
                Map.of("suggestedUnits", Map.of("value", "education-bureau")),
                Map.of("suggestedUnits", Map.of("value", List.of(1, 2))),
                Map.of("suggestedUnits", Map.of("value", List.of("no-such-bureau"))),
                Map.of("leadCase", Map.of("value", number)),
                Map.of("ground", Map.of("value", "secret")),
                Map.of("contactDate", Map.of("value", "2026-02-30")),
                Map.of("contactDate", Map.of("value", 20260101)),
                Map.of("firstOpinion", Map.of("value", "字".repeat(1001))),
                Map.of("firstOpinion", Map.of("value", "字".repeat(60_000))),
                Map.of("firstOpinion", Map.of("value", 12)),
                Map.of("firstOpinion", javaObject),
                Map.of("firstOpinion", jsonObject),
                Map.of("firstVerdict", javaObject),
                Map.of("evil", javaObject),
                Map.of("firstOpinion", typed("5bCU", "Bytes")),
                Map.of("firstOpinion", typed("5bCU", "File")),
                Map.of("firstOpinion", typed("x", "NoSuchType")),
                Map.of("firstOpinion", typed("x", "Integer")),
                Map.of("firstOpinion", typed("<a>&xxe;</a>", "Xml"))));
        Map<String, Object> before = state();

        for (Map<String, Object> change : bad) {
            Map<String, Object> variables = new LinkedHashMap<>(change.isEmpty() ? Map.of() : good);
            variables.putAll(change);
            Sentences.refused(
                    clerk.engine("POST", "/task/" + task + "/submit-form", Desk.text(Map.of("variables", variables))));
        }
        for (String body : List.of(
                "",
                "{",
                "null",
                "[]",
                "\"text\"",
                "{\"variables\":5}",
                "{\"variables\":[1]}",
                "{\"variables\":{\"firstVerdict\":5}}",
                "{\"variables\":{\"firstVerdict\":null}}",
                "{\"unknown\":1}",
                "{\"variables\":null}",
                "\u0000",
                "<xml/>",
                "{\"variables\":" + "[".repeat(3000) + "]".repeat(3000) + "}")) {
            HttpResponse<String> answer = clerk.engine("POST", "/task/" + task + "/submit-form", body);
            Sentences.refused(answer);
        }
        assertThat(state()).isEqualTo(before);

        Desk.ok(clerk.submit(task, Map.of("firstVerdict", "file", "category", "society")), 204);
        Sentences.refused(clerk.submit(task, Map.of("firstVerdict", "file", "category", "society")));
    }

    /** The text that is checked and signed, the suggestions that are answered, the proposers a reply goes to. */
    @Test
    default void whatAFormOnlyShowsCannotBeChangedWithTheAnswer() {
        String number = sole();
        handled(number, EDUCATION);
        contact(number, ConsultationKind.CALL, EDUCATION);
        Map<String, Object> altered = reply();
        altered.put(
                "items",
                List.of(
                        Map.of("suggestion", "另一条建议。", "itemAnswer", "今年新招专职教师。", "itemClass", "A"),
                        Map.of("itemAnswer", "列入明年计划。", "itemClass", "B")));
        onlyShown(number, "宋一鸣", altered, "items", "建议原文");
        draft(number, reply());
        onlyShown(number, "牛莉", Map.of("checkVerdict", "pass", "replyText", "改过的答复。"), "replyText", "答复稿");
        step(number, "checkReply", CHECKER, Map.of("checkVerdict", "pass"));
        onlyShown(number, "冯远山", Map.of("signVerdict", "sign", "trailText", "核稿人不同意。"), "trailText", "各环节意见");
    }

    /** Claims the person's open step, and tries; nothing of the case changes but who holds it. */
    private void onlyShown(String number, String person, Map<String, Object> answer, String field, String label) {
        Desk desk = desk(person);
        String task = desk.task(number);
        Desk.ok(desk.claim(task), 204);
        Map<String, Object> before = state();
        Map<String, Object> variables = new LinkedHashMap<>();
        // a list travels as Tasklist sends it
        answer.forEach((name, value) -> variables.put(
                name, value instanceof List<?> ? typed(Desk.text(value), "Json") : Map.of("value", value)));
        HttpResponse<String> refused =
                desk.engine("POST", "/task/" + task + "/submit-form", Desk.text(Map.of("variables", variables)));
        Sentences.refused(refused);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Desk.json(refused).path("field").asText()).isEqualTo(field);
        assertThat(Desk.json(refused).path("message").asText()).contains("「" + label + "」");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    default void searchesAndListsTakeNoExpressionsAndNoNonsense() {
        Desk clerk = desk("暴晓岚");
        clerk.list(Desk.WAITING, "{}");
        Map<String, Object> before = state();
        String list = "/filter/" + Desk.WAITING + "/list";

        for (String query : List.of(
                "{\"assigneeExpression\":\"${currentUser()}\"}",
                "{\"orQueries\":[{\"assigneeExpression\":\"${''.getClass().forName('java.lang.Runtime')}\"}]}",
                "{\"dueBeforeExpression\":\"${now()}\"}",
                "{\"candidateGroupExpression\":\"#{1}\"}",
                "{\"taskAssigned\":5,\"processInstanceBusinessKey\":\"x\"}",
                "{\"processVariables\":[{\"name\":\"secretColumn\",\"operator\":\"like\",\"value\":\"%\"}]}",
                "{\"processVariables\":[{\"name\":\"number\",\"operator\":\"gt\",\"value\":\"1\"}]}",
                "{\"processVariables\":[{\"name\":\"number\",\"operator\":\"eq\",\"value\":\"" + "x".repeat(5000)
                        + "\"}]}",
                "{\"nameLike\":\"\\u0000\"}",
                "[]",
                "{",
                "5",
                "{\"nameLike\":\"" + "x".repeat(120_000) + "\"}")) {
            Sentences.refused(clerk.engine("POST", list, query));
        }
        for (String page :
                List.of("?firstResult=-1", "?maxResults=0", "?maxResults=x", "?firstResult=99999999999999")) {
            Sentences.refused(clerk.engine("POST", list + page, "{}"));
        }
        Sentences.refused(clerk.engine("POST", "/filter/00000000-0000-4000-8000-000000000000/list", "{}"));
        // a quote, a wildcard and a backslash are only text
        for (String text : List.of("' or '1'='1", "%", "_", "\\", "${7*7}", "<script>")) {
            assertThat(clerk.list(Desk.WAITING, Desk.text(Map.of("nameLike", text)))
                            .path("count")
                            .asInt())
                    .isGreaterThanOrEqualTo(0);
        }
        assertThat(clerk.list(Desk.WAITING, Desk.text(Map.of("nameLike", "' or '1'='1")))
                        .path("count")
                        .asInt())
                .isZero();
        assertThat(state()).isEqualTo(before);
    }

    @Test
    default void callsOfTheEngineOutsideTheListAreRefusedWithASentence() {
        String number = desk("卫林书").propose("关于不让办件人越过表单的提案", "society");
        Desk clerk = desk("暴晓岚");
        String task = clerk.task(number);
        Desk.ok(clerk.claim(task), 204);
        Map<String, Object> before = state();

        for (String call : List.of(
                "complete", "bpmnError", "bpmnEscalation", "resolve", "delegate", "assignee", "identity-links")) {
            Sentences.refused(
                    clerk.engine("POST", "/task/" + task + "/" + call, "{\"userId\":\"su-ming\",\"errorCode\":\"x\"}"));
        }
        Sentences.refused(clerk.engine("PUT", "/task/" + task, "{\"due\":\"2030-01-01T00:00:00.000+0800\"}"));
        Sentences.refused(clerk.engine("PUT", "/task/" + task + "/variables/firstVerdict", "{\"value\":\"file\"}"));
        Sentences.refused(clerk.engine("DELETE", "/task/" + task, ""));
        Sentences.refused(clerk.engine(
                "POST", "/message", "{\"messageName\":\"proposal.withdrawn\",\"businessKey\":\"" + number + "\"}"));
        Sentences.refused(clerk.engine("POST", "/deployment/create", "{}"));
        Sentences.refused(clerk.claim("00000000-0000-4000-8000-000000000000"));
        Sentences.refused(clerk.claim("nonsense"));
        for (String file : List.of("proposal", "proposalReview")) {
            Sentences.refused(clerk.engine(
                    "POST",
                    "/process-definition/key/" + file + "/submit-form",
                    "{\"variables\":{},\"businessKey\":\"TA-1\"}"));
        }
        assertThat(state()).isEqualTo(before);
    }

    @Test
    default void theDraftPageRefusesWhatItCannotKeep() {
        Desk member = desk("申雨禾");
        Desk other = desk("郜清远");
        String number = member.begin();
        String foreign = other.begin();
        String foreignFile = Desk.json(Desk.ok(
                        other.web().upload("draft:" + foreign, "别人的.txt", "别人".getBytes(StandardCharsets.UTF_8)), 200))
                .path("id")
                .asText();
        Map<String, Object> before = state();
        String save = "/my/drafts/" + number;

        List<Map.Entry<String, String>> whole = List.of(
                Map.entry("version", "1"),
                Map.entry("situation", "情况。"),
                Map.entry("analysis", "分析。"),
                Map.entry("suggestions", "建议。"),
                Map.entry("consent", "full"),
                Map.entry("noSecret", "on"));
        for (Map.Entry<String, String> wrong : List.of(
                Map.entry("title", "长".repeat(60_000)),
                Map.entry("category", "evil"),
                Map.entry("category", "ECONOMY"),
                Map.entry("wish", "no-such-bureau"),
                Map.entry("coSigners", "nobody"),
                Map.entry("contactWays", "telepathy"),
                Map.entry("source", "${7*7}"))) {
            List<Map.Entry<String, String>> fields = new ArrayList<>(whole);
            fields.add(wrong);
            Sentences.refused(member.web().form(save + "/submit", fields));
        }
        List<Map.Entry<String, String>> many = new ArrayList<>(whole);
        for (int i = 0; i < 40; i++) many.add(Map.entry("suggestions", "第" + i + "条"));
        Sentences.refused(member.web().form(save + "/submit", many));
        for (String version : List.of("0", "-1", "x", "", "99999999999", "2")) {
            Sentences.refused(member.web()
                    .form(save + "/submit", List.of(Map.entry("version", version), Map.entry("title", "关于旧页面的提案"))));
        }
        for (String body : List.of(
                "",
                "{",
                "[]",
                "null",
                "{\"version\":\"x\",\"content\":{}}",
                "{\"version\":1}",
                "{\"version\":1,\"content\":5}",
                "{\"version\":1,\"content\":{\"suggestions\":\"one\"}}",
                "{\"version\":1,\"content\":{\"title\":{\"a\":1}}}",
                "{\"version\":7,\"content\":{\"title\":\"关于旧版本的提案\"}}",
                "{\"version\":1,\"content\":{\"title\":\"" + "长".repeat(60_000) + "\"}}")) {
            Sentences.refused(
                    member.web().script("PUT", save, "application/json", body.getBytes(StandardCharsets.UTF_8)));
        }
        Sentences.refused(member.web().form("/my/drafts", List.of(Map.entry("member", "gao-qingyuan"))));
        Sentences.refused(member.web().form("/my/drafts", List.of()));
        Sentences.refused(member.web().form(save + "/attachments/" + foreignFile + "/discard", List.of()));
        assertThat(state()).isEqualTo(before);

        // a contact of an organisation who names somebody else's file as his seal
        Desk organisation = desk("牛培文");
        String collective = Desk.ok(
                        organisation
                                .web()
                                .form("/my/drafts", List.of(Map.entry("member", "industry-commerce-federation"))),
                        302)
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .replaceAll(".*/", "");
        Map<String, Object> then = state();
        List<Map.Entry<String, String>> sealed = new ArrayList<>(whole);
        sealed.add(Map.entry("title", "关于借用他人印章的提案"));
        sealed.add(Map.entry("category", "economy"));
        sealed.add(Map.entry("seal", foreignFile));
        HttpResponse<String> refused = organisation.web().form("/my/drafts/" + collective + "/submit", sealed);
        Sentences.refused(refused);
        assertThat(refused.body()).contains("不是在这份草稿里上传的");
        assertThat(state()).isEqualTo(then);
    }

    @Test
    default void hostileAndOversizeUploadsAreRefused() {
        Desk member = desk("申雨禾");
        String number = member.begin();
        Map<String, Object> before = state();
        byte[] program = new byte[4096];
        program[0] = 'M';
        program[1] = 'Z';
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("程序.exe", program);
        files.put("其实是程序.pdf", program);
        files.put("网页.html", "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8));
        files.put("其实是网页.pdf", "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8));
        files.put(
                "图.svg",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".getBytes(StandardCharsets.UTF_8));
        files.put(
                "其实是图.png",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".getBytes(StandardCharsets.UTF_8));
        files.put("脚本.js", "alert(1)".getBytes(StandardCharsets.UTF_8));
        files.put("空.txt", new byte[0]);
        files.put("压缩包里没有文档.docx", zip("readme.txt", 100));
        files.put("压缩炸弹.docx", zip("word/document.xml", 60_000_000));
        files.forEach((name, content) -> Sentences.refused(member.web().upload("draft:" + number, name, content)));
        Sentences.refused(member.web()
                .upload("draft:" + number, "太大.txt", "大".repeat(18_000_000).getBytes(StandardCharsets.UTF_8)));
        Sentences.refused(member.web().upload("draft:TA-2026-999999", "别处.txt", "x".getBytes(StandardCharsets.UTF_8)));
        Sentences.refused(member.web().upload("../../etc", "别处.txt", "x".getBytes(StandardCharsets.UTF_8)));
        Sentences.refused(member.web().upload("", "别处.txt", "x".getBytes(StandardCharsets.UTF_8)));
        Sentences.refused(member.web()
                .script("POST", "/api/documents", "application/json", "{}".getBytes(StandardCharsets.UTF_8)));
        Sentences.refused(member.web()
                .script(
                        "POST",
                        "/api/documents",
                        "multipart/form-data; boundary=x",
                        "--x--".getBytes(StandardCharsets.UTF_8)));
        Sentences.refused(member.web()
                .script("POST", "/api/documents", "multipart/form-data", "broken".getBytes(StandardCharsets.UTF_8)));
        assertThat(state()).isEqualTo(before);

        // a name that wants to be a path is a name
        String name = Desk.json(Desk.ok(
                        member.web()
                                .upload(
                                        "draft:" + number,
                                        "../../../etc/passwd.txt",
                                        "x".getBytes(StandardCharsets.UTF_8)),
                        200))
                .path("name")
                .asText();
        assertThat(name).doesNotContain("/", "..", "\\");
    }

    private static byte[] zip(String entry, int size) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
                zip.putNextEntry(new ZipEntry(entry));
                byte[] part = new byte[Math.min(size, 1_000_000)];
                for (int written = 0; written < size; written += part.length) zip.write(part);
                zip.closeEntry();
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    default void thePagesOfClerksAndSecretariesRefuseNonsense() {
        Desk clerk = desk("暴晓岚");
        Desk secretary = desk("阎小满");
        Map<String, Object> before = state();

        Sentences.refused(clerk.web().get("/proposals/register?order=evil"));
        for (List<Map.Entry<String, String>> fields : List.of(
                List.of(Map.entry("kind", "evil"), Map.entry("name", "会议"), Map.entry("heldOn", "2026-01-15")),
                List.of(Map.entry("kind", "committee"), Map.entry("name", ""), Map.entry("heldOn", "2026-01-15")),
                List.of(Map.entry("kind", "committee"), Map.entry("name", "会议"), Map.entry("heldOn", "2026-02-30")),
                List.of(
                        Map.entry("kind", "committee"),
                        Map.entry("name", "长".repeat(60_000)),
                        Map.entry("heldOn", "2026-01-15")),
                List.<Map.Entry<String, String>>of())) {
            toldAtOnce(secretary, "/proposals/meetings", fields);
        }
        for (List<Map.Entry<String, String>> fields : List.of(
                List.of(
                        Map.entry("meeting", "x"),
                        Map.entry("case", "TA-2026-999999"),
                        Map.entry("verdict-TA-2026-999999", "file")),
                List.of(Map.entry("meeting", "-1"), Map.entry("case", "TA-2026-999999")),
                List.<Map.Entry<String, String>>of())) {
            toldAtOnce(secretary, "/proposals/meetings/decisions", fields);
        }
        for (List<Map.Entry<String, String>> fields : List.of(
                List.of(Map.entry("order", "evil")),
                List.of(Map.entry("order", "bySubmission"), Map.entry("expected", "TA-2026-999999")))) {
            toldAtOnce(clerk, "/proposals/register", fields);
        }
        Sentences.refused(clerk.web().form("/proposals/register", List.of()));
        assertThat(state()).isEqualTo(before);
    }

    /** Refused on the spot, or after the redirect by a sentence at the top of the page. */
    private void toldAtOnce(Desk desk, String address, List<Map.Entry<String, String>> fields) {
        HttpResponse<String> answer = desk.web().form(address, fields);
        if (answer.statusCode() != 302) {
            Sentences.refused(answer);
            return;
        }
        HttpResponse<String> page = desk.web().follow(answer);
        if (page.statusCode() == 302) page = desk.web().follow(page);
        Sentences.told(page.body());
        assertThat(page.body()).as(address + fields).containsPattern("role=\"alert\"|class=\"refus|没有登记成的");
    }
}
