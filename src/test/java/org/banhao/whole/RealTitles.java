package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.banhao.testing.Desk;
import org.banhao.testing.Whole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** 103 titles of proposals that cities published, each from the member's page to its file number, over HTTP only. */
interface RealTitles extends Whole {

    /** The kinds as the sources name them → the five of this system. 文化宣传类 is the national committee's word for one of them. */
    Map<String, String> CATEGORIES = Map.of(
            "经济建设", "economy",
            "政治建设", "politics",
            "文化建设", "culture",
            "文化宣传类", "culture",
            "社会建设", "society",
            "生态文明建设", "ecology");

    record Title(String text, String category) {}

    static List<Title> titles() {
        try (InputStream file = Objects.requireNonNull(RealTitles.class.getResourceAsStream("/proposal/titles.tsv"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new Title(
                            cells[0],
                            Objects.requireNonNull(CATEGORIES.get(cells[1]), "an unknown category: " + cells[1])))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    default void everyPublishedTitleGoesThroughAllFormsToItsFileNumber() {
        List<Title> titles = titles();
        assertThat(titles).hasSize(103);
        List<Desk> members = Desk.MEMBERS.stream().map(this::desk).toList();
        Committee committee = new Committee(this);
        Map<String, Title> cases = new LinkedHashMap<>();
        for (Title title : titles) {
            Desk member = members.get(cases.size() % members.size());
            // the proposer's own choice is another one: what counts is what reviewers say
            String wish = title.category().equals("society") ? "economy" : "society";
            cases.put(member.propose(title.text(), wish), title);
        }
        assertThat(cases).hasSize(103);
        stage(cases, "firstReview", "userTask_firstReview", "proposal-clerk", null);

        cases.forEach((number, title) -> committee.first(number, title.category()));
        stage(cases, "secondReview", "userTask_secondReview", "group-reviewer", "初审：建议立案");

        cases.forEach((number, title) ->
                assertThat(committee.second(number)).as(number).isEqualTo(title.category()));
        stage(cases, "planFile", "userTask_decideInMeeting", "meeting-secretary", "复审：建议立案");

        committee.decided(committee.meeting("提案委员会审查会议（全部案由）"), List.copyOf(cases.keySet()));
        stage(cases, "awaitingNumber", "userTask_assignFileNumber", "proposal-clerk", "终审（提案委员会审查会议（全部案由））：立案");

        List<String> waiting = Committee.waitingForNumbers(committee.clerk);
        assertThat(waiting).containsAll(cases.keySet());
        assertThat(Committee.numberAll(committee.clerk, waiting)).contains("已编号" + waiting.size() + "件");
        stage(cases, "filed", "userTask_confirmUnits", null, "立案，编定案号");

        assertThat(fileNumbersInOrder(cases)).isSorted().doesNotHaveDuplicates();
        Map<String, Long> wanted =
                titles.stream().collect(Collectors.groupingBy(Title::category, TreeMap::new, Collectors.counting()));
        assertThat(decidedCategories(cases)).isEqualTo(wanted);
        assertThat(wanted)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("culture", 17L, "ecology", 15L, "economy", 30L, "politics", 4L, "society", 37L));
        cases.forEach((number, title) -> assertThat(db().sql("select count(*) from notice_outbox where case_number = ?"
                                + " and template in ('submitted', 'filed')")
                        .param(number)
                        .query(Integer.class)
                        .single())
                .as(number + " " + title.text())
                .isEqualTo(2));
        String first = cases.keySet().iterator().next();
        assertThat(members.get(0).web().get("/my/proposals/" + first).body()).contains("已立案", "号");
    }

    /** After each stage, for each case: state, timeline, exactly one open step of exactly one group; null: the office in charge. */
    private void stage(
            Map<String, Title> cases, String status, String task, @Nullable String group, @Nullable String what) {
        List<String> wrong = new ArrayList<>();
        cases.forEach((number, title) -> {
            String row = db().sql("select status || ' ' || title from casefile_case where number = ?")
                    .param(number)
                    .query(String.class)
                    .single();
            if (!row.equals(status + " " + title.text())) wrong.add(number + " is " + row);
            List<String> open = db().sql(
                            "select task || ' ' || group_id || ' ' || title || ' ' || coalesce(assignee, '-')"
                                    + " from casefile_open_step where number = ?")
                    .param(number)
                    .query(String.class)
                    .list();
            List<String> wanted =
                    List.of(task + " " + (group == null ? office(number) : group) + " " + title.text() + " -");
            if (!open.equals(wanted)) wrong.add(number + " waits for " + open);
            int told = db().sql("select count(*) from casefile_timeline where case_number = ? and what = ?")
                    .params(number, what == null ? "提案进入审查" : what)
                    .query(Integer.class)
                    .single();
            if (told != 1)
                wrong.add(number + " has " + told + " times " + what + " in "
                        + db().sql("select what from casefile_timeline where case_number = ? order by id")
                                .param(number)
                                .query(String.class)
                                .list());
        });
        assertThat(wrong).as("at stage " + status).isEmpty();
        assertThat(Consistency.faults(db())).as("at stage " + status).isEmpty();
    }

    private String office(String number) {
        return db().sql("select office from proposal_assignment_plan where case_number = ?")
                .param(number)
                .query(String.class)
                .single();
    }

    private List<Integer> fileNumbersInOrder(Map<String, Title> cases) {
        return db().sql(
                        "select file_number from proposal_proposal where case_number in (:numbers) order by submitted_at, case_number")
                .param("numbers", cases.keySet())
                .query(Integer.class)
                .list();
    }

    private Map<String, Long> decidedCategories(Map<String, Title> cases) {
        Map<String, Long> counted = new TreeMap<>();
        db().sql(
                        "select category_decided as c, count(*) as n from proposal_proposal where case_number in (:numbers) group by category_decided")
                .param("numbers", cases.keySet())
                .query(row -> {
                    counted.put(row.getString("c"), row.getLong("n"));
                });
        return counted;
    }
}
