package org.banhao.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One sign-in for Tasklist and the own pages, and one way out of all of them. */
class SignOnJourneyTest extends Journey {

    @Test
    void signingOutOnAnOwnPageEndsTasklistInTheOtherTabAndTheWayBack() {
        Page own = tasklistOf("暴晓岚");
        TasklistPage tasklist = new TasklistPage(own.context().newPage(), address()).open();
        own.navigate("/proposals/register");
        button(own, "退出").click();
        assertThat(new LoginPage(own).notice()).containsText("已安全退出");

        // Tasklist asks for its counts by itself, and may have left already
        tasklist.page()
                .locator(".task-filter h4 a")
                .nth(2)
                .or(tasklist.page().locator("[name=username]"))
                .first()
                .click();
        new LoginPage(tasklist.page()).arrived();
        own.goBack();
        new LoginPage(own).arrived();
        assertThat(own.locator("main")).not().containsText("待编号");
    }

    @Test
    void signingOutInTasklistEndsTheOwnPagesAndTheWayBack() {
        Page own = tasklistOf("暴晓岚");
        own.navigate("/proposals/register");
        TasklistPage tasklist = new TasklistPage(own.context().newPage(), address()).open();
        assertThat(whoIsThere(own)).isEqualTo("200 true");
        tasklist.page().locator(".account > a").click();
        tasklist.page().locator(".logout a").click();
        new LoginPage(tasklist.page()).arrived();
        assertThat(whoIsThere(own)).as("the engine has forgotten her, too").isEqualTo("401 false");
        own.reload();
        new LoginPage(own).arrived();
        tasklist.page().goBack();
        new LoginPage(tasklist.page()).arrived();
        assertThat(tasklist.page().locator(".task-filter")).hasCount(0);
    }

    /** What the engine's applications ask at their start. @return the status, and whether the person is named */
    private static Object whoIsThere(Page page) {
        return page.evaluate("""
                        async () => {
                          const answer = await fetch('/camunda/api/admin/auth/user/default', { headers: { Accept: 'application/json' } });
                          return answer.status + ' ' + (await answer.text()).includes('bao-xiaolan');
                        }""");
    }

    @Test
    void aSessionThatExpiredInTasklistLeadsBackToTheSameStepAfterSignIn() {
        String number = handedIn("原知夏", "关于延长图书馆开放时间的提案");
        TasklistPage tasklist = sign(tasklist("暴晓岚"), number);
        tasklist.saved(() -> tasklist.field("field_firstOpinion").fill("到期前写的一半意见"));
        time.advance(Duration.ofMinutes(31));
        tasklist.field("field_firstOpinion").press("End");
        tasklist.page().keyboard().type("，到期后又写的");
        LoginPage login = new LoginPage(tasklist.page()).arrived();
        assertThat(login.notice()).containsText("过期");
        assertThat(tasklist.storedByForms()).noneMatch(kept -> kept.contains("到期前"));
        login.signIn(accounts().named("暴晓岚"));
        tasklist.form().waitFor();
        assertThat(tasklist.field("field_firstOpinion")).hasValue("到期前写的一半意见");
    }

    @Test
    void anExpiredSessionAnswersTheServerCallsOfAPageWith401AndTheWayToSignIn() {
        MyPage draft = my("卫林书").begin();
        time.advance(Duration.ofMinutes(31));
        List<?> answer = (List<?>) draft.page().evaluate("""
                        async () => {
                          const plain = await fetch('/api/drafts/start:proposal', { headers: { Accept: 'application/json' } });
                          const htmx = await fetch('/my', { headers: { 'HX-Request': 'true' } });
                          return [plain.status, htmx.status, htmx.headers.get('HX-Redirect') || ''];
                        }""");
        assertThat(answer.get(0)).isEqualTo(401);
        assertThat(answer.get(1)).isEqualTo(401);
        assertThat((String) answer.get(2)).startsWith("/login?expired");
        draft.title().fill("到期以后写的题目");
        assertThat(draft.page().locator("[data-saved]")).containsText("登录已过期，没有保存。");
    }

    @Test
    void aCallWithAWrongTokenIsRefusedAndTheSessionLives() {
        TasklistPage tasklist = tasklist("暴晓岚");
        Object status = tasklist.page().evaluate("""
                        async () => (await fetch('/camunda/api/engine/engine/default/filter/ba9a0000-0000-4000-8000-000000000001/list',
                          { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-XSRF-TOKEN': 'wrong' }, body: '{}' })).status""");
        assertThat(status).isEqualTo(403);
        tasklist.page().navigate("/proposals/register");
        assertThat(tasklist.page().locator("h1")).hasText("立案编号");
    }

    /** Two tokens of two names; our pages want ours, machines' calls want no cookie, the engine knows who is there and his groups. */
    @Test
    void oneSignInIsNotTakenForAnotherDoorsKey() {
        TasklistPage tasklist = tasklist("暴晓岚");
        Page page = tasklist.page();
        assertThat(page.locator("[cam-widget-header]")).containsText("暴晓岚");
        assertThat(page.locator(".task-filter", new Page.LocatorOptions().setHasText("待办"))
                        .first())
                .isVisible();
        page.navigate("/proposals/register");
        assertThat(page.locator("h1")).hasText("立案编号");
        assertThat(page.context().cookies(address() + "/camunda/"))
                .extracting(cookie -> cookie.name + " " + cookie.path)
                .contains("XSRF-TOKEN /camunda", "BANHAO-CSRF /")
                .doesNotContain("XSRF-TOKEN /", "BANHAO-CSRF /camunda");

        @SuppressWarnings("unchecked")
        List<Integer> answers = (List<Integer>) page.evaluate("""
                        async () => {
                          const engine = document.cookie.match(/XSRF-TOKEN=([^;]+)/);
                          const ask = (path, options) => fetch(path, options).then(answer => answer.status);
                          const form = { method: 'POST', body: new URLSearchParams({ order: 'bySubmission' }) };
                          return [
                            await ask('/proposals/register', form),
                            await ask('/proposals/register',
                              { ...form, headers: { 'X-XSRF-TOKEN': engine ? engine[1] : 'x' } }),
                            await ask('/api/session'),
                          ];
                        }""");
        assertThat(answers).containsExactly(403, 403, 200);
        // not by a script: the browser would ask for a name and a password
        assertThat(page.request().get(address() + "/engine-rest/task").status())
                .as("with the cookies of this browser")
                .isEqualTo(401);

        page.reload();
        assertThat(page.locator("h1")).hasText("立案编号");
    }

    @Test
    void aLinkToAStepSurvivesTheSignIn() {
        String number = handedIn("原知夏", "关于设置河道救生设施的提案");
        TasklistPage tasklist = find(tasklist("暴晓岚"), number);
        String link = tasklist.page().url();

        Page fresh = newProfile(1280);
        fresh.navigate(link);
        new LoginPage(fresh).arrived().signIn(accounts().named("宿明"));
        TasklistPage opened = new TasklistPage(fresh, address());
        opened.form().waitFor();
        assertThat(opened.form()).containsText("关于设置河道救生设施的提案");

        Page other = newProfile(1280);
        other.navigate("/cases/" + number);
        new LoginPage(other).arrived().signIn(accounts().named("宿明"));
        assertThat(other.locator("h1")).hasText("关于设置河道救生设施的提案");
    }

    @Test
    void twoPeopleAtOneComputerLeaveNothingToEachOther() {
        String number = handedIn("原知夏", "关于改造背街小巷路灯的提案");
        TasklistPage tasklist = sign(tasklist("暴晓岚"), number);
        tasklist.saved(() -> tasklist.field("field_firstOpinion").fill("只有我知道的半句话"));
        tasklist.unclaim().click();
        assertThat(tasklist.claim()).isVisible();
        Page page = tasklist.page();
        page.locator(".account > a").click();
        page.locator(".logout a").click();
        new LoginPage(page).arrived();
        assertThat(kept(page))
                .noneMatch(text -> text.contains("半句话") || text.contains("bao-xiaolan") || text.contains(number));

        new LoginPage(page).signIn(accounts().named("宿明"));
        TasklistPage second = new TasklistPage(page, address()).open();
        sign(second, number);
        assertThat(second.field("field_firstOpinion")).hasValue("");
        assertThat(page.locator("[cam-widget-header]")).containsText("宿明");
        assertThat(page.locator("body")).not().containsText("暴晓岚");
        assertThat(kept(page)).noneMatch(text -> text.contains("半句话") || text.contains("bao-xiaolan"));
    }

    /** Everything this browser keeps for scripts: both storages and the state of the history entry. */
    @SuppressWarnings("unchecked")
    private static List<String> kept(Page page) {
        return (List<String>) page.evaluate(
                "() => [...Object.entries(localStorage), ...Object.entries(sessionStorage)].map(([k, v]) => k + '=' + v)"
                        + ".concat(JSON.stringify(history.state) || '', document.cookie)");
    }
}
