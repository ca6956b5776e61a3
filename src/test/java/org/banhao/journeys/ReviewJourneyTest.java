package org.banhao.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The other ways a review ends: returned, not filed, converted, merged; and a paper entered by the clerk. */
class ReviewJourneyTest extends Journey {

    private boolean byDirector;

    @AfterEach
    void meetingsDecideAgain() {
        if (byDirector) decider("会议审议");
    }

    /** As the committee sets it for the session that runs. */
    private void decider(String who) {
        Page office = tasklistOf("路守正");
        office.navigate("/proposals/sessions");
        Locator session = office.locator("section.card")
                .filter(new Locator.FilterOptions()
                        .setHas(office.locator(".status", new Page.LocatorOptions().setHasText("当前届次"))));
        session.getByText("修改名称和规则").click();
        session.getByLabel("终审方式").selectOption(new SelectOption().setLabel(who));
        session.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("保存").setExact(true))
                .click();
        assertThat(session.locator("dl")).containsText(who);
        readsChinese(office);
        byDirector = !who.equals("会议审议");
    }

    @Test
    void theWayBackIsOfferedUntilAColleagueOpensWhatFollowedAndHidesNothing() {
        String other = handedIn("申雨禾", "关于另一件待办的提案");
        String number = handedIn("申雨禾", "关于撤回提示的提案");
        TasklistPage clerk = sign(tasklist("暴晓岚"), number);
        clerk.choice("建议立案");
        handIn(clerk);
        Locator bar = clerk.page().locator(".bh-retract");
        assertThat(bar).containsText("已提交「初审提案」" + number);
        sign(clerk, other);
        assertThat(bar).isVisible();
        for (int width : List.of(1280, 390)) {
            clerk.page().setViewportSize(width, 844);
            clerk.page().evaluate("""
                    () => {
                      document.querySelector('.form-actions .btn-primary').scrollIntoView({ block: 'end' });
                      window.scrollTo(0, document.documentElement.scrollHeight);
                    }""");
            clerk.page()
                    .screenshot(new Page.ScreenshotOptions()
                            .setPath(Path.of("target", "journeys", "way-back-" + width + ".png")));
            assertThat((boolean) clerk.page().evaluate("""
                            () => {
                              const bar = document.querySelector('.bh-retract').getBoundingClientRect();
                              const end = document.querySelector('.form-actions .btn-primary').getBoundingClientRect();
                              return end.bottom <= bar.top || end.top >= bar.bottom;
                            }"""))
                    .as("the button at the end of the next form, " + width)
                    .isTrue();
            fitsTheScreen(clerk.page());
        }
        clerk.page().setViewportSize(1280, 900);

        find(tasklist("苗正清"), number);

        assertThat(bar).hasCount(0);
        assertThat(clerk.page().locator("body.bh-retractable")).hasCount(0);
    }

    @Test
    void aReturnedProposalIsRevisedByItsMemberDecidedByTheDirectorAndFiled() {
        decider("提案委员会主任");
        String title = "关于增设盲道连接段的提案";
        String number = handedIn("申雨禾", title);

        TasklistPage clerk = sign(tasklist("暴晓岚"), number);
        clerk.choice("退回提案者修改");
        clerk.check("建议不具体");
        clerk.field("field_firstOpinion").fill("请写明路段。");
        handIn(clerk);
        // the wrong button: taken back, and what was filled in is still there
        clerk.takeBack();
        assertThat(clerk.field("field_firstOpinion")).hasValue("请写明路段。");
        handIn(clerk);

        MyPage member = my("申雨禾");
        assertThat(member.line(title)).containsText("等您修改后重新提交");
        member.openProposal(title);
        assertThat(member.content()).containsText("建议不具体");
        assertThat(member.content()).containsText("请写明路段。");
        readsChinese(member.page());
        member.page().locator("#suggestion-1").fill("在英雄路、城北街口补建盲道。");
        member.page().getByLabel("不含国家秘密").check();
        button(member.page(), "重新提交").click();
        assertThat(member.page().locator(".told")).hasText("已重新提交，进入审查。");

        reviewed(number, "建议立案", tasklist -> {});
        TasklistPage director = sign(tasklist("路守正"), number);
        readsChinese(director.page());
        assertThat(director.page().getByLabel("立案", new Page.GetByLabelOptions().setExact(true)))
                .isChecked();
        handIn(director);

        TasklistPage registry = sign(tasklist("暴晓岚"), number);
        Locator pile = registry.form().getByText("立案编号", new Locator.GetByTextOptions().setExact(true));
        assertThat(pile).hasAttribute("href", "/proposals/register");
        assertThat(pile).hasAttribute("target", "_blank");
        readsChinese(registry.page());
        registry.check("同意编号");
        handIn(registry);
        member.openProposal(title);
        assertThat(member.content()).containsText(Pattern.compile("案号\\s*第\\d{3}号"));
    }

    @Test
    void aProposalThatIsNotFiledIsAnsweredInWritingWithTheGround() {
        String title = "关于推广某品牌净水器的提案";
        String number = handedIn("原知夏", title);
        String[] ground = new String[1];
        reviewed(number, "建议不予立案", tasklist -> ground[0] = tasklist.first("field_ground"));
        decidedInMeeting(number);

        MyPage member = my("原知夏");
        member.openProposal(title);
        assertThat(member.status()).containsText("不予立案");
        assertThat(member.content()).containsText(ground[0]);

        Page administrator = tasklistOf("甲管");
        Locator letter = administrator
                .locator("tr", new Page.LocatorOptions().setHasText("原知夏"))
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile("不予立案|未立案|未予立案")))
                .locator("a")
                .first();
        administrator.navigate("/admin/mailbox");
        letter.click();
        assertThat(administrator.locator("main .text")).containsText(title);
        assertThat(administrator.locator("main .text")).containsText(ground[0]);
        readsChinese(administrator);
    }

    @Test
    void aPaperEnteredByTheClerkIsConvertedAndItsTwinMergedIntoTheLeadCase() {
        String converted = enteredForSomebody("靳松年", "关于完善田间灌溉渠系的提案");
        reviewed(converted, "建议转为意见建议", tasklist -> tasklist.choice("意见建议"));
        decidedInMeeting(converted);
        MyPage owner = my("靳松年");
        owner.openProposal("关于完善田间灌溉渠系的提案");
        assertThat(owner.status()).containsText("意见建议");
        assertThat(owner.content()).containsText("暴晓岚（代 靳松年）");

        String lead = handedIn("卫林书", "关于加强古树名木保护的提案");
        reviewed(lead, "建议立案", tasklist -> {});
        decidedInMeeting(lead);
        String twin = enteredForSomebody("靳松年", "关于进一步加强古树名木保护的提案");
        reviewed(twin, "建议并案", tasklist -> tasklist.select("field_leadCase", lead));
        decidedInMeeting(twin);
        owner.openProposal("关于进一步加强古树名木保护的提案");
        assertThat(owner.status()).containsText("并");
        assertThat(owner.content()).containsText(lead);
    }

    private String enteredForSomebody(String name, String title) {
        Page clerk = tasklistOf("暴晓岚");
        clerk.navigate("/proposals/on-behalf");
        String option = clerk.locator("#member option", new Page.LocatorOptions().setHasText(name))
                .first()
                .getAttribute("value");
        clerk.locator("#member").selectOption(option);
        button(clerk, "开始录入").click();
        MyPage paper = new MyPage(clerk).fill(title);
        clerk.locator("#scan-file").setInputFiles(scan("签名原件.pdf"));
        assertThat(clerk.locator("#scan [data-name]")).hasText("已上传：签名原件.pdf");
        readsChinese(clerk);
        String number = paper.handIn();
        assertThat(clerk.locator("#content")).containsText("暴晓岚（代 " + name + "）");
        return number;
    }
}
