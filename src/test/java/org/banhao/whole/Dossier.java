package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.banhao.document.Documents;
import org.banhao.document.Docx;
import org.banhao.proposal.domain.Category;
import org.banhao.proposal.domain.DraftContent;
import org.banhao.proposal.domain.Drafts;
import org.banhao.proposal.domain.Proposal;
import org.banhao.testing.Desk;
import org.banhao.testing.WebSession;
import org.junit.jupiter.api.Test;

/** Word in, and the file of a case: its papers in all versions, compared, linked and taken out as a package. */
interface Dossier extends HandlingWay {

    private static byte[] proposal() {
        return new Docx()
                .heading(1, "关于缓解学校门口拥堵的提案")
                .p("提案人：卫林书")
                .listed(0, "基本情况")
                .p("每天上下学时段拥堵。")
                .picture("image1.png", PNG)
                .listed(0, "存在问题")
                .p("停车办法不多。")
                .listed(0, "意见建议")
                .listed(1, "错时放学。")
                .listed(1, "增开专线。")
                .bytes();
    }

    /** One grey point. */
    byte[] PNG = HexFormat.of()
            .parseHex("89504e470d0a1a0a0000000d494844520000000100000001080000000"
                    + "03a7e9b550000000a4944415478da6368000000820081dd436af40000000049454e44ae426082");

    private static String field(String page, String name) {
        Matcher found =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page);
        if (!found.find()) throw new AssertionError("No field " + name + " on\n" + page);
        return found.group(1);
    }

    private static List<Map.Entry<String, String>> taken(String page, String situation) {
        return List.of(
                Map.entry("version", field(page, "version")),
                Map.entry("word", field(page, "word")),
                Map.entry("title", "关于缓解学校门口拥堵的提案"),
                Map.entry("situation", situation),
                Map.entry("analysis", "停车办法不多。"),
                Map.entry("suggestions", "错时放学。"),
                Map.entry("suggestions", "增开专线。"),
                Map.entry("pictures", "1"),
                Map.entry("keepWord", "true"));
    }

    @Test
    default void aWordFileIsShownForCorrectionAndOnlyWhatIsTakenIsKept() {
        Desk member = desk("卫林书");
        String number = member.begin();
        Drafts drafts = bean(Drafts.class);
        drafts.save(number, "wei-linshu", 1, draft("先写的题目提案", "先写的情况。"));
        String page = "/my/drafts/" + number;

        HttpResponse<String> shown = member.web().upload(page + "/word", Map.of(), "拥堵.docx", proposal());
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.body())
                .contains("关于缓解学校门口拥堵的提案", "每天上下学时段拥堵。\n〔图1〕", "停车办法不多。", "错时放学。", "增开专线。")
                .contains("提案人：卫林书", "图1.png", "草稿里现在是：先写的题目提案");
        assertThat(drafts.view(number, "wei-linshu").proposal().situation()).isEqualTo("先写的情况。");

        assertThat(member.web()
                        .form(page + "/word/take", taken(shown.body(), "每天上下学时段都拥堵。"))
                        .statusCode())
                .isEqualTo(302);
        Drafts.View view = drafts.view(number, "wei-linshu");
        assertThat(view.proposal().title()).isEqualTo("关于缓解学校门口拥堵的提案");
        assertThat(view.proposal().situation()).isEqualTo("每天上下学时段都拥堵。");
        assertThat(view.proposal().suggestions()).containsExactly("错时放学。", "增开专线。");
        assertThat(view.attachments()).extracting(one -> one.name()).containsExactlyInAnyOrder("图1.png", "拥堵.docx");
    }

    @Test
    default void whatWasWrittenBeforeAWordFileWasTakenCanBeBroughtBackAndAgain() {
        Desk member = desk("卫林书");
        String number = member.begin();
        Drafts drafts = bean(Drafts.class);
        drafts.save(number, "wei-linshu", 1, draft("先写的题目提案", "先写的情况。"));
        String page = "/my/drafts/" + number;
        assertThat(member.web().get(page).body()).doesNotContain("恢复原来的文字");
        String shown = member.web()
                .upload(page + "/word", Map.of(), "拥堵.docx", proposal())
                .body();
        member.web().form(page + "/word/take", taken(shown, "读入的情况。"));

        assertThat(member.web().get(page).body()).contains("恢复原来的文字");
        member.web().form(page + "/word/back", List.of());
        Proposal back = drafts.view(number, "wei-linshu").proposal();
        assertThat(back.title()).isEqualTo("先写的题目提案");
        assertThat(back.situation()).isEqualTo("先写的情况。");
        assertThat(back.suggestions()).containsExactly("甲。", "乙\n\n丙。");
        member.web().form(page + "/word/back", List.of());
        assertThat(drafts.view(number, "wei-linshu").proposal().situation()).isEqualTo("读入的情况。");
    }

    private static DraftContent draft(String title, String situation) {
        return DraftContent.of(title, situation, "", List.of("甲。", "乙\n\n丙。"), Category.SOCIETY);
    }

    @Test
    default void aDraftThatWasSavedMeanwhileIsNotOverwrittenAndTheCorrectionStaysOnThePage() {
        Desk member = desk("卫林书");
        String number = member.begin();
        String page = "/my/drafts/" + number;
        String shown = member.web()
                .upload(page + "/word", Map.of(), "拥堵.docx", proposal())
                .body();
        bean(Drafts.class).save(number, "wei-linshu", 1, draft("另一窗口的题目", "另一窗口的情况。"));

        HttpResponse<String> refused = member.web().form(page + "/word/take", taken(shown, "改过的情况。"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("已在别处保存过更新的内容", "改过的情况。", "图1.png");
        assertThat(bean(Drafts.class).view(number, "wei-linshu").proposal().situation())
                .isEqualTo("另一窗口的情况。");
        assertThat(field(refused.body(), "version")).isEqualTo(field(shown, "version"));
        assertThat(member.web()
                        .form(page + "/word/take", taken(refused.body(), "再按一次。"))
                        .statusCode())
                .as("the same button once more")
                .isEqualTo(400);
    }

    @Test
    default void whatWasCorrectedIsTakenThoughTheWordFileIsGone() {
        Desk member = desk("卫林书");
        String number = member.begin();
        String page = "/my/drafts/" + number;
        String shown = member.web()
                .upload(page + "/word", Map.of(), "拥堵.docx", proposal())
                .body();
        bean(Documents.class).discard(field(shown, "word"), "wei-linshu");

        HttpResponse<String> refused = member.web().form(page + "/word/take", taken(shown, "核对过的情况。"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("文字还在下面", "核对过的情况。").doesNotContain("图1.png");
        List<Map.Entry<String, String>> textOnly = taken(shown, "核对过的情况。").stream()
                .filter(one -> !List.of("pictures", "keepWord").contains(one.getKey()))
                .toList();
        assertThat(member.web().form(page + "/word/take", textOnly).statusCode())
                .isEqualTo(302);
        assertThat(bean(Drafts.class).view(number, "wei-linshu").proposal().situation())
                .isEqualTo("核对过的情况。");
    }

    @Test
    default void filesThatAreNoWordFilesAreRefusedWithTheWayOutAndPastedTextIsKept() {
        Desk member = desk("卫林书");
        String number = member.begin();
        String page = "/my/drafts/" + number + "/word";
        Map<String, String> pasted = Map.of("text", "粘贴的全文");
        HttpResponse<String> macros = member.web()
                .upload(
                        page,
                        pasted,
                        "a.docx",
                        new Docx().p("x").part("word/vbaProject.bin", "x").bytes());
        assertThat(macros.statusCode()).isEqualTo(400);
        assertThat(macros.body()).contains("文件内含宏程序", "粘贴的全文");
        assertThat(member.web().upload(page, Map.of(), "a.docx", new byte[0]).body())
                .contains("文件是空的");
        assertThat(member.web()
                        .upload(page, Map.of(), "a.docx", new byte[] {'M', 'Z', 0, 1})
                        .body())
                .contains("不接收");
        assertThat(member.web().form(page, List.of(Map.entry("text", "  "))).body())
                .contains("请选择.docx文件，或者把全文粘贴到“全文”里。");
        assertThat(db().sql("select count(*) from document_file where step = ?")
                        .param("word:" + number)
                        .query(Long.class)
                        .single())
                .isZero();
        HttpResponse<String> shown = member.web().form(page, List.of(Map.entry("text", "关于桥的提案\n情况\n桥旧。\n建议\n修桥。")));
        assertThat(shown.body()).contains("关于桥的提案", "桥旧。", "修桥。", "没有认出“问题分析”");
    }

    @Test
    default void nobodyReadsAFileIntoAnothersDraft() {
        String number = desk("卫林书").begin();
        Desk other = desk("郜清远");
        assertThat(other.web()
                        .upload("/my/drafts/" + number + "/word", Map.of(), "拥堵.docx", proposal())
                        .body())
                .contains("没有这份草稿");
        assertThat(other.web()
                        .form("/my/drafts/" + number + "/word/back", List.of())
                        .statusCode())
                .isEqualTo(302);
        assertThat(other.web().get("/my/drafts/" + number + "/word").body()).contains("没有这份草稿");
    }

    // ---- the file of a case

    private String withAttachment(Desk member) {
        String number = member.begin();
        Desk.ok(
                member.web()
                        .upload(
                                "draft:" + number,
                                "方案.docx",
                                new Docx().p("每周三班。").bytes()),
                200);
        member.handIn(number, "关于增开助学公交的提案", "society");
        return number;
    }

    private String paper(String number) {
        return db().sql("select id from document_file where case_number = ? and version = 1")
                .param(number)
                .query(String.class)
                .single();
    }

    @Test
    default void aNewVersionKeepsTheOldOneSaysWhoWhenAndWhyAndIsComparedWordByWord() {
        Desk member = desk("卫林书");
        String number = withAttachment(member);
        String paper = paper(number);
        String versions = "/cases/" + number + "/papers/" + paper + "/versions";
        byte[] better = new Docx().p("每周五班。").bytes();

        WebSession web = member.web();
        assertThat(web.follow(web.upload(versions, Map.of("reason", " "), "方案.docx", better))
                        .body())
                .contains("请填写「修改说明」");
        assertThat(web.follow(web.upload(
                                versions,
                                Map.of("reason", "改"),
                                "方案.docx",
                                new Docx().p("每周三班。").bytes()))
                        .body())
                .contains("内容相同");
        assertThat(web.follow(web.upload(versions, Map.of("reason", "班次按学校意见改"), "方案二.docx", better))
                        .body())
                .contains("已更新", "方案二.docx", "第2版", "班次按学校意见改", "方案.docx", "更新材料（第2版）");

        Desk clerk = desk("暴晓岚");
        String compared =
                clerk.web().get("/cases/" + number + "/compare?of=" + paper).body();
        assertThat(compared).contains("<del>三班</del>", "<ins>五班</ins>", "班次按学校意见改");
        assertThat(clerk.web()
                        .follow(clerk.web()
                                .upload(
                                        versions,
                                        Map.of("reason", "越权"),
                                        "方案三.docx",
                                        new Docx().p("每周九班。").bytes()))
                        .body())
                .contains("只有提交这份材料的人可以更新它");
        Desk stranger = desk("郜清远");
        assertThat(stranger.web()
                        .get("/cases/" + number + "/compare?of=" + paper)
                        .statusCode())
                .isEqualTo(404);
        assertThat(stranger.web().get("/cases/" + number + "/papers/" + paper).statusCode())
                .isEqualTo(404);
        assertThat(stranger.web()
                        .follow(stranger.web().upload(versions, Map.of("reason", "越权"), "方案三.docx", better))
                        .statusCode())
                .isEqualTo(404);
        assertThat(db().sql("select count(*) from document_file where version_of = ?")
                        .param(paper)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    default void textsAndOfficeFilesArePreviewedForWhoReadsThem() {
        Desk member = desk("卫林书");
        String number = withAttachment(member);
        String page = desk("暴晓岚")
                .web()
                .get("/cases/" + number + "/papers/" + paper(number))
                .body();
        // with LibreOffice in a frame, without as text
        assertThat(page).containsAnyOf("<iframe class=\"paper-frame\"", "每周三班。").contains("方案.docx", "下载");
    }

    @Test
    default void aPictureIsPreviewedAsAPictureAndATextAsItsWords() throws IOException {
        Desk member = desk("卫林书");
        String number = member.begin();
        ByteArrayOutputStream picture = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(8, 6, BufferedImage.TYPE_INT_RGB), "png", picture);
        Desk.ok(member.web().upload("draft:" + number, "现场.png", picture.toByteArray()), 200);
        Desk.ok(member.web().upload("draft:" + number, "说明.txt", "缺车位四百余个。".getBytes(StandardCharsets.UTF_8)), 200);
        member.handIn(number, "关于增加停车位的提案", "society");
        WebSession clerk = desk("暴晓岚").web();
        Map<String, String> papers = new HashMap<>();
        db().sql("select name, id from document_file where case_number = ?")
                .param(number)
                .query(row -> {
                    papers.put(row.getString(1), row.getString(2));
                });

        assertThat(clerk.get("/cases/" + number + "/papers/" + papers.get("现场.png"))
                        .body())
                .contains("class=\"paper-picture\"", "alt=\"现场.png\"", "/api/documents/" + papers.get("现场.png"));
        assertThat(clerk.get("/cases/" + number + "/papers/" + papers.get("说明.txt"))
                        .body())
                .contains("缺车位四百余个。")
                .doesNotContain("paper-picture", "paper-frame");
    }

    @Test
    default void aRevisedProposalIsComparedWithWhatWasHandedInFirst() {
        Desk member = desk("卫林书");
        String number = member.propose("关于社区食堂的提案", "society");
        step(
                number,
                "firstReview",
                "bao-xiaolan",
                Map.of("firstVerdict", "return", "defects", List.of("noSuggestion")));
        step(
                number,
                "reviseProposal",
                "wei-linshu",
                Map.of(
                        "title", "关于社区食堂的提案",
                        "situation", "群众反映很集中，现状摘自走访记录。",
                        "analysis", "职责分散，缺少统一的办法。",
                        "suggestions", List.of(Map.of("text", "每个社区设一处。")),
                        "changeNote", "补充建议",
                        "noSecret", true));
        String page = desk("暴晓岚").web().get("/cases/" + number).body();
        assertThat(page).contains("文字的版本", "提案正文", "补充建议");
        String compared =
                desk("暴晓岚").web().get("/cases/" + number + "/compare?of=body").body();
        assertThat(compared).contains("<del>比较</del>", "<ins>很</ins>", "<ins>每个社区设一处。</ins>");
    }

    @Test
    default void similarCasesSayWhyAndAKeeperLinksThem() {
        Desk member = desk("卫林书");
        String one = member.propose("关于城区夜间共享单车停放秩序整治的提案", "society");
        String other = member.propose("关于规范共享单车停放秩序的提案", "society");
        Desk clerk = desk("暴晓岚");
        assertThat(clerk.web().get("/cases/" + one).body()).contains("相似案件", other, "<mark>共享单车停放秩序</mark>", "相同：");
        assertThat(member.web().get("/cases/" + one).body()).doesNotContain("相似案件", "导出案卷", "关联其他案件");

        WebSession web = clerk.web();
        List<Map.Entry<String, String>> link = List.of(Map.entry("kind", "similar"), Map.entry("to", other));
        assertThat(web.follow(web.form("/cases/" + one + "/links", link)).body())
                .contains("已关联", "关联案件");
        assertThat(web.follow(web.form(
                                "/cases/" + one + "/links",
                                List.of(Map.entry("kind", "similar"), Map.entry("to", "TA-1999-000001"))))
                        .body())
                .contains("没有找到案件TA-1999-000001");
        assertThat(web.follow(web.form(
                                "/cases/" + one + "/links",
                                List.of(Map.entry("kind", "merged"), Map.entry("to", other))))
                        .body())
                .contains("请选择「关联方式」");
        assertThat(web.follow(web.form(
                                "/cases/" + other + "/links/ended",
                                List.of(Map.entry("kind", "similar"), Map.entry("to", one))))
                        .body())
                .contains("已取消关联");
        WebSession own = member.web();
        assertThat(own.follow(own.form("/cases/" + one + "/links", link)).body())
                .contains("关联案件由管理案卷的人员办理");
    }

    @Test
    default void thePackageHoldsEverythingAndItsDigestsAreRight() throws Exception {
        Desk member = desk("卫林书");
        String number = withAttachment(member);
        String paper = paper(number);
        member.web()
                .upload(
                        "/cases/" + number + "/papers/" + paper + "/versions",
                        Map.of("reason", "班次改了"),
                        "方案.docx",
                        new Docx().p("每周五班。").bytes());
        HttpResponse<byte[]> answer = desk("暴晓岚").web().download("/cases/" + number + "/archive");
        assertThat(answer.statusCode()).isEqualTo(200);
        Map<String, byte[]> parts = unpacked(answer.body());
        assertThat(parts.keySet())
                .contains(
                        "正文/001_提案正文.txt",
                        "材料/002_方案.docx",
                        "材料/003_方案.docx",
                        "案卷.html",
                        "卷内目录.html",
                        "卷内目录.xlsx",
                        "案卷.json",
                        "校验.sha256");
        assertThat(text(parts, "卷内目录.html")).contains("卷内文件目录", "材料/003_方案.docx", "第2版，共2版；班次改了", "本卷共有文件3件", "本案尚未办结");
        assertThat(text(parts, "案卷.html")).contains("关于增开助学公交的提案", "办理经过", "职责分散");
        JsonNode metadata = new ObjectMapper().readTree(parts.get("案卷.json"));
        assertThat(metadata.path("case").path("number").asText()).isEqualTo(number);
        assertThat(metadata.path("papers"))
                .hasSize(2)
                .allMatch(one -> one.path("intact").asBoolean());
        assertThat(metadata.path("notIncluded").asInt()).isZero();
        assertThat(text(parts, "校验.sha256").lines()).hasSize(7).allSatisfy(line -> {
            String[] digest = line.split("  ", 2);
            assertThat(sha256(parts.get(digest[1]))).isEqualTo(digest[0]);
        });

        assertThat(member.web().get("/cases/" + number + "/archive").statusCode())
                .isEqualTo(404);
        assertThat(desk("郜清远").web().get("/cases/" + number + "/archive").statusCode())
                .isEqualTo(404);
    }

    private static Map<String, byte[]> unpacked(byte[] zip) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                parts.put(entry.getName(), in.readAllBytes());
            }
        }
        return parts;
    }

    private static String text(Map<String, byte[]> parts, String name) {
        return new String(parts.get(name), StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
