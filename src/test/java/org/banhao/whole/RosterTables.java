package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.banhao.base.Refusal;
import org.banhao.base.SheetTable.Problem;
import org.banhao.people.People;
import org.banhao.people.domain.Roster;
import org.banhao.people.domain.RosterImport;
import org.banhao.people.domain.RosterImport.Outcome;
import org.banhao.testing.Accounts;
import org.banhao.testing.Desk;
import org.banhao.testing.WebSession;
import org.banhao.testing.Whole;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Members and units from a table: what is found before, what is done then, and that nothing is done by halves. */
interface RosterTables extends Whole {

    String BY = "bao-xiaolan";
    List<String> HEADING = List.of("姓名", "类别", "代码", "委员证号", "界别", "单位及职务", "任期截止", "登录名", "电话");

    private static byte[] table(List<String> heading, List<List<String>> lines) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(out, "test", "1.0")) {
            Worksheet page = book.newWorksheet("名册");
            for (int i = 0; i < heading.size(); i++) page.value(0, i, heading.get(i));
            for (int row = 0; row < lines.size(); row++) {
                for (int i = 0; i < lines.get(row).size(); i++)
                    page.value(row + 1, i, lines.get(row).get(i));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private RosterImport.Result members(boolean accounts, List<List<String>> lines) {
        return bean(RosterImport.class).checkMembers(BY, new ByteArrayInputStream(table(HEADING, lines)), accounts);
    }

    private static String fresh() {
        return "m" + UUID.randomUUID().toString().substring(0, 8);
    }

    private long rows(String table) {
        return db().sql("select count(*) from " + table).query(Long.class).single();
    }

    @Test
    default void aTableIsLookedThroughWithoutChangingAnythingAndNamesEveryBadCell() {
        long members = rows("people_member");
        long persons = rows("people_person");
        RosterImport.Result result = members(
                true,
                List.of(
                        List.of("示例：卫林书", "委员", "", "", "", "", "", fresh(), ""),
                        List.of("新委员", "神仙", "", "", "", "", "", fresh(), ""),
                        List.of("新委员", "委员", "", "14-9001", "", "", "没有", fresh(), ""),
                        List.of("新委员", "委员", "", "14-0102", "", "", "", "甲乙", ""),
                        List.of("新委员", "委员", "", "14-9003", "", "", "", "Ab c", ""),
                        List.of("新委员", "委员", "", "14-9004", "", "", "", fresh(), "电话号码"),
                        List.of("某联", "人民团体", "", "", "", "", "", fresh(), ""),
                        List.of("新委员", "委员", "", "14-9005", "", "", "", "jia-guan", ""),
                        List.of("好委员", "委员", "", "14-9006", "", "", "", fresh(), "")));
        assertThat(result.problems())
                .extracting(Problem::place)
                .containsExactly("A2", "B3", "G4", "H5", "H6", "I7", "C8", "H9");
        assertThat(result.id()).isZero();
        assertThat(result.count(Outcome.NEW)).isEqualTo(1);
        assertThat(rows("people_member")).isEqualTo(members);
        assertThat(rows("people_person")).isEqualTo(persons);
    }

    @Test
    default void newOnesAreEnteredChangedOnesChangedAndAccountsMadeWhenAskedFor() {
        String one = fresh();
        String two = fresh();
        String number = "20-" + one;
        List<List<String>> lines = List.of(
                List.of("樊星𠮷", "委员", "", number, "教育界", "某中学教师", "2027-03-31", one, "10000000099"),
                List.of("某某学会", "人民团体", two, "", "", "秘书处", "", "niu-peiwen", ""),
                List.of("卫林书", "委员", "", "14-0101", "", "", "", "", ""));
        RosterImport.Result without = members(false, lines);
        assertThat(without.problems()).extracting(Problem::place).containsExactly("H2");
        assertThat(without.problems().get(0).sentence()).contains("没有账号", "同时新建账号");

        RosterImport.Result found = members(true, lines);
        assertThat(found.problems()).isEmpty();
        assertThat(List.of(found.count(Outcome.NEW), found.count(Outcome.SAME), (long) found.accounts()))
                .containsExactly(2L, 1L, 1L);
        assertThat(bean(People.class).find(one)).isEmpty();

        RosterImport.Result done = bean(RosterImport.class).adopt("members", BY, found.id());
        assertThat(done.made()).hasSize(1);
        RosterImport.Made made = done.made().get(0);
        new WebSession(address()).signIn(new Accounts.Account(made.login(), made.password(), "", ""));
        Roster.Entry entry = bean(Roster.class).get(one);
        assertThat(entry.member().name()).isEqualTo("樊星𠮷");
        assertThat(String.valueOf(entry.member().inOfficeUntil())).isEqualTo("2027-03-31");
        assertThat(bean(Roster.class).get(two).member().personId()).isEqualTo("niu-peiwen");
        assertThatThrownBy(() -> bean(RosterImport.class).adopt("members", BY, found.id()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("已经导入过");

        assertThat(members(false, lines).count(Outcome.SAME)).isEqualTo(3);
        RosterImport.Result changed = members(false, List.of(List.of("樊星𠮷", "委员", "", number, "科技界", "", "", "", "")));
        assertThat(changed.entries().get(0).what()).isEqualTo("界别：教育界 → 科技界");
        bean(RosterImport.class).adopt("members", BY, changed.id());
        assertThat(bean(Roster.class).get(one).member().sector()).isEqualTo("科技界");
        assertThat(bean(Roster.class).get(one).member().post())
                .as("what the table is silent about stays")
                .isEqualTo("某中学教师");
    }

    @Test
    default void whatWouldComeToSomethingElseByNowIsNotImportedAtAll() {
        String one = fresh();
        String two = fresh();
        RosterImport.Result found = members(
                true,
                List.of(
                        List.of("甲" + one, "委员", "", "21-" + one, "", "", "", one, ""),
                        List.of("乙" + two, "委员", "", "21-" + two, "", "", "", two, "")));
        bean(RosterImport.class)
                .adopt(
                        "members",
                        "su-ming",
                        bean(RosterImport.class)
                                .checkMembers(
                                        "su-ming",
                                        new ByteArrayInputStream(table(
                                                HEADING,
                                                List.of(List.of("丙", "委员", "", "21-" + two, "", "", "", fresh(), "")))),
                                        true)
                                .id());
        long persons = rows("people_person");
        assertThatThrownBy(() -> bean(RosterImport.class).adopt("members", BY, found.id()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("没有导入");
        assertThat(rows("people_person")).isEqualTo(persons);
        assertThat(bean(People.class).find(one)).isEmpty();
    }

    @Test
    default void aNamesakeIsTakenForNobodyElse() {
        String one = fresh();
        String two = fresh();
        String name = "王伟" + one;
        RosterImport roster = bean(RosterImport.class);
        roster.adopt(
                "members",
                BY,
                members(true, List.of(List.of(name, "委员", "", "", "", "市一中教师", "", one, "")))
                        .id());

        RosterImport.Result elsewhere = members(true, List.of(List.of(name, "委员", "", "", "", "市二院医生", "", two, "")));
        assertThat(elsewhere.entries()).extracting(RosterImport.Entry::outcome).containsExactly(Outcome.NEW);
        assertThat(members(true, List.of(List.of(name, "委员", "", "", "", "市二院医生", "", "", "")))
                        .problems())
                .extracting(Problem::place, Problem::sentence)
                .containsExactly(tuple("A2", "名册里已有同名的“" + name + "”，请在「代码」或「委员证号」里写明；是另一位的，请填写「登录名」。"));
        assertThat(members(false, List.of(List.of(name, "委员", "", "", "", "市一中教师", "2027-03-31", "", "")))
                        .entries())
                .extracting(RosterImport.Entry::what)
                .containsExactly("任期截止：（空） → 2027-03-31");
        assertThat(members(false, List.of(List.of(name, "委员", "", "", "", "市一中校长", "", one, "")))
                        .entries())
                .extracting(RosterImport.Entry::what)
                .containsExactly("单位及职务：市一中教师 → 市一中校长");
    }

    @Test
    default void whatWasLookedThroughIsForgottenAfterADayWithItsTelephoneNumbers() {
        RosterImport roster = bean(RosterImport.class);
        long id = members(true, List.of(List.of("某某", "委员", "", "", "", "", "", fresh(), "10000000099")))
                .id();
        db().sql("update people_import set at = ? where id = ?")
                .params(bean(Clock.class).instant().minus(Duration.ofHours(25)).atOffset(ZoneOffset.UTC), id)
                .update();
        assertThatThrownBy(() -> roster.adopt("members", BY, id))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("超过了一天");
        roster.sweep();
        assertThat(db().sql("select count(*) from people_import where id = ?")
                        .param(id)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    default void whoSignsInWhileATableIsLookedThroughDoesNotWait() {
        new TransactionTemplate(bean(PlatformTransactionManager.class)).executeWithoutResult(status -> {
            // as a sign-in writes it
            db().sql("update people_person set stamp = stamp where id = 'niu-peiwen'")
                    .update();
            assertThat(CompletableFuture.supplyAsync(() -> members(
                                    false,
                                    List.of(List.of("某某研究会", "人民团体", fresh(), "", "", "", "", "niu-peiwen", ""))))
                            .orTimeout(30, TimeUnit.SECONDS)
                            .join()
                            .problems())
                    .isEmpty();
        });
    }

    @Test
    default void unitsComeByTheSameWayAndOnlyFromTheSystemAdministrator() {
        String code = "unit-" + fresh();
        byte[] table = table(
                List.of("单位名称", "所属系统", "单位代码"),
                List.of(List.of("市" + code, "政府", code), List.of("市教育局", "政府", "education-bureau")));
        HttpResponse<String> checked = upload(desk("甲管"), "/admin/units/import", table);
        assertThat(checked.statusCode()).as(checked.body()).isEqualTo(200);
        assertThat(checked.body()).contains("新增<strong>1</strong>", "相同<strong>1</strong>");
        String act = checked.body().replaceAll("(?s).*action=\"(/admin/units/import/\\d+)\".*", "$1");
        assertThat(desk("甲管").web().form(act, List.of()).body()).contains("导入完成");
        assertThat(bean(People.class).unit(code)).isPresent();
        assertThat(upload(desk("暴晓岚"), "/admin/units/import", table).statusCode())
                .isEqualTo(403);
        HttpResponse<String> text =
                upload(desk("暴晓岚"), "/admin/members/import", "姓名,登录名\n".getBytes(StandardCharsets.UTF_8));
        assertThat(text.statusCode()).isEqualTo(400);
        assertThat(text.body()).contains("CSV");
        assertThat(desk("暴晓岚").web().get("/admin/members/import/template.xlsx").statusCode())
                .isEqualTo(200);
    }

    private static HttpResponse<String> upload(Desk who, String path, byte[] file) {
        String edge = "----edge" + UUID.randomUUID();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--" + edge
                        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.xlsx\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        body.writeBytes(("\r\n--" + edge + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return who.web().script("POST", path, "multipart/form-data; boundary=" + edge, body.toByteArray());
    }
}
