package org.banhao.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** From put on file until every unit has accepted, in Tasklist and on the offices' own table. */
class AssignmentJourneyTest extends Journey {

    private String filed(String member, String title) {
        String number = handedIn(member, title);
        reviewed(number, "建议立案", tasklist -> {});
        decidedInMeeting(number);
        TasklistPage registry = sign(tasklist("暴晓岚"), number);
        registry.check("同意编号");
        handIn(registry);
        return number;
    }

    private void accepts(String liaison, String number) {
        TasklistPage unit = sign(tasklist(liaison), number);
        unit.choice("签收，由本单位办理");
        readsChinese(unit.page());
        handIn(unit);
    }

    @Test
    void confirmedReturnedRuledAndAcceptedItIsHandled() throws IOException {
        String title = "关于加强青少年心理健康服务的提案";
        String number = filed("卫林书", title);

        TasklistPage office = sign(tasklist("侯望"), number);
        assertThat(office.page().locator(".bh-form")).containsText("在校学生的心理健康归教育部门");
        readsChinese(office.page());
        office.choice("是，核定如下");
        office.field("field_requirement").fill("请与提案者面商。");
        handIn(office);

        TasklistPage education = sign(tasklist("田禾"), number);
        assertThat(education.page().locator(".bh-form")).containsText("请与提案者面商。");
        education.choice("申请退回");
        education.field("field_returnReason").fill("心理咨询服务属卫生健康部门职责。");
        education.field("field_dutyBasis").fill("“三定”规定第三条");
        education.select("field_proposedUnit", "市民政局");
        Path page = Files.createDirectories(Path.of("target", "journeys")).resolve("签字件.pdf");
        Files.write(page, scan("签字件.pdf").buffer);
        education.attach(page);
        assertThat(education.attached()).containsText("签字件.pdf");
        readsChinese(education.page());
        handIn(education);

        accepts("崔百禾", number);
        accepts("谭月明", number);

        TasklistPage leader = sign(tasklist("尤海川"), number);
        assertThat(leader.page().locator(".bh-form")).containsText("本件第1次申请退回");
        assertThat(leader.page().locator(".bh-form")).containsText("心理咨询服务属卫生健康部门职责。");
        readsChinese(leader.page());
        leader.choice("维持，由申请单位办理");
        leader.field("field_rulingReason").fill("在校学生由教育部门主办。");
        handIn(leader);

        MyPage member = my("卫林书");
        member.openProposal(title);
        assertThat(member.status()).containsText("办理中");
        member.page().navigate("/cases/" + number);
        assertThat(member.page().locator("main")).containsText("市教育局（裁定维持）");
        assertThat(member.page().locator("main")).containsText("市卫生健康委员会（已签收");
        readsChinese(member.page());
    }

    @Test
    void theOfficeAssignsFromItsTableByKeyboardAfterAskingTheUnit() {
        String title = "关于城市河道垃圾清理的提案";
        String number = filed("申雨禾", title);

        Page office = tasklistOf("侯望");
        office.navigate("/proposals/assignment");
        readsChinese(office);
        Locator line = office.locator("[data-line]", new Page.LocatorOptions().setHasText(title));
        assertThat(line.getByLabel("主办（独办）")).hasValue("市城市管理局");
        line.getByLabel("会办").fill("");
        line.getByLabel("调整理由").fill("一家可以办妥");
        assertThat(line.getByLabel("选" + number)).isChecked();
        line.getByLabel("调整理由").press("Enter");
        button(office, "保存所选").click();
        assertThat(office.locator(".told")).hasText("已保存1件。");
        line.getByLabel("选" + number).check();
        button(office, "征求单位意见").click();
        assertThat(office.locator(".told")).hasText("已就1件征求单位意见。");

        Page unit = tasklistOf("连舟");
        unit.navigate("/proposals/unit-word");
        assertThat(unit.locator("main")).containsText(title);
        readsChinese(unit);
        Locator asked = unit.locator("section.card", new Page.LocatorOptions().setHasText(title));
        asked.getByLabel("同意承办").check();
        asked.locator("button[type=submit]").click();
        assertThat(unit.locator(".told")).hasText("意见已报交办部门。");

        office.navigate("/proposals/assignment");
        assertThat(line).containsText("市城市管理局：同意");
        line.getByLabel("选" + number).check();
        button(office, "签定所选").click();
        assertThat(office.locator(".told")).hasText("已签定1件。");
        assertThat(line).containsText("侯望签定");
        line.getByLabel("选" + number).check();
        button(office, "交办所选").click();
        assertThat(office.locator(".told")).hasText("已交办1件，承办单位已通知。");
        assertThat(line).hasCount(0);

        accepts("连舟", number);
        unit.navigate("/proposals/unit-assignments");
        assertThat(unit.locator("main")).containsText("独办");
        readsChinese(unit);
        fitsTheScreen(unit);
    }
}
