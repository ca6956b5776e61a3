package org.banhao.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseMeetings;
import org.banhao.casefile.OpenSteps;
import org.banhao.flow.Processes;
import org.banhao.people.People;
import org.banhao.people.Person;
import org.banhao.people.Roles;
import org.banhao.proposal.domain.Category;
import org.banhao.proposal.domain.DraftContent;
import org.banhao.proposal.domain.Drafts;
import org.banhao.proposal.domain.Meetings;
import org.banhao.proposal.domain.NumberOrder;
import org.banhao.proposal.domain.Registration;
import org.banhao.proposal.domain.Submission;
import org.banhao.whole.OnH2;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** 103 real titles through the real forms, with the published category as the reviewers' answer. */
class TitlesScenarioTest extends OnH2 {

    @Autowired
    private Drafts drafts;

    @Autowired
    private Submission submission;

    @Autowired
    private Meetings meetings;

    @Autowired
    private CaseMeetings caseMeetings;

    @Autowired
    private Registration registration;

    @Autowired
    private Processes processes;

    @Autowired
    private OpenSteps openSteps;

    @Autowired
    private CaseFiles cases;

    @Autowired
    private People people;

    @Autowired
    private JdbcClient jdbc;

    private record Real(String title, Category category) {}

    private static List<Real> titles() throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(TitlesScenarioTest.class.getResourceAsStream("/proposal/titles.tsv")),
                StandardCharsets.UTF_8))) {
            return in.lines()
                    .skip(1)
                    .map(line -> line.split("\t"))
                    .map(cells -> new Real(cells[0], category(cells[1])))
                    .toList();
        }
    }

    /** One source names its own class 文化宣传类; by content it is culture. */
    private static Category category(String name) {
        for (Category category : Category.values()) {
            if (category.label().equals(name)) {
                return category;
            }
        }
        assertThat(name).isEqualTo("文化宣传类");
        return Category.CULTURE;
    }

    private Person one(String role) {
        return people.membersOf(role).get(0);
    }

    private void answer(String number, String role, Map<String, Object> values) {
        processes.answer(openSteps.ofCase(number).get(0).taskId(), one(role).id(), values);
    }

    /** A session of its own: the demonstration's proposals, which others look at, stay as they are. */
    @BeforeEach
    void ownSession() {
        jdbc.sql("update proposal_session set current_one = false where id = '14-5'")
                .update();
        jdbc.sql("""
                        insert into proposal_session (id, name, closes_at, final_decider, title_limit, text_limit, suggestion_limit, wish_limit,
                          co_sign_least_days, current_one)
                        select '14-T', '标题集', closes_at, final_decider, title_limit, text_limit, suggestion_limit, wish_limit,
                          co_sign_least_days, true from proposal_session where id = '14-5'""").update();
    }

    @AfterEach
    void sessionOfTheDemonstration() {
        jdbc.sql("update proposal_session set current_one = (case when id = '14-5' then true else false end)")
                .update();
    }

    @Test
    void everyTitleIsHandedInReviewedTwiceDecidedByOneMeetingAndNumberedWithoutAGap() throws IOException {
        List<Real> titles = titles();
        assertThat(titles).hasSize(103);
        String member = "wei-linshu";
        List<String> numbers = new ArrayList<>();
        for (Real real : titles) {
            String number = drafts.begin(member, member);
            drafts.save(
                    number,
                    member,
                    1,
                    DraftContent.of(real.title(), "有关情况。", "问题所在。", List.of("一条具体建议。"), Category.POLITICS));
            submission.handIn(number, member);
            answer(
                    number,
                    Roles.PROPOSAL_CLERK,
                    Map.of("firstVerdict", "file", "category", real.category().code()));
            answer(
                    number,
                    Roles.GROUP_REVIEWER,
                    Map.of("secondVerdict", "file", "category", real.category().code()));
            assertThat(cases.get(number).statusName()).as(real.title()).isEqualTo("拟立案");
            numbers.add(number);
        }

        String secretary = one(Roles.MEETING_SECRETARY).id();
        long meeting = caseMeetings.create("committee", "标题集审议会议", java.time.LocalDate.of(2026, 1, 10), secretary);
        Meetings.Outcome outcome = meetings.decide(
                meeting,
                numbers.stream()
                        .map(number -> new Meetings.Decision(number, null, "file", null, null, null, List.of(), null))
                        .toList(),
                secretary);
        assertThat(outcome.failures()).isEmpty();

        List<String> pile = registration.preview(NumberOrder.BY_CATEGORY).stream()
                .map(Registration.Line::caseNumber)
                .toList();
        assertThat(pile).containsExactlyInAnyOrderElementsOf(numbers);
        assertThat(registration.numberAll(
                        NumberOrder.BY_CATEGORY, pile, one(Roles.PROPOSAL_CLERK).id()))
                .isEqualTo(pile.size());

        List<Integer> given = jdbc.sql(
                        "select file_number from proposal_proposal where session_id = '14-T' order by file_number")
                .query(Integer.class)
                .list();
        assertThat(given).isEqualTo(IntStream.rangeClosed(1, 103).boxed().toList());
        for (int i = 0; i < titles.size(); i++) {
            assertThat(cases.get(numbers.get(i)).status()).isEqualTo("filed");
            assertThat(jdbc.sql("select category_decided from proposal_proposal where case_number = ?")
                            .param(numbers.get(i))
                            .query(String.class)
                            .single())
                    .as(titles.get(i).title())
                    .isEqualTo(titles.get(i).category().code());
        }
    }
}
