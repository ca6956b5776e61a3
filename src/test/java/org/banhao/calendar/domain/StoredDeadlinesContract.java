package org.banhao.calendar.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.banhao.base.Actor;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.base.Vendor;
import org.banhao.calendar.Deadline;
import org.banhao.calendar.DeadlineRule;
import org.banhao.calendar.DeadlineRules.NewRule;
import org.banhao.calendar.HolidayNotice;
import org.banhao.calendar.HolidayNotices;
import org.banhao.calendar.SetClock;
import org.banhao.calendar.TermUnit;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What holds for the rows on either database. */
abstract class StoredDeadlinesContract {

    private static final String CASE = "TA-2026-000001";

    private final SetClock clock = new SetClock("2026-09-24T10:00");
    private final DataSource source = database();
    private final JdbcClient jdbc = JdbcClient.create(source);
    private final JdbcTransactionManager manager = new JdbcTransactionManager(source);
    private final TransactionTemplate transaction = new TransactionTemplate(manager);
    private final List<String> audited = new ArrayList<>();
    private final CalendarStore store = new CalendarStore(jdbc);
    private final StoredDeadlineRules rules =
            new StoredDeadlineRules(jdbc, store, clock, () -> CLERK, (action, number, detail) -> audited.add(action));
    private final StoredDeadlines deadlines = new StoredDeadlines(
            jdbc,
            store,
            rules,
            clock,
            () -> CLERK,
            (action, number, detail) -> audited.add(action),
            new Vendor(source),
            manager);
    private final StoredHolidayNotices notices = new StoredHolidayNotices(
            store, deadlines, clock, () -> CLERK, (action, number, detail) -> audited.add(action), event -> {});

    private static final Actor CLERK = new Actor("bao", "暴晓岚", null, null, "127.0.0.1");

    abstract DataSource database();

    @Test
    void an_obligation_begins_now_and_ends_by_its_rule() {
        Deadline deadline = deadlines.owe(CASE, "resubmission", "i1", "userTask_resubmit");
        assertThat(deadline.due()).isEqualTo(at("2026-10-09T18:00"));
        assertThat(deadline.sure()).isFalse();
        assertThat(deadline.state()).isEqualTo("open");
        assertThat(deadline.sentence())
                .startsWith("自2026年9月24日（周四）起5个工作日（当日不计），其间中秋节休3天、国庆节休7天，至2026年10月9日（周五）18:00。")
                .contains("待核");
        assertThat(deadlines.open(CASE, "resubmission")).contains(deadline);
    }

    @Test
    void owing_twice_gives_the_same_row_and_after_it_was_met_a_new_one() {
        Deadline first = deadlines.owe(CASE, "firstReview", "i1", "t");
        clock.set("2026-09-28T10:00");
        assertThat(deadlines.owe(CASE, "firstReview", "i1", "t")).isEqualTo(first);
        assertThat(deadlines.owe(CASE, "firstReview", "i2", "t").id()).isNotEqualTo(first.id());
        deadlines.met("i1", "t");
        deadlines.met("i1", "t");
        assertThat(deadlines.owe(CASE, "firstReview", "i1", "t").id()).isNotEqualTo(first.id());
        assertThat(deadlines.of(CASE)).extracting(Deadline::state).containsExactly("met", "open", "open");
    }

    @Test
    void what_is_put_back_has_its_old_date_and_what_was_owed_since_is_cancelled_or_was_never_there() {
        Deadline review = deadlines.owe(CASE, "firstReview", "i1", "t");
        Deadline other = deadlines.owe(CASE, "resubmission", "i9", "t9");
        List<Deadline> before = deadlines.of(CASE);
        clock.set("2026-09-28T10:00");
        deadlines.met("i1", "t");
        Deadline next = deadlines.owe(CASE, "secondReview", "i2", "t2");
        deadlines.owe(CASE, "firstReview", "i3", "t");

        List<Deadline> open = deadlines.putBack(CASE, before, Set.of(next.id()), Map.of("i1", "i3"));

        assertThat(open).singleElement().satisfies(again -> {
            assertThat(again.id()).isEqualTo(review.id());
            assertThat(again.due()).isEqualTo(review.due());
            assertThat(again.instanceId()).isEqualTo("i3");
            assertThat(again.state()).isEqualTo("open");
        });
        assertThat(deadlines.of(CASE)).extracting(Deadline::id).containsExactly(review.id(), other.id(), next.id());
        assertThat(deadlines.of(CASE)).extracting(Deadline::state).containsExactly("open", "open", "cancelled");
        assertThat(deadlines.owe(CASE, "firstReview", "i3", "t").id())
                .as("it is the one that is owed")
                .isEqualTo(review.id());
    }

    @Test
    void what_came_into_being_while_things_were_put_back_goes_with_its_changes() {
        long first = deadlines.owe(CASE, "firstReview", "i1", "t").id();
        Deadline kept = deadlines.move(first, at("2026-10-20T18:00"), "情况复杂，经同意延期");
        Deadline begun = deadlines.owe(CASE, "fileNumber", "i3", "t3");
        deadlines.move(begun.id(), at("2026-10-12T18:00"), "不晚于对外的期限");

        deadlines.putBack(CASE, List.of(kept), Set.of(), Map.of());

        assertThat(deadlines.of(CASE)).extracting(Deadline::id).containsExactly(kept.id());
        assertThat(deadlines.changes(begun.id())).isEmpty();
        assertThat(deadlines.changes(kept.id())).hasSize(1);
    }

    @Test
    void a_term_within_a_longer_one_ends_with_it_at_the_latest_and_counts_alone_once_that_has_passed() {
        Instant counted = deadlines.owe(CASE, "fileNumber", "i0", "t").due();
        assertThat(deadlines
                        .oweAtMost(CASE, "fileNumber", "i1", "t", counted.plusSeconds(60), "即对外的期限")
                        .due())
                .isEqualTo(counted);
        Instant outer = counted.minusSeconds(3600);
        Deadline capped = deadlines.oweAtMost(CASE, "fileNumber", "i2", "t", outer, "即对外的期限");
        assertThat(capped.due()).isEqualTo(outer);
        assertThat(capped.sentence()).startsWith("至").contains("，即对外的期限。");
        assertThat(deadlines.oweAtMost(CASE, "fileNumber", "i2", "t", counted, "即对外的期限"))
                .as("it is owed once")
                .isEqualTo(capped);
        assertThat(deadlines
                        .oweAtMost(CASE, "fileNumber", "i3", "t", clock.instant(), "即对外的期限")
                        .due())
                .as("the longer one has passed")
                .isEqualTo(counted);
    }

    @Test
    void a_given_hour_goes_before_the_count_where_the_rule_takes_one() {
        Instant closing = at("2026-09-26T18:00");
        Deadline given = deadlines.owe(CASE, "coSignature", "i1", "t", closing);
        assertThat(given.due()).isEqualTo(closing);
        assertThat(given.sentence()).startsWith("至2026年9月26日 18:00（周六），即提案征集截止时刻。依据：本会工作条例（待核）");
        assertThat(deadlines
                        .owe(CASE, "coSignature", "i2", "t", at("2026-09-24T09:59"))
                        .due())
                .as("it has passed: five working days")
                .isEqualTo(at("2026-10-09T18:00"));
        assertThat(deadlines.owe(CASE, "firstReview", "i1", "t", closing).due())
                .as("this rule takes none")
                .isEqualTo(at("2026-09-30T18:00"));
    }

    @Test
    void an_obligation_without_a_rule_is_refused_in_chinese() {
        assertThatThrownBy(() -> deadlines.owe(CASE, "nothing", null, null))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("规则管理员");
    }

    @Test
    void a_fixed_date_is_kept_once_and_moves_when_given_anew() {
        Deadline fixed = deadlines.fix("ZJ-2026-000001", "closing", "征集截止", at("2026-10-26T18:00"), "会议通知");
        assertThat(deadlines.fix("ZJ-2026-000001", "closing", "征集截止", at("2026-10-26T18:00"), "会议通知"))
                .isEqualTo(fixed);
        Deadline moved = deadlines.fix("ZJ-2026-000001", "closing", "征集截止", at("2026-10-27T18:00"), "补充通知");
        assertThat(moved.id()).isEqualTo(fixed.id());
        assertThat(moved.due()).isEqualTo(at("2026-10-27T18:00"));
        assertThat(deadlines.changes(fixed.id())).hasSize(1);
    }

    @Test
    void moving_keeps_from_to_why_and_who() {
        Deadline deadline = deadlines.owe(CASE, "reply", "i1", "t");
        Deadline moved = deadlines.move(deadline.id(), at("2027-01-29T18:00"), " 情况复杂，经同意延期 ");
        assertThat(moved.due()).isEqualTo(at("2027-01-29T18:00"));
        assertThat(moved.sentence()).contains("暴晓岚").contains("情况复杂，经同意延期").contains("原为：自2026年9月24日");
        assertThat(deadlines.changes(deadline.id())).singleElement().satisfies(change -> {
            assertThat(change.from()).isEqualTo(deadline.due());
            assertThat(change.to()).isEqualTo(moved.due());
            assertThat(change.reason()).isEqualTo("情况复杂，经同意延期");
            assertThat(change.who()).isEqualTo("暴晓岚");
            assertThat(change.kind()).isEqualTo("move");
        });
        assertThat(audited).contains("calendar.move");
    }

    @Test
    void moving_without_a_reason_or_what_has_ended_or_before_its_start_is_refused() {
        Deadline deadline = deadlines.owe(CASE, "reply", "i1", "t");
        assertThatThrownBy(() -> deadlines.move(deadline.id(), at("2027-01-29T18:00"), " "))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> deadlines.move(deadline.id(), at("2026-09-24T10:00"), "早些"))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> deadlines.move(999_999, at("2027-01-29T18:00"), "没有"))
                .isInstanceOf(Refusal.class);
        deadlines.lapsed(deadline.id());
        assertThatThrownBy(() -> deadlines.move(deadline.id(), at("2027-01-29T18:00"), "晚了"))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void what_is_withdrawn_before_its_date_is_cancelled_and_at_its_date_has_lapsed() {
        Deadline early = deadlines.owe("TA-2026-000005", "firstReview", "i5", "t");
        Deadline late = deadlines.owe("TA-2026-000006", "firstReview", "i6", "t");
        clock.set(LocalDateTime.ofInstant(late.due(), ChineseTime.ZONE)
                .minusSeconds(1)
                .toString());
        deadlines.cancel("i5", "t");
        clock.set(LocalDateTime.ofInstant(late.due(), ChineseTime.ZONE).toString());
        deadlines.cancel("i6", "t");

        assertThat(deadlines.of(early.caseNumber()))
                .singleElement()
                .satisfies(row -> assertThat(row.state()).isEqualTo("cancelled"));
        assertThat(deadlines.of(late.caseNumber()))
                .singleElement()
                .satisfies(row -> assertThat(row.state()).isEqualTo("lapsed"));
    }

    @Test
    void a_new_holiday_year_moves_the_open_counted_rows_and_only_those() {
        clock.set("2026-12-30T10:00");
        Deadline moves = deadlines.owe(CASE, "firstReview", "i1", "t");
        Deadline same = deadlines.owe("TA-2026-000002", "reply", "i2", "t");
        Deadline byHand = deadlines.owe("TA-2026-000003", "firstReview", "i3", "t");
        byHand = deadlines.move(byHand.id(), at("2027-01-20T18:00"), "延期");
        Deadline ended = deadlines.owe("TA-2026-000004", "firstReview", "i4", "t");
        deadlines.cancel("i4", "t");
        assertThat(moves.due()).isEqualTo(at("2027-01-05T18:00"));
        assertThat(moves.provisional()).isTrue();

        HolidayNotice notice = notices.read(2027, "国办发明电〔2026〕9号", "一、元旦：1月1日至5日放假调休，共5天。1月10日上班。");
        HolidayNotices.Preview preview = notices.preview(notice);
        assertThat(preview.moves()).singleElement().satisfies(move -> {
            assertThat(move.deadline()).isEqualTo(moves);
            assertThat(move.due()).isEqualTo(at("2027-01-07T18:00"));
        });
        assertThat(preview.warnings())
                .anySatisfy(warning -> assertThat(warning).contains("春节").contains("应放假"));
        assertThat(deadlines.of(CASE)).as("a preview writes nothing").containsExactly(moves);

        List<Deadline> changed = transaction.execute(status -> {
            notices.adopt(notice);
            return deadlines.recompute(2027);
        });
        assertThat(changed).singleElement().satisfies(deadline -> {
            assertThat(deadline.id()).isEqualTo(moves.id());
            assertThat(deadline.due()).isEqualTo(at("2027-01-07T18:00"));
            assertThat(deadline.provisional()).isFalse();
            assertThat(deadline.sentence()).doesNotContain("尚未公布").contains("元旦休5天");
        });
        assertThat(deadlines.changes(moves.id()))
                .singleElement()
                .satisfies(change -> assertThat(change.kind()).isEqualTo("recompute"));
        assertThat(deadlines.of("TA-2026-000002")).singleElement().satisfies(deadline -> {
            assertThat(deadline.due()).as("its end lies on the same day").isEqualTo(same.due());
            assertThat(deadline.provisional()).as("but it is certain now").isFalse();
        });
        assertThat(deadlines.of("TA-2026-000003")).containsExactly(byHand);
        assertThat(deadlines.of("TA-2026-000004")).extracting(Deadline::due).containsExactly(ended.due());
        assertThat(deadlines.recompute(2027))
                .as("a second time changes nothing")
                .isEmpty();
    }

    @Test
    void a_notice_that_is_rolled_back_is_forgotten() {
        HolidayNotice notice = notices.read(2027, "国办发明电〔2026〕9号", "一、元旦：1月1日至5日放假调休，共5天。");
        transaction.executeWithoutResult(status -> {
            notices.adopt(notice);
            assertThat(store.days().isProvisional(LocalDate.of(2027, 1, 4))).isFalse();
            status.setRollbackOnly();
        });
        assertThat(store.days().isProvisional(LocalDate.of(2027, 1, 4))).isTrue();
        HolidayNotice other = notices.read(2027, "国办发明电〔2026〕10号", "一、元旦：1月1日放假。");
        transaction.executeWithoutResult(status -> notices.adopt(other));
        assertThat(store.days().isWorkingDay(LocalDate.of(2027, 1, 4))).isTrue();
        assertThat(new CalendarStore(jdbc).days().notices().get(2027))
                .as("another node")
                .isEqualTo(other);
    }

    @Test
    void a_second_notice_of_a_year_replaces_the_first_and_the_page_says_who_entered_it() {
        notices.adopt(notices.read(2026, "国办发明电〔2026〕2号", "一、元旦：1月1日放假。"));
        assertThat(notices.year(2026).source()).isEqualTo("国办发明电〔2026〕2号");
        assertThat(notices.year(2026).enteredBy()).isEqualTo("暴晓岚");
        assertThat(notices.year(2026).days()).hasSize(365);
        assertThat(notices.year(2024).days()).hasSize(366);
        assertThat(notices.year(2024).enteredBy()).isNull();
        assertThat(notices.year(2027).known()).isFalse();
        assertThat(store.days().isWorkingDay(LocalDate.of(2026, 10, 5))).isTrue();
        assertThatThrownBy(() -> notices.year(1999)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> notices.read(2031, "x", "一、元旦：1月1日放假。")).isInstanceOf(Refusal.class);
    }

    @Test
    void a_new_rule_row_begins_later_and_leaves_running_terms_alone() {
        Deadline running = deadlines.owe(CASE, "resubmission", "i1", "t");
        DeadlineRule added = rules.add(rule("resubmission", 10, "2026-10-08"));
        assertThat(added.name()).isEqualTo("退回修改后重提");
        assertThat(deadlines.owe("TA-2026-000002", "resubmission", "i2", "t").due())
                .as("still the old one")
                .isEqualTo(running.due());
        clock.set("2026-10-08T10:00");
        assertThat(deadlines.owe("TA-2026-000003", "resubmission", "i3", "t").due())
                .isEqualTo(at("2026-10-21T18:00"));
        assertThat(deadlines.recompute(2026)).as("a running term keeps its row").isEmpty();
        assertThat(rules.all())
                .filteredOn(rule -> rule.key().equals("resubmission"))
                .satisfiesExactly(
                        newest -> assertThat(newest.validTo()).isNull(),
                        oldest -> assertThat(oldest.validTo()).isEqualTo("2026-10-07"));
    }

    @Test
    void a_rule_for_the_past_or_out_of_range_or_unknown_is_refused() {
        assertThatThrownBy(() -> rules.add(rule("resubmission", 10, "2026-09-24")))
                .hasMessageContaining("晚于今天");
        assertThatThrownBy(() -> rules.add(rule("resubmission", 0, "2026-10-08")))
                .hasMessageContaining("1至400");
        assertThatThrownBy(() -> rules.add(rule("unknown", 5, "2026-10-08"))).hasMessageContaining("没有“unknown”");
        rules.add(rule("resubmission", 10, "2026-10-08"));
        assertThatThrownBy(() -> rules.add(rule("resubmission", 10, "2026-10-08")))
                .hasMessageContaining("须晚于这一天");
    }

    @Test
    void a_term_of_a_moment_ends_by_the_clock_and_by_the_row_of_its_day() {
        assertThat(rules.ending("alertSeen", at("2026-09-26T23:50")).due())
                .as("a Saturday night")
                .isEqualTo(at("2026-09-27T00:20"));
        assertThat(rules.ending("alertSite", at("2026-09-26T23:50")).due()).isEqualTo(at("2026-09-30T18:00"));
        rules.add(new NewRule(
                "alertSite", 36, TermUnit.HOUR, LocalTime.of(18, 0), "本局规定第三条", "", true, LocalDate.of(2026, 9, 27)));
        assertThat(rules.ending("alertSite", at("2026-09-26T23:50")).due()).isEqualTo(at("2026-09-30T18:00"));
        assertThat(rules.ending("alertSite", at("2026-09-27T00:10")).due()).isEqualTo(at("2026-09-28T12:10"));
        assertThatThrownBy(() -> rules.ending("unknown", at("2026-09-26T23:50")))
                .hasMessageContaining("没有“unknown”");
    }

    @Test
    void an_obligation_of_a_case_is_not_counted_by_the_clock() {
        assertThatThrownBy(() -> rules.add(new NewRule(
                        "resubmission",
                        10,
                        TermUnit.HOUR,
                        LocalTime.of(18, 0),
                        "本会工作条例第二十条",
                        "",
                        true,
                        LocalDate.of(2026, 10, 8))))
                .hasMessageContaining("“退回修改后重提”按日计算");
        assertThatThrownBy(() -> rules.calculate(LocalDate.of(2026, 9, 24), 5, TermUnit.MINUTE))
                .hasMessageContaining("单位请选择");
    }

    @Test
    void every_shipped_rule_says_that_it_is_not_verified_and_has_a_source() {
        assertThat(rules.all()).hasSizeGreaterThanOrEqualTo(17).allSatisfy(rule -> {
            assertThat(rule.sure()).isFalse();
            assertThat(rule.basis()).endsWith("（待核）");
            assertThat(rule.cutOff()).isEqualTo(LocalTime.of(18, 0));
        });
        assertThat(rules.all())
                .extracting(DeadlineRule::key)
                .contains(
                        "coSignature",
                        "firstReview",
                        "secondReview",
                        "finalDecision",
                        "fileNumber",
                        "resubmission",
                        "assignment",
                        "acknowledge",
                        "returnWindow",
                        "ruling",
                        "firstContact",
                        "coOpinion",
                        "reply",
                        "feedback",
                        "rehandle");
    }

    @Test
    void the_calculator_explains() {
        assertThat(rules.calculate(LocalDate.of(2026, 9, 24), 5, TermUnit.WORKDAY)
                        .sentence())
                .isEqualTo("自2026年9月24日（周四）起5个工作日（当日不计），其间中秋节休3天、国庆节休7天，至2026年10月9日（周五）18:00。");
        assertThatThrownBy(() -> rules.calculate(LocalDate.of(2019, 9, 24), 5, TermUnit.WORKDAY))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> rules.calculate(LocalDate.of(2026, 9, 24), 37, TermUnit.MONTH))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void eight_that_owe_at_once_get_one_row() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<Deadline>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(pool.submit(() -> {
                    start.await();
                    return transaction.execute(status -> {
                        Deadline deadline = deadlines.owe(CASE, "firstReview", "i1", "t");
                        // the transaction is still good for other work
                        jdbc.sql("select count(*) from calendar_deadline")
                                .query(Long.class)
                                .single();
                        return deadline;
                    });
                }));
            }
            start.countDown();
            List<Long> ids = new ArrayList<>();
            for (Future<Deadline> one : all) ids.add(one.get().id());
            assertThat(ids).containsOnly(ids.get(0));
            assertThat(deadlines.of(CASE)).hasSize(1);
        } finally {
            pool.shutdownNow();
        }
    }

    private static NewRule rule(String key, int amount, String from) {
        return new NewRule(
                key, amount, TermUnit.WORKDAY, LocalTime.of(18, 0), "本会工作条例第二十条", "", true, LocalDate.parse(from));
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(ChineseTime.ZONE).toInstant();
    }
}
