package org.banhao.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.banhao.testing.Printed;
import org.junit.jupiter.api.Test;

/** A long proposal on paper, from the step in Tasklist. */
class PrintJourneyTest extends Journey {

    private static final String TITLE = "关于三千字长文也能完整打印的提案";
    private static final int SENTENCES = 60;

    /** Sentences that can be told apart on paper: 28 characters each, or so. */
    private static String sentences(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(at -> "[" + at + "]三处医院周边每日缺少车位四百余个，高峰时排队入院平均要四十分钟以上。")
                .collect(Collectors.joining("\n"));
    }

    @Test
    void theDossierAndTheFormArePrintedWholeWithTheNumberOnEachSheetAndNothingOfTheScreen() {
        MyPage draft = my("原知夏").begin().fill(TITLE);
        draft.page().locator("#situation").fill(sentences(100, 100 + SENTENCES / 2));
        draft.page().locator("#analysis").fill(sentences(100 + SENTENCES / 2, 100 + SENTENCES));
        String number = draft.handIn();

        TasklistPage clerk = sign(tasklist("暴晓岚"), number);
        clerk.field("field_firstOpinion").fill(sentences(900, 930));
        Printed form = Printed.of(clerk.page());
        assertThat(form.sheets()).hasSizeBetween(2, 4);
        isWhole(form, number, 900, 930);
        assertThat(form.text()).contains("初审提案", "建议立案", TITLE);

        clerk.tab("卷宗").click();
        clerk.dossier().getByText("办理经过").first().waitFor();
        Printed inTasklist = Printed.of(clerk.page());
        isWhole(inTasklist, number, 100, 100 + SENTENCES);

        Page file = clerk.page()
                .context()
                .waitForPage(() -> clerk.dossier().locator("a.button").click());
        file.locator("h1").waitFor();
        Printed dossier = Printed.of(file);
        isWhole(dossier, number, 100, 100 + SENTENCES);
        assertThat(dossier.sheets()).hasSizeBetween(3, 5).hasSameSizeAs(inTasklist.sheets());
        assertThat(file.locator(".casefile-running").isVisible())
                .as("what is for paper only")
                .isFalse();
    }

    /** Each sheet says whose it is and which it is, none is empty, every sentence is there once, and no part of the screen. */
    private static void isWhole(Printed printed, String number, int from, int to) {
        int sheets = printed.sheets().size();
        for (int at = 0; at < sheets; at++) {
            assertThat(printed.sheets().get(at))
                    .as("sheet " + (at + 1))
                    .contains(number)
                    .contains("第" + (at + 1) + "页,共" + sheets + "页")
                    .hasSizeGreaterThan(120);
        }
        assertThat(IntStream.range(from, to).filter(at -> printed.text().split("\\[" + at + "]", -1).length != 2))
                .as("sentences that are missing or there twice")
                .isEmpty();
        assertThat(printed.text()).doesNotContain("成批办理", "待签收", "退出", "大字", "菜单", "关联其他案件", "本系统不得处理涉密信息");
    }
}
