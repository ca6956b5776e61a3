package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.banhao.proposal.domain.Category;
import org.banhao.proposal.domain.DraftContent;
import org.banhao.proposal.domain.Drafts;
import org.banhao.testing.WebSession;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Two windows at one draft. */
class DraftConflictTest extends OnH2 {

    @Autowired
    private Drafts drafts;

    @Test
    void whatWasTypedInAnOldWindowStaysOnThePageAndOverwritesNothing() {
        String number = drafts.begin("wei-linshu", "wei-linshu");
        WebSession member = signedIn("卫林书");
        String page = "/my/drafts/" + number;
        DraftContent newer = DraftContent.of("关于另一窗口的提案", "另一窗口写的。", "", List.of("另一条。"), Category.SOCIETY);
        drafts.save(number, "wei-linshu", 1, newer);

        for (int again = 0; again < 2; again++) {
            HttpResponse<String> refused = member.post(
                    page,
                    page + "/submit",
                    Map.of("version", "1", "title", "关于旧窗口的提案", "situation", "旧窗口新写的。", "suggestions", "旧窗口一条。"));

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body())
                    .contains("没有保存", "关于旧窗口的提案", "旧窗口新写的。", "旧窗口一条。")
                    .contains("name=\"version\" value=\"1\"");
        }
        assertThat(drafts.view(number, "wei-linshu").proposal().title()).isEqualTo("关于另一窗口的提案");
    }
}
