package org.banhao.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.banhao.casefile.OpenSteps;
import org.banhao.flow.Processes;
import org.banhao.flow.ReadyAnswers;
import org.banhao.proposal.domain.Category;
import org.banhao.proposal.domain.DraftContent;
import org.banhao.proposal.domain.Drafts;
import org.banhao.proposal.domain.Submission;
import org.banhao.testing.Axe;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 成批办理 by keyboard alone: a clerk's pile of proposals on the evening before the meeting. */
class PileJourneyTest extends Journey {

    private static final String FIRST = "proposalReview/userTask_firstReview";

    /** A clerk who types with four fingers: 300 characters a minute. */
    private static final int HUMAN = 200;

    /** What lies there from the demonstration and from other journeys is put in other hands: each journey has its own pile. */
    @BeforeEach
    void anEmptyPile() {
        bean(OpenSteps.class)
                .waiting("proposalReview", "userTask_firstReview")
                .forEach(step -> bean(Processes.class).handOver(step.taskId(), "su-ming"));
        ReadyAnswers ready = bean(ReadyAnswers.class);
        ready.of("bao-xiaolan", FIRST).forEach(one -> ready.takeBack(one.taskId(), "bao-xiaolan"));
    }

    private List<String> pile(int count) {
        List<String> members = List.of("wei-linshu", "gao-qingyuan", "shen-yuhe", "jin-songnian", "yuan-zhixia");
        List<String> titles = titles();
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String member = members.get(i % members.size());
            String number = bean(Drafts.class).begin(member, member);
            bean(Drafts.class)
                    .save(
                            number,
                            member,
                            1,
                            DraftContent.of(
                                    titles.get(i),
                                    "近年来群众对此反映比较集中。走访了八个社区，收回问卷三百二十份，其中七成认为现有办法不够用。".repeat(6),
                                    "职责分散在几个部门，缺少统一的办法；经费没有专门渠道；基层力量不足，年底考核也没有这一项。".repeat(6),
                                    List.of("明确牵头单位，列出任务清单和时间表。", "把所需经费列入年度预算。", "每季度向社会公布一次进展。"),
                                    Category.SOCIETY));
            bean(Submission.class).handIn(number, member);
            numbers.add(number);
        }
        return numbers;
    }

    private static List<String> titles() {
        try (InputStream file =
                Objects.requireNonNull(PileJourneyTest.class.getResourceAsStream("/proposal/titles.tsv"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split("\t", -1)[0])
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PilePage clerk(int pause) {
        return new PilePage(tasklistOf("暴晓岚"), address(), pause).open(FIRST);
    }

    private String verdict(String number) {
        return db().sql("select verdict from proposal_review where case_number = ? and level = 'first'")
                .param(number)
                .query(String.class)
                .single();
    }

    private int answers(String number) {
        return db().sql(
                        "select count(*) from casefile_step_answer where case_number = ? and task = 'userTask_firstReview'")
                .param(number)
                .query(Integer.class)
                .single();
    }

    // ---- a human's speed

    @Test
    void sixAreReviewedByKeyboardAlone() {
        reviewed(6);
    }

    @Test
    @Tag("full")
    void thirtyAreReviewedByKeyboardAloneAndTheTimeOfThreeHundredAndTwentySixIsTold() {
        double seconds = reviewed(30);
        // the rest of the minute is for reading
        assertThat(seconds).isLessThan(60);
    }

    /** Every sixth is refused, merged, converted or returned; @return seconds a case */
    private double reviewed(int count) {
        List<String> numbers = pile(count);
        PilePage pile = clerk(HUMAN);
        assertThat(pile.lines()).hasCount(count);
        List<String> shown = new ArrayList<>();
        for (String line : pile.page().locator(".bh-pile-line .bh-card-number").allTextContents()) shown.add(line);
        assertThat(shown).containsExactlyInAnyOrderElementsOf(numbers);

        long begun = System.nanoTime();
        for (int i = 0; i < count; i++) {
            assertThat(pile.chosen()).containsText(shown.get(i));
            assertThat(pile.text()).containsText(shown.get(i));
            pile.press("PageDown");
            switch (i % 6) {
                case 2 -> {
                    // 不予立案, the second ground, and why
                    pile.press("4", "Tab", "2", "Tab").type("属于具体个案，建议向主管部门反映。").press("Control+Enter");
                }
                case 3 -> pile.press("3", "Tab", "1", "Enter");
                case 5 -> pile.press("5", "Tab", "4", "Tab").press("Control+Enter");
                default -> pile.press("1", "Enter");
            }
            assertThat(pile.entered()).hasCount(i + 1);
        }
        assertThat(pile.told()).containsText("全部录入完了");
        pile.press("Control+Shift+Enter");
        assertThat(pile.dialog()).containsText("提交已录入的" + count + "件");
        pile.press("Enter");
        assertThat(pile.told()).containsText("已提交" + count + "件");
        double seconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) / 1000.0 / count;
        System.out.printf(
                "成批初审%d件（每键%d毫秒，不含阅读）：每件%.1f秒；326件由两人办：%.0f分钟，限时三小时时每件可用来阅读%.0f秒%n",
                count, HUMAN, seconds, 326 / 2.0 * seconds / 60, 3 * 3600 / (326 / 2.0) - seconds);

        assertThat(verdict(shown.get(0))).isEqualToIgnoringCase("file");
        assertThat(verdict(shown.get(2))).isEqualToIgnoringCase("notFile");
        assertThat(verdict(shown.get(3))).isEqualToIgnoringCase("convert");
        assertThat(verdict(shown.get(5))).isEqualToIgnoringCase("return");
        assertThat(numbers).allMatch(number -> answers(number) == 1);
        return seconds;
    }

    // ---- keys

    @Test
    void keysAreExplainedUndoWorksAndCompositionTriggersNothing() throws IOException {
        pile(4);
        PilePage pile = clerk(0);
        pile.press("?");
        assertThat(pile.dialog()).containsText("提交本批");
        readsChinese(pile.page());
        pile.picture("pile-keys").press("Escape");
        assertThat(pile.dialog()).hasCount(0);

        // full-width digits as an input method sends them
        assertThat(pile.page().locator(":focus")).hasAttribute("type", "radio");
        pile.page().locator(":focus").dispatchEvent("keydown", java.util.Map.of("key", "４"));
        assertThat(pile.form().getByLabel("建议不予立案")).isChecked();
        pile.press("1");
        assertThat(pile.form().getByLabel("建议立案", new Locator.GetByLabelOptions().setExact(true)))
                .isChecked();
        String first = pile.chosen().locator(".bh-card-number").innerText();
        pile.press("Enter");
        assertThat(pile.entered()).hasCount(1);
        assertThat(pile.chosen()).not().containsText(first);
        pile.press("Alt+z");
        assertThat(pile.entered()).hasCount(0);
        assertThat(pile.chosen()).containsText(first);
        assertThat(pile.form().getByLabel("建议立案", new Locator.GetByLabelOptions().setExact(true)))
                .isChecked();

        // composing: neither digits nor Enter are for the pile
        pile.field("field_firstOpinion").focus();
        TasklistPage keyboard = new TasklistPage(pile.page(), address());
        keyboard.compose(List.of("f", "fu", "fu he"), "");
        keyboard.enterWhileComposing();
        assertThat(pile.entered()).hasCount(0);
        assertThat(pile.chosen()).containsText(first);
        keyboard.compose(List.of(), "符合条件");
        assertThat(pile.field("field_firstOpinion")).hasValue("符合条件");
        pile.type("1?");
        assertThat(pile.field("field_firstOpinion")).hasValue("符合条件1?");
        pile.press("Control+Enter");
        assertThat(pile.entered()).hasCount(1);

        // what the form forbids is said at the field
        pile.press("4", "Enter");
        assertThat(pile.hint()).containsText("需要更正");
        assertThat(pile.page().locator(".bh-pile-right .fjs-has-errors").first())
                .isVisible();
        pile.picture("pile-wrong");
        // the open list of the form viewer scrolls with its input's keys, which axe does not see
        pile.press("Escape");
        assertThat(Axe.serious(pile.page())).isEmpty();
        visibleFocus(pile);
    }

    /** Tab goes once around: each stop can be seen. */
    private static void visibleFocus(PilePage pile) {
        pile.page().locator(".bh-pile-back").focus();
        for (int i = 0; i < 20; i++) {
            pile.press("Tab");
            assertThat((boolean) pile.page().evaluate("""
                            () => {
                              let at = document.activeElement;
                              // the text is a tree of its own
                              while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
                              if (at === document.body) return true;
                              return [at, at.closest('.fjs-input-group, .fjs-taglist, .bh-pile-line')].some(one => one
                                && getComputedStyle(one).outlineStyle !== 'none' && parseFloat(getComputedStyle(one).outlineWidth) > 0);
                            }"""))
                    .as("focus " + pile.page().evaluate("document.activeElement.outerHTML.slice(0, 200)"))
                    .isTrue();
        }
    }

    // ---- the network

    @Test
    void aLostConnectionCostsNothingAndSendingAgainDoublesNothing() {
        List<String> numbers = pile(25);
        PilePage pile = clerk(0);
        pile.press("1", "Enter");
        assertThat(pile.entered()).hasCount(1);

        pile.page().context().setOffline(true);
        pile.press("1", "Enter");
        assertThat(pile.hint()).containsText("网络中断");
        assertThat(pile.entered()).hasCount(1);
        pile.page().context().setOffline(false);
        pile.press("Control+Enter");
        for (int i = 2; i < 25; i++) {
            assertThat(pile.entered()).hasCount(i);
            pile.press("1", "Enter");
        }
        assertThat(pile.entered()).hasCount(25);

        // what is entered is there on another machine, too
        PilePage other = new PilePage(tasklistOf("暴晓岚"), address(), 0);
        other.page().navigate(address() + "/camunda/app/tasklist/default/#/pile?step=" + FIRST.replace("/", "%2F"));
        assertThat(other.entered()).hasCount(25);

        // the second part reaches the server, its answer does not reach the browser
        AtomicInteger sent = new AtomicInteger();
        pile.page().route(Pattern.compile(".*/hand-in"), route -> {
            if (sent.incrementAndGet() == 2) {
                route.fetch();
                route.abort();
            } else {
                route.resume();
            }
        });
        pile.press("Control+Shift+Enter");
        assertThat(pile.dialog()).containsText("25件");
        pile.press("Enter");
        assertThat(pile.told()).containsText("网络中断，提交停在这里。已提交10件");
        pile.picture("pile-broken");
        assertThat(pile.entered()).hasCount(5);
        pile.press("Control+Shift+Enter");
        assertThat(pile.dialog()).containsText("提交已录入的");
        pile.press("Enter");
        assertThat(pile.told()).containsText("已提交5件");
        assertThat(numbers).allMatch(number -> answers(number) == 1);
    }

    @Test
    void whatChangedMeanwhileIsNamedAndThePileIsReachedFromTheList() {
        List<String> numbers = pile(3);
        TasklistPage list = tasklist("暴晓岚");
        list.page()
                .locator(".bh-piles a", new Page.LocatorOptions().setHasText("初审提案"))
                .click();
        PilePage pile = new PilePage(list.page(), address(), 0);
        pile.form().waitFor();
        pile.page().locator(".bh-pile-right :focus").waitFor();
        for (int i = 1; i <= 3; i++) {
            pile.press("1", "Enter");
            assertThat(pile.entered()).hasCount(i);
        }
        String owner = db().sql("select proposer_person from proposal_proposal where case_number = ?")
                .param(numbers.get(1))
                .query(String.class)
                .single();
        bean(Submission.class).withdraw(numbers.get(1), owner, "情况已经变化，不再需要。");
        pile.press("Control+Shift+Enter");
        assertThat(pile.dialog()).containsText("提交已录入的");
        pile.press("Enter");
        assertThat(pile.failures()).containsText(numbers.get(1));
        assertThat(pile.failures()).containsText("已不在待办中");
        assertThat(pile.told()).containsText("已提交2件，1件没有提交");
        readsChinese(pile.page());
        pile.picture("pile-failures");
    }

    // ---- screens

    @Test
    void thePileFitsADeskAndReadsOnAPhone() {
        pile(8);
        PilePage pile = clerk(0);
        pile.press("1", "Enter");
        assertThat(pile.entered()).hasCount(1);
        readsChinese(pile.page());
        fitsTheScreen(pile.page());
        assertThat(pile.text()).containsText("走访了八个社区");
        pile.picture("pile-1280");
        pile.press("4");
        pile.picture("pile-not-filed");

        PilePage phone = new PilePage(phone("暴晓岚"), address(), 0);
        phone.open(FIRST);
        assertThat(phone.text()).containsText("走访了八个社区");
        fitsTheScreen(phone.page());
        phone.page()
                .screenshot(new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(Path.of("target", "journeys", "pile-390.png")));
    }

    @Test
    void aTableWithABadCellIsReadDryAndSaysWhich() {
        pile(2);
        PilePage pile = clerk(0);
        pile.page()
                .locator(".bh-pile-top input[type=file]")
                .setInputFiles(new FilePayload("不是表格.xlsx", "application/octet-stream", new byte[] {1, 2, 3}));
        assertThat(pile.told()).containsText("另存为.xlsx");
        byte[] table = table(pile);
        pile.page()
                .locator(".bh-pile-top input[type=file]")
                .setInputFiles(new FilePayload(
                        "初审.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", table));
        assertThat(pile.dialog()).containsText("可以录入1件");
        assertThat(pile.dialog()).containsText("没有“立案吧”这一项");
        pile.picture("pile-table");
        pile.press("Enter");
        assertThat(pile.told()).containsText("已从表格录入1件");
        assertThat(pile.entered()).hasCount(1);
        assertThat(pile.entered()).containsText("建议立案");
    }

    private static byte[] table(PilePage pile) {
        List<String> numbers =
                pile.page().locator(".bh-pile-line .bh-card-number").allTextContents();
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        try (org.dhatim.fastexcel.Workbook book = new org.dhatim.fastexcel.Workbook(out, "WPS", "1.0")) {
            org.dhatim.fastexcel.Worksheet page = book.newWorksheet("待办");
            page.value(0, 0, "编号");
            page.value(0, 1, "建议的结论");
            page.value(0, 2, "类别");
            for (int row = 0; row < 2; row++) {
                page.value(row + 1, 0, numbers.get(row));
                page.value(row + 1, 1, row == 0 ? "建议立案" : "立案吧");
                page.value(row + 1, 2, "社会建设");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
