package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.banhao.casefile.OpenSteps;
import org.banhao.flow.Processes;
import org.banhao.proposal.domain.Category;
import org.banhao.proposal.domain.DraftContent;
import org.banhao.proposal.domain.Drafts;
import org.banhao.proposal.domain.Submission;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What reviewers advise is theirs until the last decision, on whatever page a case is read. */
class ReviewersAdviceTest extends OnH2 {

    @Autowired
    private Drafts drafts;

    @Autowired
    private Submission submission;

    @Autowired
    private Processes processes;

    @Autowired
    private OpenSteps openSteps;

    /** Handed in and reviewed twice; a meeting has still to decide. */
    private String planned() {
        String number = drafts.begin("wei-linshu", "wei-linshu");
        drafts.save(
                number,
                "wei-linshu",
                1,
                DraftContent.of("关于规范电动车充电的提案", "楼道充电多。", "充电桩少。", List.of("建设集中充电点。"), Category.SOCIETY));
        submission.handIn(number, "wei-linshu");
        answer(number, "bao-xiaolan", Map.of("firstVerdict", "notFile", "ground", "hollow"));
        answer(number, "miao-zhengqing", Map.of("secondVerdict", "notFile", "ground", "hollow"));
        return number;
    }

    private void answer(String number, String person, Map<String, Object> values) {
        processes.answer(openSteps.ofCase(number).get(0).taskId(), person, values);
    }

    @Test
    void aProposerReadsItNeitherOnTheCasePageNorInTheFragment() {
        String number = planned();

        for (String path : List.of("/cases/" + number, "/cases/" + number + "/fragment", "/my/proposals/" + number)) {
            HttpResponse<String> page = signedIn("卫林书").get(path);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).as(path).contains("审查中（终审）").doesNotContain("拟不予立案", "建议不予立案", "内容空泛");
        }
    }

    @Test
    void theConferencesStaffReadTheCaseAndTheAdviceAlsoWhenItIsNotTheirTurn() {
        String number = planned();

        assertThat(signedIn("暴晓岚").get("/cases/" + number).body()).contains("拟不予立案", "初审：建议不予立案", "审查意见");
    }
}
