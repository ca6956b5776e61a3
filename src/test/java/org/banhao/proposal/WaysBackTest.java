package org.banhao.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.banhao.base.ChineseTime;
import org.banhao.calendar.Deadline;
import org.banhao.calendar.Deadlines;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseMeetings;
import org.banhao.casefile.DeadlineMoves;
import org.banhao.casefile.OpenStep;
import org.banhao.casefile.OpenSteps;
import org.banhao.flow.Processes;
import org.banhao.people.People;
import org.banhao.people.domain.Accounts;
import org.banhao.proposal.domain.Drafts;
import org.banhao.proposal.domain.Meetings;
import org.banhao.proposal.domain.Merging;
import org.banhao.proposal.domain.MyProposals;
import org.banhao.proposal.domain.Submission;
import org.banhao.whole.OnH2;
import org.camunda.bpm.engine.ManagementService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Ways that lead back or aside, with the real engine, calendar, people and list of open steps under them. */
class WaysBackTest extends OnH2 {

    private static final String SECURITY = "yi-an";

    @Autowired
    private Drafts drafts;

    @Autowired
    private Submission submission;

    @Autowired
    private Processes processes;

    @Autowired
    private OpenSteps openSteps;

    private String handedIn(String person, String title, String... coSigners) {
        String number = drafts.begin(person, person);
        drafts.save(number, person, 1, ProposalStories.with(ProposalStories.coSigned(coSigners), "title", title));
        submission.handIn(number, person);
        return number;
    }

    private OpenStep step(String number) {
        assertThat(openSteps.ofCase(number)).hasSize(1);
        return openSteps.ofCase(number).get(0);
    }

    private void answer(String number, String person, Map<String, Object> values) {
        processes.answer(step(number).taskId(), person, values);
    }

    @Test
    void whoLeavesHisGroupHandsTheRevisionToTheNextWhoSignedThenToTheOffice() {
        String number = handedIn("yuan-zhixia", "关于社区助餐点选址的提案", "shen-yuhe");
        submission.confirm(number, "shen-yuhe");
        answer(number, "bao-xiaolan", Map.of("firstVerdict", "return", "defects", List.of("noSuggestion")));
        assertThat(step(number).assignee()).isEqualTo("yuan-zhixia");
        assertThat(step(number).groups()).containsExactly("proposal-clerk");
        Accounts accounts = bean(Accounts.class);
        try {
            accounts.leave(SECURITY, "yuan-zhixia", "member");
            assertThat(step(number).assignee()).isEqualTo("shen-yuhe");

            accounts.leave(SECURITY, "shen-yuhe", "member");
            assertThat(step(number).assignee()).isNull();
            assertThat(bean(MyProposals.class).own("su-ming"))
                    .anySatisfy(line -> assertThat(line.caseNumber()).isEqualTo(number));
        } finally {
            for (String person : List.of("yuan-zhixia", "shen-yuhe")) {
                if (!bean(People.class).groupsOf(person).contains("member")) {
                    accounts.join(SECURITY, person, "member");
                }
            }
        }
        submission.withdraw(number, "yuan-zhixia", "试验完毕。");
    }

    @Test
    void aMergedProposalWaitsInTheEngineAndGoesBackToFirstReview() {
        String lead = handedIn("wei-linshu", "关于完善步行道照明的提案");
        String minor = handedIn("gao-qingyuan", "关于改善步行道照明的提案");
        answer(minor, "bao-xiaolan", Map.of("leadCase", lead, "firstVerdict", "merge", "category", "society"));
        answer(minor, "miao-zhengqing", Map.of("leadCase", lead, "secondVerdict", "merge", "category", "society"));
        long meeting =
                bean(CaseMeetings.class).create("committee", "步行道审议会议", LocalDate.of(2026, 1, 12), "yan-xiaoman");
        bean(Meetings.class)
                .decide(
                        meeting,
                        List.of(new Meetings.Decision(minor, 2, "merge", lead, null, null, List.of(), null, null)),
                        "yan-xiaoman");
        CaseFiles cases = bean(CaseFiles.class);
        assertThat(cases.get(minor).status()).isEqualTo("merged");
        assertThat(openSteps.ofCase(minor)).isEmpty();
        bean(Merging.class).object(minor, "gao-qingyuan", "主案没有说自行车道。");

        bean(Merging.class).undo(minor, "bao-xiaolan", "内容不同。");

        assertThat(cases.links(lead)).isEmpty();
        assertThat(step(minor).task()).isEqualTo("userTask_firstReview");
        assertThat(cases.mayRead(lead, "gao-qingyuan", List.of())).isFalse();
        submission.withdraw(minor, "gao-qingyuan", "试验完毕。");
        submission.withdraw(lead, "wei-linshu", "试验完毕。");
    }

    @Test
    void theTermOfCoSigningExplainsItselfAndMovesWithItsTimer() {
        String number = handedIn("wei-linshu", "关于增设无障碍坡道的提案", "gao-qingyuan");
        Deadline term = bean(Deadlines.class).open(number, "coSignature").orElseThrow();
        assertThat(term.sentence()).contains("提案征集截止时刻").contains("依据：");
        assertThat(term.range()).contains("3小时");
        Instant given = term.due().minus(Duration.ofDays(3));

        bean(DeadlineMoves.class).move(term.id(), given, "代表在外考察");

        assertThat(bean(ManagementService.class)
                        .createJobQuery()
                        .processInstanceId(term.instanceId())
                        .singleResult()
                        .getDuedate()
                        .toInstant())
                .isEqualTo(given);
        assertThat(bean(MyProposals.class).page(number, "wei-linshu").statusLine())
                .contains(ChineseTime.text(given));
        submission.withdraw(number, "wei-linshu", "试验完毕。");
        assertThat(bean(Deadlines.class).open(number, "coSignature")).isEmpty();
    }
}
