package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.banhao.testing.Desk;
import org.banhao.testing.Together;
import org.banhao.testing.Whole;
import org.junit.jupiter.api.Test;

/** Many people at the same moment: no number twice, none lost, no answer doubled, and who was slower is told so. */
interface NumbersUnderLoad extends Whole {

    int MANY = 32;

    @Test
    default void thirtyTwoProposalsHandedInAtOnceHaveThirtyTwoNumbersAndNoneIsLost() {
        List<Desk> members = IntStream.range(0, MANY)
                .mapToObj(i -> desk(Desk.MEMBERS.get(i % Desk.MEMBERS.size())))
                .toList();
        List<String> titles =
                IntStream.range(0, MANY).mapToObj(i -> "关于同时提交第" + i + "号样本的提案").toList();
        List<Callable<String>> acts = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            Desk member = members.get(i);
            String title = titles.get(i);
            acts.add(() -> member.propose(title, "economy"));
        }

        List<String> numbers = Together.all(acts);

        assertThat(numbers).doesNotHaveDuplicates().hasSize(MANY);
        for (int i = 0; i < MANY; i++) {
            assertThat(db().sql("select title || ' ' || status || ' ' || unit from casefile_case where number = ?")
                            .param(numbers.get(i))
                            .query(String.class)
                            .single())
                    .isEqualTo(titles.get(i) + " firstReview "
                            + members.get(i).account().name());
        }
        assertThat(Consistency.faults(db())).isEmpty();
    }

    @Test
    default void thirtyTwoFileNumbersGivenAtOnceFollowEachOtherWithoutAGap() {
        Committee committee = new Committee(this);
        List<String> numbers = committee.upToTheNumber(this, "并发编号会议", MANY);
        int before = db().sql("select count(*) from proposal_proposal where file_number is not null")
                .query(Integer.class)
                .single();
        Desk other = desk("宿明");
        List<Callable<HttpResponse<String>>> acts = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            Desk clerk = i % 2 == 0 ? committee.clerk : other;
            String task = clerk.task(numbers.get(i));
            Desk.ok(clerk.claim(task), 204);
            acts.add(() -> clerk.submit(task, Map.of("numberConfirmed", true)));
        }

        List<HttpResponse<String>> answers = Together.all(acts);

        assertThat(answers).allSatisfy(answer -> Desk.ok(answer, 204));
        assertThat(db().sql("select count(*) from proposal_proposal where file_number is not null")
                        .query(Integer.class)
                        .single())
                .isEqualTo(before + MANY);
        assertThat(db().sql("select distinct status from casefile_case where number in (:numbers)")
                        .param("numbers", numbers)
                        .query(String.class)
                        .list())
                .containsExactly("filed");
        assertThat(Consistency.faults(db())).isEmpty();
    }

    @Test
    default void ofTwoAnswersToOneTaskExactlyOneCountsAndTheOtherIsToldInChinese() {
        Desk member = desk("卫林书");
        Desk clerk = desk("暴晓岚");
        Desk sameClerkElsewhere = desk("暴晓岚");
        clerk.list(Desk.WAITING, "{}");
        sameClerkElsewhere.list(Desk.WAITING, "{}");
        for (int round = 0; round < 8; round++) {
            String number = member.propose("关于同一任务两人同时提交（" + round + "）的提案", "culture");
            String task = clerk.task(number);
            Desk.ok(clerk.claim(task), 204);

            List<HttpResponse<String>> answers = Together.all(List.of(
                    () -> clerk.submit(task, Map.of("firstVerdict", "file", "category", "culture")),
                    () -> sameClerkElsewhere.submit(task, Map.of("firstVerdict", "file", "category", "society"))));

            assertThat(answers).filteredOn(a -> a.statusCode() == 204).hasSize(1);
            assertThat(answers)
                    .filteredOn(a -> a.statusCode() != 204)
                    .singleElement()
                    .satisfies(Sentences::refused);
            String counted = answers.get(0).statusCode() == 204 ? "culture" : "society";
            assertThat(db().sql("select category from proposal_review where case_number = ?")
                            .param(number)
                            .query(String.class)
                            .list())
                    .containsExactly(counted);
        }
        assertThat(Consistency.faults(db())).isEmpty();
    }

    @Test
    default void aPileNumberedWhileAColleagueNumbersOneOfItEndsWithOneNumberForEach() {
        Committee committee = new Committee(this);
        Desk other = desk("宿明");
        other.list(Desk.WAITING, "{}");
        for (int round = 0; round < 4; round++) {
            List<String> numbers = committee.upToTheNumber(this, "整批编号会议" + round, 2);
            String one = numbers.get(0);
            String task = other.task(one);
            Desk.ok(other.claim(task), 204);
            List<String> expected = Committee.waitingForNumbers(committee.clerk);
            assertThat(expected).containsAll(numbers);

            List<Object> answers = Together.all(List.of(
                    () -> Committee.numberAll(committee.clerk, expected),
                    () -> other.submit(task, Map.of("numberConfirmed", true))));

            String told = (String) answers.get(0);
            @SuppressWarnings("unchecked")
            HttpResponse<String> single = (HttpResponse<String>) answers.get(1);
            boolean pile = told.contains("已编号" + expected.size() + "件");
            if (single.statusCode() == 204) {
                assertThat(pile).as("both numbered the same proposal").isFalse();
                Sentences.told(told);
            } else {
                Sentences.refused(single);
                assertThat(pile).as("neither was done: " + single.body()).isTrue();
            }
            assertThat(db().sql(
                                    "select count(*) from proposal_proposal where case_number = ? and file_number is not null")
                            .param(one)
                            .query(Integer.class)
                            .single())
                    .isEqualTo(1);
            assertThat(Consistency.faults(db())).isEmpty();
            List<String> left = Committee.waitingForNumbers(committee.clerk);
            if (!left.isEmpty())
                assertThat(Committee.numberAll(committee.clerk, left)).contains("已编号" + left.size() + "件");
        }
        assertThat(Consistency.faults(db())).isEmpty();
    }

    @Test
    default void ofTwoClerksClaimingTwentyTasksEachTaskIsHeldByOneAndTheOtherReadsASentence() {
        Desk member = desk("原知夏");
        List<String> numbers = IntStream.range(0, 20)
                .mapToObj(i -> member.propose("关于两人争签第" + i + "件的提案", "ecology"))
                .toList();
        Desk one = desk("暴晓岚");
        Desk two = desk("宿明");
        List<String> tasks = numbers.stream().map(one::task).toList();
        two.task(numbers.get(0));
        List<List<HttpResponse<String>>> answers = new ArrayList<>();
        for (String task : tasks) answers.add(Together.all(List.of(() -> one.claim(task), () -> two.claim(task))));

        for (int i = 0; i < tasks.size(); i++) {
            List<HttpResponse<String>> pair = answers.get(i);
            assertThat(pair)
                    .as(numbers.get(i))
                    .filteredOn(a -> a.statusCode() == 204)
                    .hasSize(1);
            assertThat(pair)
                    .filteredOn(a -> a.statusCode() != 204)
                    .singleElement()
                    .satisfies(a -> {
                        assertThat(a.statusCode()).isEqualTo(409);
                        Sentences.refused(a);
                    });
            Desk winner = pair.get(0).statusCode() == 204 ? one : two;
            assertThat(db().sql("select assignee from casefile_open_step where task_id = ?")
                            .param(tasks.get(i))
                            .query(String.class)
                            .list())
                    .containsExactly(winner.account().login());
        }
        assertThat(Consistency.faults(db())).isEmpty();
    }
}
