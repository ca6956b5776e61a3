package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.file.Path;
import java.util.List;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.banhao.paper.domain.Templates;
import org.banhao.testing.Accounts;
import org.banhao.testing.Chromium;
import org.junit.jupiter.api.Test;

class OfficialPapersOnH2Test extends OnH2 implements OfficialPapers {

    private static final Path PICTURES = Path.of("target/pictures");

    private Page signedIn(BrowserContext browser, String name) {
        Accounts.Account account = accounts().named(name);
        Page page = browser.newPage();
        page.navigate(address() + "/login");
        page.fill("input[name=username]", account.login());
        page.fill("input[name=password]", account.password());
        page.click("form button[type=submit]");
        return page;
    }

    private static void picture(Page page, String name) {
        page.screenshot(
                new Page.ScreenshotOptions().setFullPage(true).setPath(PICTURES.resolve("papers-" + name + ".png")));
    }

    @Test
    void aPaperGoesFromItsCaseToItsSealedScanInTheBrowser() {
        String number = filed();
        try (BrowserContext browser = Chromium.browser().newContext()) {
            Page page = signedIn(browser, "暴晓岚");
            page.navigate(address() + "/cases/" + number);
            // opened beside the case, which may be a tab of Tasklist
            page.navigate(address() + page.getAttribute("main a:text-is('公文')", "href"));
            picture(page, "case");
            page.locator("tr", new Page.LocatorOptions().setHasText("立案通知"))
                    .locator("a:text-is('拟稿')")
                    .click();
            page.fill("[name='input.抄送']", "市政府办公室。");
            picture(page, "new");
            page.click("button:text-is('生成文稿')");
            page.fill("[name=signer]", "路守正");
            picture(page, "draft");
            page.click("button:text-is('编号发文')");
            assertThat(page.locator("h1").textContent()).contains("立案通知 长协提函〔");
            page.setInputFiles("#sealed", new FilePayload("盖章件.pdf", "application/pdf", PDF));
            page.click("button:text-is('上传盖章件')");
            picture(page, "sealed");
            assertThat(page.locator("tr", new Page.LocatorOptions().setHasText("盖章件"))
                            .count())
                    .isEqualTo(1);
            page.navigate(address() + "/papers/register");
            picture(page, "register");
            assertThat(page.content()).contains("长协提函〔");
        }
    }

    @Test
    void anAdministratorUploadsATemplateInTheBrowserAndIsToldWhatIsWrongWithIt() throws Exception {
        byte[] wrong;
        try (XWPFDocument word = new XWPFDocument(
                        new java.io.ByteArrayInputStream(bean(Templates.class).content("mergeNotice", 0)));
                java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream()) {
            word.createParagraph().createRun().setText("{{身份证号}}");
            word.write(out);
            wrong = out.toByteArray();
        }
        try (BrowserContext browser = Chromium.browser().newContext()) {
            Page page = signedIn(browser, "戊规");
            page.navigate(address() + "/admin/papers");
            picture(page, "templates-folded");
            assertThat(((Number) page.evaluate("document.documentElement.scrollHeight")).intValue())
                    .isLessThan(3000);
            Locator card = page.locator("tr[aria-label='并案告知']");
            card.locator("summary:text-is('预览、更换')").click();
            page.setInputFiles(
                    "#file-mergeNotice",
                    new FilePayload(
                            "并案告知.docx",
                            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                            wrong));
            card.locator("button:text-is('上传并启用')").click();
            picture(page, "templates");
            assertThat(page.locator(".refused").textContent()).contains("{{身份证号}}", "并案告知");
            assertThat(card.locator("text=占位符：").isVisible())
                    .as("what the sentence points at stays unfolded")
                    .isTrue();
            assertThat(page.locator("th:text-is('公文')").boundingBox().width)
                    .as("and takes no room from the other columns")
                    .isGreaterThan(150);
            page.setViewportSize(390, 800);
            picture(page, "templates-phone");
            assertThat((boolean) page.evaluate(
                            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                    .isTrue();
            assertThat(bean(Templates.class).list())
                    .filteredOn(line -> line.code().equals("mergeNotice"))
                    .extracting(line -> List.of(line.used()))
                    .containsExactly(List.of(0));
        }
    }

    @Test
    void aPhoneShowsThePapersOfACaseWithoutScrollingSideways() {
        String number = filed();
        try (BrowserContext browser = Chromium.browser()
                .newContext(new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(390, 800))) {
            Page page = signedIn(browser, "暴晓岚");
            page.navigate(address() + "/papers?case=" + number);
            picture(page, "phone");
            assertThat((boolean) page.evaluate(
                            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                    .isTrue();
        }
    }
}
