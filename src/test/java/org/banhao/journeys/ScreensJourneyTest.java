package org.banhao.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where each role begins, in which words, and on how wide a screen. */
class ScreensJourneyTest extends Journey {

    @Test
    void everyRoleLandsWhereItsWorkIs() {
        String tasklist = "/camunda/app/tasklist/default/";
        Map.ofEntries(
                        Map.entry("卫林书", "/my"),
                        Map.entry("靳松年", "/my"),
                        Map.entry("牛培文", "/my"),
                        Map.entry("暴晓岚", tasklist),
                        Map.entry("苗正清", tasklist),
                        Map.entry("路守正", tasklist),
                        Map.entry("阎小满", tasklist),
                        Map.entry("秦怀远", tasklist),
                        Map.entry("田禾", tasklist),
                        Map.entry("甲管", "/admin"),
                        Map.entry("乙安", "/admin"),
                        Map.entry("戊规", "/admin"))
                .forEach((name, place) -> {
                    Page page = tasklistOf(name);
                    assertThat(page.url()).as(name).startsWith(address() + place);
                    if (place.equals(tasklist))
                        page.locator(".task-filter").first().waitFor();
                    assertThat(page.locator("body")).containsText(name);
                    readsChinese(page);
                    closeProfiles();
                });
    }

    @Test
    void tasklistsHeaderLeadsToTheOwnPagesOfTheRoleAndBack() {
        TasklistPage clerk = tasklist("暴晓岚");
        clerk.page()
                .locator("a.bh-entry", new Page.LocatorOptions().setHasText("立案编号"))
                .click();
        assertThat(clerk.page().locator("h1")).hasText("立案编号");
        clerk.page()
                .locator("header nav a", new Page.LocatorOptions().setHasText("我的待办"))
                .click();
        assertThat(clerk.page().locator(".task-filter").first()).isVisible();
        assertThat(clerk.page().locator(".start-process-action")).isHidden();

        TasklistPage reviewer = tasklist("苗正清");
        assertThat(reviewer.page().locator(".task-filter .bh-count").first()).isVisible();
        assertThat(reviewer.page().locator("a.bh-entry")).hasText(new String[] {"会议", "刚刚提交"});
    }

    @Test
    void theListBeginsWithWhatIsDueFirstAndSaysSo() {
        handedIn("原知夏", "关于先到期的提案");
        TasklistPage clerk = tasklist("暴晓岚");
        assertThat(clerk.page().locator(".sort-by").first()).hasText("办理期限");
        assertThat(clerk.page().url()).contains("dueDate").contains("asc");
        sign(clerk, handedIn("原知夏", "关于由谁办理的提案"));
        clerk.search("由谁办理");
        assertThat(clerk.cards()).hasCount(1);
        assertThat(clerk.card("由谁办理").locator("h5.assignee")).hasText("暴晓岚");
        assertThat(clerk.page().locator("[cam-tasklist-task-meta] .due-date")).containsText("还有");
    }

    @Test
    void aPhoneNeverScrollsSideways() {
        String number = handedIn("原知夏", "关于手机上也能办理的提案");
        Page nobody = newProfile(390);
        nobody.navigate("/login");
        fitsTheScreen(nobody);

        MyPage member = new MyPage(phone("原知夏"));
        fitsTheScreen(member.page());
        member.begin();
        fitsTheScreen(member.page());
        member.page().navigate("/my");
        member.openProposal("关于手机上也能办理的提案");
        fitsTheScreen(member.page());

        TasklistPage clerk = new TasklistPage(phone("暴晓岚"), address()).open();
        fitsTheScreen(clerk.page());
        readsChinese(clerk.page());
        find(clerk, number);
        fitsTheScreen(clerk.page());
        clerk.tab("卷宗").tap();
        assertThat(clerk.dossier()).containsText("办理经过");
        fitsTheScreen(clerk.page());
        clerk.page().navigate("/cases/" + number);
        fitsTheScreen(clerk.page());
        readsChinese(clerk.page());
    }
}
