package org.banhao.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import org.banhao.base.ChineseTime;
import org.banhao.casefile.CaseFiles;
import org.banhao.notice.domain.NoticeRounds;
import org.banhao.testing.Fresh;
import org.banhao.whole.Prepared;
import org.junit.jupiter.api.Test;

/** From 交办 to the rated reply, through the hands of the assigning office, five roles of a unit and two proposers. */
class ReplyJourneyTest extends Journey {

    private static final Path KEPT = Path.of("target", "journeys");

    private int pictures;

    /** The whole screen, to be looked at. */
    private void kept(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(KEPT.resolve("reply-%02d-%s.png".formatted(++pictures, name))));
    }

    private TasklistPage at(String person, String number, String picture) {
        TasklistPage desk = sign(tasklist(person), number);
        readsChinese(desk.page());
        kept(desk.page(), picture);
        return desk;
    }

    private static Path sealed() throws IOException {
        Path page = Files.createDirectories(KEPT).resolve("盖章件.pdf");
        Files.write(page, scan("盖章件.pdf").buffer);
        return page;
    }

    private LocalDateTime anHourAgo() {
        return LocalDateTime.ofInstant(bean(Clock.class).instant(), ChineseTime.ZONE)
                .minusHours(1);
    }

    @Test
    void assignedConsultedDraftedCheckedSignedSealedDeliveredAndRatedByBothProposers() throws IOException {
        String number = new Prepared(this).jointOnTheOfficesDesk();
        String title = bean(CaseFiles.class).get(number).title();

        TasklistPage office = at("侯望", number, "office");
        office.choice("是，核定如下");
        office.select("field_leadUnit", "市教育局");
        for (Locator tag = office.page().locator(".fjs-taglist-tag-remove").first(); tag.count() > 0; ) tag.click();
        office.field("field_requirement").fill("请与两位提案者面商。");
        office.field("field_changeReason").fill("一家可以办妥。");
        handIn(office);

        TasklistPage liaison = at("田禾", number, "liaison-answers");
        liaison.choice("签收，由本单位办理");
        handIn(liaison);
        sign(liaison, number);
        kept(liaison.page(), "liaison-forwards");
        liaison.field("field_section").fill("基础教育科");
        liaison.select("field_instructedBy", "冯远山");
        liaison.field("field_instructionNote").fill("口头交代");
        liaison.field("field_instruction").fill("请基础教育科先与提案者面商。");
        handIn(liaison);

        TasklistPage handler = at("宋一鸣", number, "handler-handles");
        assertThat(handler.page().locator(".bh-form")).containsText("基础教育科");
        consults(handler, number);
        handler.open();
        find(handler, number);
        handler.field("field_handlingNote").fill("已走访三所学校，列出缺编清单。");
        handIn(handler);

        sign(handler, number);
        assertThat(handler.page().locator(".bh-form")).containsText("联系的要求已经做到");
        for (int row = 0; row < 2; row++) {
            handler.field("field_itemAnswer", row).fill("第" + (row + 1) + "条：今年新招专职教师六名，九月到岗。");
            handler.select("field_itemClass", row, "A");
        }
        handler.select("field_resultClass", "A");
        handler.field("field_contactPerson").fill("宋一鸣");
        handler.field("field_contactPhone").fill("0355-0000001");
        readsChinese(handler.page());
        kept(handler.page(), "handler-drafts");
        handIn(handler);

        TasklistPage checker = at("牛莉", number, "checker");
        assertThat(checker.field("field_replyText")).hasValue(java.util.regex.Pattern.compile("今年新招专职教师六名"));
        checker.choice("通过，送审签");
        handIn(checker);

        TasklistPage deputy = at("冯远山", number, "deputy");
        deputy.choice("报主要负责人签发");
        deputy.field("field_signOpinion").fill("请赵局长审签。");
        handIn(deputy);

        TasklistPage head = at("赵知行", number, "head");
        assertThat(head.field("field_replyText")).hasValue(java.util.regex.Pattern.compile("今年新招专职教师六名"));
        head.choice("签发");
        head.field("field_signOpinion").fill("同意。");
        handIn(head);

        sign(office, number);
        kept(office.page(), "office-previews");
        office.choice("通过，由承办单位送达");
        handIn(office);

        sign(liaison, number);
        liaison.field("field_documentNumber").fill(Fresh.letterNumber());
        liaison.attach(sealed());
        assertThat(liaison.attached().first()).containsText("盖章件.pdf");
        // a list opens when it is reached by Tab, and a click would shut it
        for (int row = 0; row < 2; row++) liaison.select("field_mode", row, "线上");
        for (int row = 0; row < 2; row++) {
            liaison.field("field_deliveredOn", row).fill(today());
            liaison.field("field_deliveredOn", row).press("Tab");
        }
        readsChinese(liaison.page());
        kept(liaison.page(), "liaison-delivers");
        handIn(liaison);

        rates("卫林书", number, title, "满意");
        ratesByLink("郜清远", "gao-qingyuan", number, "基本满意");

        Page clerk = tasklistOf("暴晓岚");
        clerk.navigate("/cases/" + number);
        assertThat(clerk.locator("main")).containsText("已办结");
        assertThat(clerk.locator("main")).containsText("已反馈2");
        readsChinese(clerk);
        kept(clerk, "dossier");
    }

    /** As it is typed into a form: 年/月/日. */
    private String today() {
        return ChineseTime.day(bean(Clock.class).instant()).format(DateTimeFormatter.ofPattern("yyyy/M/d"));
    }

    private void consults(TasklistPage handler, String number) {
        handler.tab("卷宗").click();
        Page entry = handler.page()
                .context()
                .waitForPage(() -> handler.dossier()
                        .locator("a", new Locator.LocatorOptions().setHasText("登记联系或协商"))
                        .first()
                        .click());
        entry.locator("#kind").selectOption(new com.microsoft.playwright.options.SelectOption().setLabel("面商"));
        entry.locator("#stage").selectOption(new com.microsoft.playwright.options.SelectOption().setLabel("办中"));
        entry.locator("#heldAt").fill(anHourAgo().format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm")));
        entry.locator("#place").fill("市教育局二楼会议室");
        entry.locator("#convener").fill("冯远山");
        entry.locator("#unitLeader").fill("冯远山 副局长");
        for (Locator present : entry.getByLabel("参加（联系到）").all()) present.check();
        entry.locator("#people").fill("宋一鸣 科长\n卫林书 市政协委员\n郜清远 市政协委员");
        entry.locator("#views").fill("两位提案者希望年内见效，单位介绍了编制情况。");
        entry.locator("#files").setInputFiles(scan("签到表.pdf"));
        readsChinese(entry);
        assertThat(entry.locator(".chosen-files")).hasText("签到表.pdf");
        kept(entry, "consultation");
        button(entry, "登记").click();
        assertThat(entry.locator(".told")).hasText("已登记。");
        entry.close();
    }

    private void rates(String proposer, String number, String title, String result) {
        Page phone = phone(proposer);
        phone.navigate("/my");
        fitsTheScreen(phone);
        readsChinese(phone);
        kept(phone, "my-" + proposer.length());
        phone.locator("a[href^='/my/feedback/']", new Page.LocatorOptions().setHasText(title))
                .or(phone.locator("li", new Page.LocatorOptions().setHasText(title))
                        .locator("a[href^='/my/feedback/']"))
                .first()
                .click();
        assertThat(phone.locator("main")).containsText("市教育局的答复");
        phone.getByText("看答复全文").click();
        assertThat(phone.locator("main")).containsText("今年新招专职教师六名");
        fitsTheScreen(phone);
        readsChinese(phone);
        choose(phone, "办理态度", "满意");
        choose(phone, "办理结果", result);
        choose(phone, "是否面商", "是");
        choose(phone, "面商是否有单位领导参加", "是");
        choose(phone, "是否逐条答复", "是");
        kept(phone, "feedback-form");
        button(phone, "下一步：核对").click();
        assertThat(phone.locator("main")).containsText("此后不能再改");
        fitsTheScreen(phone);
        kept(phone, "feedback-checked");
        button(phone, "确认提交").click();
        assertThat(phone.locator(".told")).containsText("反馈已提交");
        phone.navigate("/my/proposals/" + number);
        assertThat(phone.locator("main")).containsText("我的反馈：已反馈");
        fitsTheScreen(phone);
        kept(phone, "proposal-after");
    }

    /** On a telephone that nobody has signed in with, from the link of the notice. */
    private void ratesByLink(String name, String person, String number, String result) {
        Page phone = newProfile(390);
        phone.navigate(NoticeRounds.link(this, number, "replyDelivered", person));
        assertThat(phone.locator("main")).containsText(name + "，您好");
        assertThat(phone.locator("main")).containsText("今年新招专职教师六名");
        fitsTheScreen(phone);
        readsChinese(phone);
        kept(phone, "link");
        choose(phone, "办理态度", "满意");
        choose(phone, "办理结果", result);
        choose(phone, "是否面商", "否");
        choose(phone, "是否逐条答复", "是");
        phone.locator("textarea").fill("年底前请再通报一次进展。");
        button(phone, "下一步：核对").click();
        assertThat(phone.locator("main")).containsText("提交以后这个链接失效");
        assertThat(phone.locator("main")).containsText("年底前请再通报一次进展。");
        fitsTheScreen(phone);
        kept(phone, "link-checked");
        button(phone, "确认提交").click();
        assertThat(phone.locator("h1")).hasText("已经办理");
        fitsTheScreen(phone);
        readsChinese(phone);
        kept(phone, "link-done");
        phone.navigate("/my");
        assertThat(phone).hasURL(java.util.regex.Pattern.compile(".*/login$"));
    }

    private static void choose(Page page, String question, String answer) {
        page.locator(
                        "fieldset",
                        new Page.LocatorOptions()
                                .setHas(page.locator(
                                        "legend",
                                        new Page.LocatorOptions()
                                                .setHasText(java.util.regex.Pattern.compile("^" + question + "$")))))
                .getByLabel(answer, new Locator.GetByLabelOptions().setExact(true))
                .check();
    }
}
