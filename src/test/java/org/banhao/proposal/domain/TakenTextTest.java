package org.banhao.proposal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.banhao.document.WordText;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proposals as members write them: with numbers or without, by hand or by a printed form. */
class TakenTextTest {

    @Test
    void theUsualThreePartsAndTheirNumberedSuggestions() {
        TakenText text = TakenText.of("""
                关于缓解中小学校门口上下学时段交通拥堵的提案
                提案人：卫林书
                联系电话：13900000000
                一、基本情况
                　　每天上下学时段，英雄中路小学门前道路两侧停满接送车辆。
                　　公交车无法靠站。
                二、存在的问题及原因分析
                （一）监管措施不到位。
                （二）停车办法不多。
                三、意见建议
                （一）错时放学。
                分年级间隔十五分钟。
                （二）在校门两侧各设五十米即停即走区。
                （三）增开助学公交专线。
                政协委员 卫林书
                2026年11月23日""");
        assertThat(text.title()).isEqualTo("关于缓解中小学校门口上下学时段交通拥堵的提案");
        assertThat(text.situation()).isEqualTo("每天上下学时段，英雄中路小学门前道路两侧停满接送车辆。\n公交车无法靠站。");
        assertThat(text.analysis()).isEqualTo("（一）监管措施不到位。\n（二）停车办法不多。");
        assertThat(text.suggestions()).containsExactly("错时放学。\n分年级间隔十五分钟。", "在校门两侧各设五十米即停即走区。", "增开助学公交专线。");
        assertThat(text.leftOut()).containsExactly("提案人：卫林书", "联系电话：13900000000", "政协委员 卫林书", "2026年11月23日");
        assertThat(text.remarks()).isEmpty();
    }

    @Test
    void headingsWithoutNumbersAndTextAfterTheColon() {
        TakenText text = TakenText.of("""
                案由：关于加装电梯的建议
                现状：老旧小区多数没有电梯。
                问题分析：意见难统一，资金难筹集。
                建议：
                1.出台实施办法。
                2、设立专项补贴。
                3．由社区牵头协商。""");
        assertThat(text.title()).isEqualTo("关于加装电梯的建议");
        assertThat(text.situation()).isEqualTo("老旧小区多数没有电梯。");
        assertThat(text.analysis()).isEqualTo("意见难统一，资金难筹集。");
        assertThat(text.suggestions()).containsExactly("出台实施办法。", "设立专项补贴。", "由社区牵头协商。");
    }

    @Test
    void aTextWithoutHeadingsThatLeadsInToItsSuggestions() {
        TakenText text = TakenText.of("""
                关于发展公园经济的提案
                近年来公园免费开放，游人很多，但是配套不足。
                为此，提出以下建议：
                一是开放配套用房。
                二是允许限时摆摊。""");
        assertThat(text.situation()).isEqualTo("近年来公园免费开放，游人很多，但是配套不足。");
        assertThat(text.suggestions()).containsExactly("开放配套用房。", "允许限时摆摊。");
        assertThat(text.remarks()).containsExactly("没有认出“问题分析”，请核对各栏的内容。");
    }

    @Test
    void withoutAnyHeadingEverythingIsInOneFieldAndThatIsSaid() {
        TakenText text = TakenText.of("关于公交的提案\n公交少。\n请多开几班。");
        assertThat(text.situation()).isEqualTo("公交少。\n请多开几班。");
        assertThat(text.suggestions()).isEmpty();
        assertThat(text.remarks()).containsExactly("没有认出“情况”“问题”“建议”等小标题，全文都放在“情况”里，请剪切到相应栏目。");
    }

    @Test
    void aPrintedFormOfAWordTable() {
        TakenText text = TakenText.of(new WordText(
                List.of(
                        new WordText.Paragraph("政协长治市第十四届委员会第五次会议提案表", 0, false),
                        new WordText.Paragraph("提案人 | 卫林书", 0, true),
                        new WordText.Paragraph("案由 | 关于规范停车秩序的提案", 0, true),
                        new WordText.Paragraph("情况分析：", 0, false),
                        new WordText.Paragraph("乱停车普遍。", 0, false),
                        new WordText.Paragraph("建　议：", 0, false),
                        new WordText.Paragraph("1.划线。", 0, false),
                        new WordText.Paragraph("2.执法。", 0, false)),
                List.of(),
                List.of("文件里的表格已转成文字，每行一行，请核对。")));
        assertThat(text.title()).isEqualTo("关于规范停车秩序的提案");
        assertThat(text.analysis()).isEqualTo("乱停车普遍。");
        assertThat(text.suggestions()).containsExactly("划线。", "执法。");
        assertThat(text.leftOut()).containsExactly("政协长治市第十四届委员会第五次会议提案表", "提案人 | 卫林书");
        assertThat(text.remarks()).startsWith("文件里的表格已转成文字，每行一行，请核对。");
    }

    @Test
    void aTitleOverTwoLinesIsOne() {
        assertThat(TakenText.of("关于进一步加强农村老旧桥梁\n安全管理的提案\n建议\n修桥。").title()).isEqualTo("关于进一步加强农村老旧桥梁安全管理的提案");
    }

    @Test
    void suggestionsWithoutNumbersAreOneAParagraph() {
        assertThat(TakenText.of("关于桥的提案\n情况\n桥旧。\n建议\n修桥。\n设岗。").suggestions()).containsExactly("修桥。", "设岗。");
    }

    @ParameterizedTest
    @ValueSource(strings = {"桥\u00A0旧\u200B。", "　　桥 旧。\uFEFF", "\uF06C桥\t旧。", "  桥  旧。  "})
    void whatFormattingLeavesBehindIsCleaned(String line) {
        assertThat(TakenText.of("关于桥的提案\n情况\n" + line + "\n建议\n修桥。").situation())
                .isEqualTo("桥 旧。");
    }

    @Test
    void rareCharactersStay() {
        assertThat(TakenText.of("关于𠮷㸚村的提案\n情况\n𠮷㸚村。\n建议\n修路。").situation()).isEqualTo("𠮷㸚村。");
    }

    @Test
    void nothingOfTheTextIsLost() {
        String lines = """
                关于缓解拥堵的提案
                随便一段开场。
                存在问题
                路窄。
                （一）建议多设标线的做法效果不好。
                对策建议
                有关部门要重视，多想办法。
                （1）拓宽。
                细节。
                四、保障措施
                （2）加岗。
                落款单位""";
        TakenText text = TakenText.of(lines);
        String all = text.title()
                + text.situation()
                + text.analysis()
                + String.join("", text.suggestions())
                + String.join("", text.leftOut());
        for (String content : List.of("随便一段开场", "路窄", "多设标线", "多想办法", "拓宽", "细节", "加岗", "落款单位")) {
            assertThat(all).contains(content);
        }
    }

    @Test
    void hugeLinesAreNoTrouble() {
        Assertions.assertTimeout(
                Duration.ofSeconds(10),
                () -> TakenText.of(
                        "关于" + "建议".repeat(25_000) + "\n" + "一、".repeat(20_000) + "\n" + "（".repeat(20_000)));
    }
}
