package org.banhao.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.banhao.people.Roles;
import org.banhao.people.domain.Accounts;
import org.banhao.testing.Printed;
import org.junit.jupiter.api.Test;

/** From the first letter typed to the file number: member, co-signer, clerk, reviewer, secretary. */
class FilingJourneyTest extends Journey {

    @Test
    void aProposalWithACoSignerIsWrittenReviewedDecidedNumberedAndPrinted() {
        String title = "关于规范医院周边停车秩序的提案";
        MyPage draft = my("卫林书").begin().fill(title).coSigner("郜清远").saved();
        readsChinese(draft.page());
        draft.page().close();

        MyPage again = my("卫林书");
        again.line(title).locator("a").click();
        assertThat(again.title()).hasValue(title);
        assertThat(again.page().locator("#situation")).hasValue(Pattern.compile("^主城区三处医院周边"));
        assertThat(again.page().locator("[data-chosen]")).containsText("郜清远");
        String number = again.handIn();

        coSignerAgrees(title);
        clerkReviewsByKeyboard(number);
        reviewerAgrees(number);
        Page secretary = decidedInMeeting(number);
        readsChinese(secretary);

        Page clerk = tasklistOf("暴晓岚");
        clerk.navigate("/proposals/register");
        assertThat(clerk.locator("table").first()).containsText(number);
        readsChinese(clerk);
        button(
                        clerk,
                        clerk.locator("button", new Page.LocatorOptions().setHasText("确认目录"))
                                .innerText()
                                .trim())
                .click();
        assertThat(clerk.locator(".told")).containsText("已编号");

        again.openProposal(title);
        assertThat(again.status()).containsText("立案");
        assertThat(again.content()).containsText(Pattern.compile("案号\\s*第\\d{3}号"));
        readsChinese(again.page());
        clerkPrintsTheFile(number, title);
    }

    @Test
    void anOrganisationsContactSealsItsProposalAndAConvenerConfirmsAnotherOnHisTelephone() {
        String sealed = "关于民营企业融资的提案";
        MyPage contact = my("牛培文").begin().fill(sealed);
        Page page = contact.page();
        button(page, "提交提案").click();
        assertThat(page.locator("#seal .wrong")).isVisible();
        page.locator("#seal-file").setInputFiles(scan("盖章页.pdf"));
        assertThat(page.locator("#seal [data-name]")).hasText("已上传：盖章页.pdf");
        page.getByLabel("不含国家秘密").check();
        readsChinese(page);
        String number = contact.handIn();
        contact.openProposal(sealed);
        page.getByText("盖章（签名）扫描件").waitFor();
        assertThat(page.locator("#content")).containsText("市工商联");
        TasklistPage clerk = find(tasklist("暴晓岚"), number);
        clerk.tab("卷宗").click();
        assertThat(clerk.dossier()).containsText("盖章页.pdf");
        Page look = clerk.page()
                .context()
                .waitForPage(() -> clerk.dossier().getByLabel("查看盖章页.pdf").click());
        assertThat(look.locator("iframe.paper-frame")).isVisible();
        List<String> blocked = new ArrayList<>();
        look.onConsoleMessage(message -> {
            if (message.text().contains("Security Policy")) blocked.add(message.text());
        });
        look.waitForResponse(
                answer -> answer.url().contains("/api/documents/") && answer.status() == 200, () -> look.reload());
        assertThat(look.locator("iframe.paper-frame")).isVisible();
        assertThat(blocked).isEmpty();
        readsChinese(look);

        // the sector is spoken for by one person and convened by another
        bean(Accounts.class).join("yi-an", "yuan-zhixia", Roles.SECTOR_CONVENER);
        bean(Accounts.class).leave("yi-an", "jin-songnian", Roles.SECTOR_CONVENER);
        String ofSector = "关于农产品冷链的提案";
        MyPage sector = my("靳松年");
        sector.page()
                .getByLabel("以谁的名义提出")
                .selectOption(new com.microsoft.playwright.options.SelectOption().setLabel("农业界"));
        sector.begin().fill(ofSector);
        sector.page()
                .locator("#convener-person")
                .selectOption(new com.microsoft.playwright.options.SelectOption().setLabel("原知夏"));
        String second = sector.handIn();
        TasklistPage waits = tasklist("暴晓岚");
        waits.search(second);
        assertThat(waits.cards()).hasCount(0);

        MyPage convener = new MyPage(phone("原知夏"));
        assertThat(convener.line(ofSector)).containsText("请阅读后确认或谢绝");
        fitsTheScreen(convener.page());
        convener.line(ofSector).locator("a").tap();
        assertThat(convener.content()).containsText("在三处医院周边新建停车楼。");
        fitsTheScreen(convener.page());
        readsChinese(convener.page());
        button(convener.page(), "我已阅读，同意").tap();
        assertThat(convener.page().locator(".told")).hasText("已确认，谢谢。");

        find(tasklist("暴晓岚"), second);
        sector.openProposal(ofSector);
        assertThat(sector.content()).containsText("已确认");
    }

    private void coSignerAgrees(String title) {
        MyPage coSigner = new MyPage(phone("郜清远"));
        fitsTheScreen(coSigner.page());
        assertThat(coSigner.line(title)).containsText("请阅读后确认或谢绝");
        coSigner.line(title).locator("a").tap();
        assertThat(coSigner.content()).containsText("在三处医院周边新建停车楼。");
        fitsTheScreen(coSigner.page());
        readsChinese(coSigner.page());
        button(coSigner.page(), "我已阅读，同意").tap();
        assertThat(coSigner.page().locator(".told")).hasText("已确认，谢谢。");
    }

    /** No mouse: search, list, sign, form, conclusion, hand in. */
    private void clerkReviewsByKeyboard(String number) {
        TasklistPage tasklist = tasklist("暴晓岚");
        Page page = tasklist.page();
        page.locator("#bh-search").focus();
        page.keyboard().type(number);
        assertThat(tasklist.cards()).hasCount(1);
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        tasklist.form().waitFor();
        assertThat(tasklist.complete()).isDisabled();
        page.keyboard().press("Control+Alt+c");
        assertThat(tasklist.unclaim()).isVisible();
        assertThat(tasklist.field("field_firstOpinion")).isEditable();
        page.keyboard().press("Control+Alt+f");
        assertThat(page.locator("input[type=radio]:focus")).hasCount(1);
        page.keyboard().press("Space");
        assertThat(page.getByLabel("建议立案", new Page.GetByLabelOptions().setExact(true)))
                .isChecked();
        readsChinese(page);
        Locator complete = tasklist.complete();
        for (int stop = 0;
                stop < 30 && !(boolean) complete.evaluate("button => button === document.activeElement");
                stop++) {
            page.keyboard().press("Tab");
        }
        assertThat(complete).isFocused();
        assertThat(page.waitForResponse(
                                r -> r.url().endsWith("/submit-form"),
                                () -> page.keyboard().press("Enter"))
                        .status())
                .isBetween(200, 204);
        assertThat(tasklist.form()).hasCount(0);
    }

    private void reviewerAgrees(String number) {
        TasklistPage reviewer = sign(tasklist("苗正清"), number);
        assertThat(reviewer.page().locator(".bh-form")).containsText("建议立案");
        readsChinese(reviewer.page());
        reviewer.choice("建议立案");
        handIn(reviewer);
    }

    @Test
    void aMemberPastesAWholeProposalCorrectsItAndBringsBackWhatWasThere() {
        Page page = my("申雨禾").begin().page();
        page.locator("#title").fill("关于先写的题目的提案");
        button(page, "从Word文件或粘贴的全文读入").click();
        page.getByLabel("或者粘贴全文").fill("关于老年食堂的提案\n一、现状\n食堂少。\n二、问题分析\n补贴少。\n三、建议\n1.增设食堂。\n2.提高补贴。");
        readsChinese(page);
        button(page, "读入并核对").click();
        assertThat(page.locator("#title")).hasValue("关于老年食堂的提案");
        assertThat(page.locator("#suggestion-2")).hasValue("提高补贴。");
        page.locator("#situation").fill("全市食堂少。");
        readsChinese(page);
        button(page, "填入草稿").click();
        assertThat(page.locator("#situation")).hasValue("全市食堂少。");
        assertThat(page.locator("#suggestion-1")).hasValue("增设食堂。");
        button(page, "恢复原来的文字").click();
        assertThat(page.locator("#title")).hasValue("关于先写的题目的提案");
    }

    private void clerkPrintsTheFile(String number, String title) {
        // the next case's own step leads to the dossier of any case the clerk may read
        TasklistPage tasklist = tasklist("暴晓岚");
        String next = handedIn("申雨禾", "关于医院周边停车的补充提案");
        find(tasklist, next);
        tasklist.tab("卷宗").click();
        Locator dossier = tasklist.dossier();
        assertThat(dossier).containsText("办理经过");
        assertThat(dossier).containsText("关于医院周边停车的补充提案");
        readsChinese(tasklist.page());

        Page file = tasklist.page()
                .context()
                .waitForPage(() -> dossier.locator("a.button").click());
        assertThat(file.locator("h1")).hasText("关于医院周边停车的补充提案");
        file.evaluate("() => { window.prints = 0; addEventListener('beforeprint', () => window.prints++); }");
        button(file, "打印").click();
        file.waitForFunction("() => window.prints > 0");

        file.navigate("/cases/" + number);
        assertThat(file.locator("h1")).hasText(title);
        assertThat(file.locator(".casefile-timeline")).containsText("卫林书");
        assertThat(file.locator(".casefile-timeline")).containsText("苗正清");
        assertThat(file.locator(".casefile-head")).containsText("案号");
        readsChinese(file);
        assertThat(Printed.of(file).sheets()).hasSizeBetween(1, 3);
    }
}
