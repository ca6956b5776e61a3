package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.banhao.testing.Accounts;
import org.banhao.testing.Desk;
import org.banhao.testing.WebSession;
import org.banhao.testing.Whole;
import org.junit.jupiter.api.Test;

/** What nobody may do alone, and what nobody may do once it is too late, over HTTP. */
interface SharedSecrets extends Whole {

    Pattern ONCE = Pattern.compile("class=\"once\">([^<]+)<");
    Pattern REQUEST = Pattern.compile("/admin/resets/(\\d+)/confirm");

    private static String found(Pattern pattern, String page) {
        Matcher matcher = pattern.matcher(page);
        assertThat(matcher.find()).as(page).isTrue();
        return matcher.group(1);
    }

    @Test
    default void theAuditorsPasswordTakesTwoOthersAndHimself() {
        Desk system = desk("甲管");
        Desk security = desk("乙安");
        Desk auditor = desk("丙审");
        assertThat(system.web()
                        .form("/admin/people/bing-shen/password", List.of())
                        .body())
                .contains("不能直接重置密码");
        HttpResponse<String> asked = Desk.ok(
                system.web().form("/admin/people/bing-shen/reset", List.of(Map.entry("reason", "本人忘记密码"))), 302);
        String shown = system.web().follow(asked).body();
        String code = found(ONCE, shown);
        assertThat(system.web().get("/admin/resets").body()).contains("本人忘记密码").doesNotContain(code);
        String waiting = security.web().get("/admin/resets").body();
        assertThat(waiting).contains("丙审", "甲管", "本人忘记密码", "待安全保密管理员确认");
        String id = found(REQUEST, waiting);
        for (Desk other : List.of(system, auditor))
            assertThat(other.web()
                            .form("/admin/resets/" + id + "/confirm", List.of())
                            .statusCode())
                    .isEqualTo(400);
        HttpResponse<String> confirmed =
                Desk.ok(security.web().form("/admin/resets/" + id + "/confirm", List.of()), 302);
        String link = found(ONCE, security.web().follow(confirmed).body());
        String page = link.substring(link.indexOf("/new-password"));
        String token = page.substring(page.indexOf('=') + 1);
        WebSession owner = new WebSession(address());
        Map<String, String> wrong =
                Map.of("token", token, "code", "wrong", "password", "qingshan lvshui 7", "again", "qingshan lvshui 7");
        assertThat(owner.post(page, "/new-password", wrong).body()).contains("「领取码」不正确");
        assertThat(auditor.web().get("/admin/audit").statusCode())
                .as("nothing yet")
                .isEqualTo(200);

        Map<String, String> right =
                Map.of("token", token, "code", code, "password", "qingshan lvshui 7", "again", "qingshan lvshui 7");
        Desk.ok(owner.post(page, "/new-password", right), 302);

        assertThat(auditor.web().get("/admin/audit").statusCode())
                .as("the old session is over")
                .isEqualTo(302);
        assertThat(owner.get(page).statusCode()).isEqualTo(404);
        Desk again = new Desk(address(), new Accounts.Account("bing-shen", "qingshan lvshui 7", "", "丙审"));
        assertThat(again.web().get("/admin/audit").body()).contains("申请重置三员密码", "确认重置三员密码");
        // back to what the list of accounts says, for the tests after this
        Map<String, String> back = Map.of(
                "present", "qingshan lvshui 7",
                "password", accounts().named("丙审").password(),
                "again", accounts().named("丙审").password());
        Desk.ok(again.web().post("/password", "/password", back), 302);
    }

    @Test
    default void fiveWrongCodesKillALinkFromWhereverTheyCome() {
        Desk system = desk("甲管");
        Desk security = desk("乙安");
        HttpResponse<String> asked =
                Desk.ok(system.web().form("/admin/people/bing-shen/reset", List.of(Map.entry("reason", "试填领取码"))), 302);
        String code = found(ONCE, system.web().follow(asked).body());
        String id = found(REQUEST, security.web().get("/admin/resets").body());
        HttpResponse<String> confirmed =
                Desk.ok(security.web().form("/admin/resets/" + id + "/confirm", List.of()), 302);
        String link = found(ONCE, security.web().follow(confirmed).body());
        String page = link.substring(link.indexOf("/new-password"));
        String token = page.substring(page.indexOf('=') + 1);
        for (int wrong = 1; wrong <= 5; wrong++) {
            HttpResponse<String> answer = new WebSession(address())
                    .post(
                            page,
                            "/new-password",
                            Map.of(
                                    "token",
                                    token,
                                    "code",
                                    "wrong" + wrong,
                                    "password",
                                    "qingshan lvshui 8",
                                    "again",
                                    "qingshan lvshui 8"));
            assertThat(answer.statusCode()).as("try " + wrong).isEqualTo(400);
        }

        assertThat(new WebSession(address()).get(page).statusCode()).isEqualTo(404);
        assertThat(new WebSession(address())
                        .post(
                                "/login",
                                "/new-password",
                                Map.of(
                                        "token",
                                        token,
                                        "code",
                                        code,
                                        "password",
                                        "qingshan lvshui 8",
                                        "again",
                                        "qingshan lvshui 8"))
                        .statusCode())
                .as("the right code comes too late")
                .isEqualTo(400);
        assertThat(security.web().get("/admin/resets").body()).contains("领取码填错5次");
        desk("丙审");
    }

    @Test
    default void aColleagueWhoTypesAWrongPasswordAgainAndAgainDoesNotLockTheBrowserOneAlwaysSignsInWith() {
        Accounts.Account owner = accounts().named("靳松年");
        WebSession usual = new WebSession(address()).signIn(owner);
        Desk.ok(usual.form("/logout", List.of()), 302);
        WebSession other = new WebSession(address());
        HttpResponse<String> last = null;
        for (int i = 0; i < 12; i++)
            last = other.post("/login", "/login", Map.of("username", owner.login(), "password", "wrong " + i));
        assertThat(last.headers().firstValue("Location").orElse("")).contains("/login?wait");

        assertThat(usual.signIn(owner).get("/my").statusCode()).isEqualTo(200);

        HttpResponse<String> still =
                other.post("/login", "/login", Map.of("username", owner.login(), "password", owner.password()));
        assertThat(still.headers().firstValue("Location").orElse("")).contains("/login?wait");
        HttpResponse<String> entered = Desk.ok(
                usual.post("/login", "/login", Map.of("username", owner.login(), "password", owner.password())), 302);
        assertThat(entered.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("BANHAO-KNOWN=")
                        .contains("HttpOnly", "SameSite=Lax", "Path=/login")
                        .doesNotContain(owner.login()));
    }

    @Test
    default void filesAreAddedToADraftByItsWriterAndToWhatWasHandedInByNobody() {
        Desk member = desk("卫林书");
        byte[] text = "走访记录".getBytes(StandardCharsets.UTF_8);
        String number = member.begin();
        Desk.ok(member.web().upload("draft:" + number, "草稿附件.txt", text), 200);
        assertThat(desk("暴晓岚").web().upload("draft:" + number, "别人.txt", text).statusCode())
                .isEqualTo(400);
        Desk.ok(member.handIn(number, "关于附件的提案", "society"), 302);
        for (String name : List.of("卫林书", "暴晓岚")) {
            HttpResponse<String> late = desk(name).web().upload("draft:" + number, "迟到.txt", text);
            assertThat(late.statusCode()).as(name).isEqualTo(400);
            Sentences.refused(late);
        }
        assertThat(member.web().upload("start:proposal", "无主.txt", text).statusCode())
                .as("nobody starts that process by a form")
                .isEqualTo(400);
    }
}
