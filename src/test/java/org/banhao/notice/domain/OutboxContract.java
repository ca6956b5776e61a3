package org.banhao.notice.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.banhao.base.Audit;
import org.banhao.base.ByLink;
import org.banhao.base.Refusal;
import org.banhao.calendar.OwnTables;
import org.banhao.calendar.SetClock;
import org.banhao.casefile.CaseRead;
import org.banhao.casefile.NothingDone;
import org.banhao.notice.Channel;
import org.banhao.notice.LinkedAct;
import org.banhao.notice.Mailbox.Counts;
import org.banhao.notice.Mailbox.LinkState;
import org.banhao.notice.Mailbox.Message;
import org.banhao.notice.Notice;
import org.banhao.notice.NoticeLists;
import org.banhao.notice.NoticeLists.HandedOver;
import org.banhao.notice.OneTimeLinks;
import org.banhao.notice.OneTimeLinks.Opened;
import org.banhao.notice.OneTimeLinks.State;
import org.banhao.people.Person;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What holds for the outbox on either database. */
abstract class OutboxContract {

    private static final String LISTS = "V1592__notice_handover.sql";

    private final SetClock clock = new SetClock("2026-03-26T10:00");
    private final DataSource source = OwnTables.filled(database(), LISTS);
    private final JdbcClient jdbc = JdbcClient.create(source);
    private final JdbcTransactionManager manager = new JdbcTransactionManager(source);
    private final TransactionTemplate transaction = new TransactionTemplate(manager);
    private final TestPeople people = new TestPeople();
    private final TestChannel mail = new TestChannel("mail");
    private final List<String> audited = Collections.synchronizedList(new ArrayList<>());
    private final NoticeProperties properties = properties("mail");
    private final Audit audit = (action, number, detail) -> {
        ByLink.Holder holder = ByLink.present();
        audited.add((holder == null ? "" : holder.id() + " ") + action + " " + detail);
    };
    private final Asked act = new Asked();
    private final StoredLinks links = new StoredLinks(
            jdbc,
            people,
            new StaticListableBeanFactory(Map.of("act", act)).getBeanProvider(LinkedAct.class),
            clock,
            audit);
    private final OutboxNotices notices = notices(properties);
    private final OutboxSweep sweep = new OutboxSweep(jdbc, clock, List.of(mail), links, manager);
    private final StoredMailbox mailbox = new StoredMailbox(jdbc, people, links, List.of(mail), clock, audit);

    OutboxContract() {
        people.put(new Person("wei", "卫林书", "", "wei@example.cn", "10000000001", true));
        people.put(new Person("gao", "郜清远", "", null, null, true));
        people.put(new Person("old", "前委员", "", "old@example.cn", null, false));
    }

    /** An empty database as it was before there were lists. */
    abstract DataSource database();

    @Test
    void what_is_told_waits_until_the_use_case_commits_and_leaves_once() {
        transaction.executeWithoutResult(status -> {
            notices.tell(notice("a", "wei"));
            assertThat(sweep.deliverDue())
                    .as("another transaction does not see it")
                    .isZero();
        });
        assertThat(sweep.deliverDue()).isEqualTo(1);
        assertThat(sweep.deliverDue()).isZero();
        assertThat(mail.delivered).singleElement().satisfies(message -> {
            assertThat(message.address()).isEqualTo("wei@example.cn");
            assertThat(message.subject()).isEqualTo("提案退回修改：TA-2026-000001");
        });
        assertThat(mailbox.counts()).isEqualTo(new Counts(0, 1, 0, 0));
    }

    @Test
    void a_use_case_that_is_rolled_back_tells_nobody() {
        transaction.executeWithoutResult(status -> {
            notices.tell(notice("a", "wei"));
            status.setRollbackOnly();
        });
        assertThat(sweep.deliverDue()).isZero();
        assertThat(mailbox.counts()).isEqualTo(new Counts(0, 0, 0, 0));
    }

    @Test
    void the_same_key_again_is_harmless_and_the_transaction_goes_on() {
        notices.tell(notice("a", "wei"));
        transaction.executeWithoutResult(status -> {
            notices.tell(notice("a", "wei"));
            notices.tell(notice("b", "wei"));
        });
        assertThat(mailbox.counts().pending()).isEqualTo(2);
    }

    @Test
    void eight_that_tell_the_same_at_once_write_it_once() throws Exception {
        inParallel(
                8,
                () -> transaction.execute(status -> {
                    notices.tell(notice("a", "wei"));
                    return jdbc.sql("select count(*) from notice_outbox")
                            .query(Long.class)
                            .single();
                }));
        assertThat(mailbox.counts()).isEqualTo(new Counts(1, 0, 0, 0));
    }

    @Test
    void two_sweeps_at_once_send_each_message_once() throws Exception {
        for (int i = 0; i < 40; i++) notices.tell(notice("k" + i, "wei"));
        OutboxSweep other = new OutboxSweep(jdbc, clock, List.of(mail), links, manager);
        inParallel(4, () -> sweep.deliverDue() + other.deliverDue());
        sweep.deliverDue();
        assertThat(mail.delivered).hasSize(40);
        assertThat(mail.delivered).extracting(Channel.Outgoing::messageId).doesNotHaveDuplicates();
    }

    @Test
    void while_one_message_is_being_handed_over_another_sweep_takes_the_next() throws Exception {
        notices.tell(notice("a", "wei"));
        notices.tell(notice("b", "wei"));
        CountDownLatch handing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Channel slow = new TestChannel("mail") {
            @Override
            public String deliver(Outgoing message) throws Exception {
                handing.countDown();
                assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue();
                return super.deliver(message);
            }
        };
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> first =
                    pool.submit(() -> new OutboxSweep(jdbc, clock, List.of(slow), links, manager).deliverDue());
            assertThat(handing.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(sweep.deliverDue())
                    .as("the locked one is skipped, not waited for")
                    .isEqualTo(1);
            goOn.countDown();
            assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(1);
        } finally {
            goOn.countDown();
            pool.shutdownNow();
        }
        assertThat(mailbox.counts().sent()).isEqualTo(2);
    }

    @Test
    void a_message_that_does_not_leave_is_tried_again_after_growing_waits_and_is_dead_in_the_end() {
        notices.tell(notice("a", "wei"));
        mail.broken = true;
        for (Duration wait : OutboxSweep.WAITS) {
            assertThat(sweep.deliverDue()).isEqualTo(1);
            clock.advance(wait.minusSeconds(1));
            assertThat(sweep.deliverDue()).as("not before %s", wait).isZero();
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(sweep.deliverDue()).isEqualTo(1);
        assertThat(mailbox.counts()).isEqualTo(new Counts(0, 0, 1, 0));
        Message dead = mailbox.list("dead", null).get(0);
        assertThat(dead.attempts()).isEqualTo(6);
        assertThat(dead.lastError()).contains("550 no such user");
        clock.advance(Duration.ofDays(30));
        assertThat(sweep.deliverDue()).isZero();

        mail.broken = false;
        mailbox.retry(dead.id());
        assertThat(sweep.deliverDue()).isEqualTo(1);
        Message sent = mailbox.get(dead.id());
        assertThat(sent.state()).isEqualTo("sent");
        assertThat(sent.messageId()).as("the same for every try").isEqualTo(dead.messageId());
        assertThat(mail.tried).extracting(Channel.Outgoing::messageId).containsOnly(dead.messageId());
        assertThatThrownBy(() -> mailbox.retry(dead.id())).isInstanceOf(Refusal.class);
    }

    @Test
    void one_that_fails_does_not_stop_the_others() {
        people.put(new Person("bad", "某人", "", "broken@example.cn", null, true));
        notices.tell(notice("a", "bad"));
        notices.tell(notice("b", "wei"));
        assertThat(sweep.deliverDue()).isEqualTo(2);
        assertThat(mailbox.counts()).isEqualTo(new Counts(1, 1, 0, 0));
    }

    @Test
    void without_an_address_the_row_is_visible_and_can_be_sent_once_there_is_one() {
        notices.tell(notice("a", "gao"));
        notices.tell(notice("b", "old"));
        notices.tell(notice("c", "nobody"));
        assertThat(sweep.deliverDue()).isZero();
        assertThat(mailbox.list("undeliverable", null))
                .extracting(Message::lastError)
                .containsExactly("没有这个人员账号", "账号已停用", "没有可用的邮箱地址");
        Message message = mailbox.list("undeliverable", null).get(2);
        assertThatThrownBy(() -> mailbox.retry(message.id()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("郜清远");
        people.put(new Person("gao", "郜清远", "", "gao@example.cn", null, true));
        mailbox.retry(message.id());
        assertThat(sweep.deliverDue()).isEqualTo(1);
        assertThat(mail.delivered).extracting(Channel.Outgoing::address).containsExactly("gao@example.cn");
    }

    @Test
    void every_channel_in_use_gets_its_own_row_and_short_ones_the_short_text() {
        TestChannel sms = new TestChannel("sms");
        OutboxNotices both = new OutboxNotices(
                jdbc,
                people,
                new NoticeTexts(properties),
                clock,
                List.of(mail, sms),
                properties("mail", "sms"),
                new NothingDone(),
                links,
                manager);
        both.tell(notice("a", "wei"));
        new OutboxSweep(jdbc, clock, List.of(mail, sms), links, manager).deliverDue();
        assertThat(mail.delivered).hasSize(1);
        assertThat(sms.delivered).singleElement().satisfies(message -> {
            assertThat(message.text()).isEqualTo("【办好】提案TA-2026-000001退回修改，请登录系统查看意见并重新提交。");
            assertThat(message.html()).isNull();
        });
    }

    @Test
    void the_list_is_paged_by_the_last_one_seen_and_every_reading_is_recorded() {
        for (int i = 0; i < 60; i++) notices.tell(notice("k" + i, "wei"));
        List<Message> first = mailbox.list(null, null);
        List<Message> second = mailbox.list(null, first.get(first.size() - 1).id());
        assertThat(first).hasSize(50);
        assertThat(second).hasSize(10);
        assertThat(second)
                .extracting(Message::id)
                .doesNotContainAnyElementsOf(first.stream().map(Message::id).toList());
        mailbox.get(first.get(0).id());
        assertThat(audited).contains("notice.list 全部").anyMatch(line -> line.startsWith("notice.read"));
        assertThatThrownBy(() -> mailbox.list("' or 1=1", null)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> mailbox.get(-1)).isInstanceOf(Refusal.class);
    }

    @Test
    void a_channel_that_does_not_exist_stops_the_start() {
        assertThatThrownBy(() -> notices(properties("mail", "pigeon")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("pigeon");
    }

    // ---- 通知清单

    private static final Set<String> PROPOSALS = Set.of("TA");

    private final StoredNoticeLists lists =
            new StoredNoticeLists(jdbc, people, new NothingDone(Duration.ofMinutes(5)), clock, audit);

    private List<NoticeLists.Told> listed() {
        return listed("", Long.MAX_VALUE);
    }

    private List<NoticeLists.Told> listed(String template, long upTo) {
        Instant now = clock.instant();
        return lists.told(new NoticeLists.Wanted(
                        PROPOSALS, template, now.minus(Duration.ofDays(9)), now.plusSeconds(1), upTo))
                .lines();
    }

    private NoticeLists.Told only() {
        assertThat(listed()).hasSize(1);
        return listed().get(0);
    }

    private HandedOver handOver(long key, String person) {
        return Objects.requireNonNull(transaction.execute(status -> lists.handOver(key, PROPOSALS, person)));
    }

    private void takeBack(long id, String person) {
        transaction.executeWithoutResult(status -> lists.takeBack(id, person));
    }

    @Test
    void who_was_told_by_mail_is_listed_with_the_short_text_as_open_until_he_looks_at_the_case() {
        notices.tell(notice("a", "wei"));
        sweep.deliverDue();
        assertThat(only().text()).isEqualTo("【办好】提案TA-2026-000001退回修改，请登录系统查看意见并重新提交。");
        assertThat(only().open()).isTrue();
        assertThat(only().messages())
                .extracting(Message::delivery)
                .containsExactly("邮件：已发，2026年3月26日 10:00（周四）交给邮件服务器；还没有看");

        new SeenNotices(jdbc, clock).on(new CaseRead("TA-2026-000001", "wei"));
        assertThat(only().open()).isFalse();

        clock.advance(Duration.ofDays(1));
        notices.tell(notice("b", "wei"));
        assertThat(only().open()).as("told anew since he looked").isTrue();
    }

    @Test
    void what_was_told_before_there_were_lists_is_listed_by_its_subject() {
        DataSource old = database();
        JdbcClient before = JdbcClient.create(old);
        for (String subject : List.of("答复送达：提案TA-2026-000001", "长".repeat(200))) {
            before.sql(
                            "insert into notice_outbox (notice_key, channel, template, person_id, person_name, subject, text_body,"
                                    + " state, attempts, next_at, message_id, created_at)"
                                    + " values (?, 'mail', 'replyDelivered', 'wei', '卫林书', ?, '', 'sent', 0, ?, '', ?)")
                    .params(
                            subject,
                            subject,
                            clock.instant().atOffset(ZoneOffset.UTC),
                            clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
        }

        OwnTables.filled(old, LISTS);

        assertThat(before.sql("select brief from notice_outbox order by id")
                        .query(String.class)
                        .list())
                .containsExactly("【办好】答复送达：提案TA-2026-000001，请登录系统查看。", "【办好】" + "长".repeat(50) + "，请登录系统查看。");
    }

    @Test
    void what_one_person_was_told_by_two_ways_is_one_line_and_reached_him_by_the_short_message() {
        TestChannel sms = new TestChannel("sms");
        OutboxNotices both = new OutboxNotices(
                jdbc,
                people,
                new NoticeTexts(properties),
                clock,
                List.of(mail, sms),
                properties("mail", "sms"),
                new NothingDone(),
                links,
                manager);
        both.tell(notice("a", "wei"));
        assertThat(only().messages()).extracting(Message::channel).containsExactly("sms", "mail");
        OutboxSweep round = new OutboxSweep(jdbc, clock, List.of(mail, sms), links, manager);
        sms.broken = true;
        round.deliverDue();
        assertThat(mail.delivered).hasSize(1);
        assertThat(only().open()).as("a mail alone reaches nobody").isTrue();
        sms.broken = false;
        clock.advance(OutboxSweep.WAITS.get(0));
        round.deliverDue();
        assertThat(only().open()).isFalse();
    }

    @Test
    void a_list_names_the_cases_the_reason_and_the_time_that_were_asked_for() {
        notices.tell(notice("a", "wei"));
        notices.tell(notice("b", "gao"));
        notices.tell(new Notice("c", "filed", "wei", "TA-2026-000001", Map.of("fileNumber", "第001号")));
        notices.tell(new Notice("d", "deadlineMoved", "wei", "WF-2026-000001", Map.of()));
        notices.tell(new Notice("e", "digest", "wei", null, Map.of("counts", "逾期1项")));
        assertThat(listed())
                .extracting(line -> line.reason().name() + line.personName())
                .containsExactly("立案通知卫林书", "提案退回修改郜清远", "提案退回修改卫林书");
        assertThat(listed("filed", Long.MAX_VALUE)).hasSize(1);
        assertThat(listed("", listed().get(1).key())).hasSize(2);
        clock.advance(Duration.ofDays(10));
        assertThat(listed()).isEmpty();
    }

    @Test
    void a_number_that_was_dealt_again_is_told_in_place_of_the_first() {
        notices.tell(new Notice("a", "filed", "wei", "TA-2026-000001", Map.of("fileNumber", "第001号")));
        notices.tell(new Notice("b", "filed", "wei", "TA-2026-000001", Map.of("fileNumber", "第007号")));
        assertThat(only().text()).contains("第007号");
        handOver(only().key(), "bao");
        assertThat(only().open()).isFalse();
    }

    @Test
    void what_may_still_be_taken_back_is_not_listed_and_not_handed_over() {
        notices.tell(notice("a", "gao"));
        long key = only().key();
        jdbc.sql("update notice_outbox set next_at = ?")
                .param(clock.instant().plusSeconds(120).atOffset(ZoneOffset.UTC))
                .update();
        assertThat(listed()).isEmpty();
        assertThatThrownBy(() -> handOver(key, "bao")).hasMessageContaining("没有这条通知");
        clock.advance(Duration.ofSeconds(121));
        assertThat(only().open()).isTrue();
    }

    @Test
    void what_was_handed_over_is_not_open_again_unless_he_is_told_again() {
        people.put(new Person("bao", "暴晓岚", "", null, null, true));
        notices.tell(notice("a", "wei"));
        sweep.deliverDue();
        long key = only().key();

        HandedOver done = handOver(key, "bao");

        assertThat(only().open()).isFalse();
        assertThat(only().handedOver()).isEqualTo(done);
        assertThat(done.personName()).isEqualTo("暴晓岚");
        assertThat(audited).contains("notice.handOver 卫林书，提案退回修改");
        assertThat(handOver(key, "bao")).as("twice is once").isEqualTo(done);
        assertThatThrownBy(() -> handOver(key, "su")).hasMessageContaining("已由暴晓岚转交");
        assertThat(audited.stream().filter(line -> line.startsWith("notice.handOver")))
                .hasSize(1);

        clock.advance(Duration.ofHours(1));
        mailbox.resend("TA-2026-000001", key, "bao");
        assertThat(only().open()).isTrue();
        handOver(only().key(), "su");
        assertThat(only().open()).isFalse();
    }

    @Test
    void who_handed_a_line_over_takes_it_back_within_the_time_for_that_and_nobody_else() {
        notices.tell(notice("a", "wei"));
        long key = only().key();
        long id = handOver(key, "bao").id();
        assertThatThrownBy(() -> takeBack(id, "su")).hasMessageContaining("不是您转交的");

        clock.advance(Duration.ofMinutes(5).minusSeconds(1));
        takeBack(id, "bao");

        assertThat(only().open()).isTrue();
        assertThat(audited).contains("notice.takeBackHandOver 卫林书，提案退回修改");
        assertThatThrownBy(() -> takeBack(id, "bao")).hasMessageContaining("没有这次转交");
        long again = handOver(key, "su").id();
        clock.advance(Duration.ofMinutes(5));
        assertThatThrownBy(() -> takeBack(again, "su")).hasMessageContaining("不能撤销");
        assertThat(only().open()).isFalse();
    }

    @Test
    void of_six_who_hand_the_same_line_over_at_once_one_does() throws Exception {
        notices.tell(notice("a", "wei"));
        notices.tell(notice("b", "wei"));
        long key = only().key();
        List<String> refused = Collections.synchronizedList(new ArrayList<>());
        inParallel(6, () -> {
            String person = "clerk" + Thread.currentThread().getId();
            try {
                return handOver(key, person);
            } catch (Refusal refusal) {
                refused.add(refusal.sentence());
                return null;
            }
        });
        assertThat(refused).hasSize(5).allMatch(sentence -> sentence.contains("没有重复转交"));
        assertThat(jdbc.sql("select count(distinct person_id) from notice_handover")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    // ---- one-time links

    private static final Pattern LINK = Pattern.compile("http://localhost:8080/l/([0-9A-Za-z]{22})(?![0-9A-Za-z])");

    /** What was sent last, to that person. */
    private String linkSent(String key, String person) {
        notices.tell(new Notice(
                key,
                "replyDelivered",
                person,
                "TA-2026-000001",
                Map.of("unit", "市教育局"),
                List.of(),
                new Notice.Act("rating", "7")));
        return lastLink();
    }

    private String lastLink() {
        sweep.deliverDue();
        Matcher link =
                LINK.matcher(mail.delivered.get(mail.delivered.size() - 1).text());
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    private State state(String token) {
        return links.open(token).map(Opened::state).orElse(State.DEAD);
    }

    /** What the page does, in a transaction of its own. */
    private void use(String token) {
        transaction.executeWithoutResult(status -> links.use(token, act));
    }

    @Test
    void the_secret_of_a_link_goes_with_the_message_and_only_its_hash_stays() {
        String token = linkSent("a", "wei");

        assertThat(mail.delivered.get(0).html()).contains("/l/" + token);
        Message kept = mailbox.list(null, null).get(0);
        assertThat(kept.text()).contains("/l/" + StoredLinks.MASK).doesNotContain(token);
        for (String column : List.of("text_body", "html_body", "subject", "notice_key")) {
            assertThat(jdbc.sql("select count(*) from notice_outbox where " + column + " like ?")
                            .param("%" + token + "%")
                            .query(Long.class)
                            .single())
                    .as(column)
                    .isZero();
        }
        assertThat(jdbc.sql("select hash from notice_link_token")
                        .query(String.class)
                        .list())
                .containsExactly(StoredLinks.hash(token));
        assertThat(audited).noneMatch(line -> line.contains(token));
    }

    @Test
    void a_link_is_looked_at_often_and_used_once() {
        String token = linkSent("a", "wei");
        for (int i = 0; i < 3; i++) assertThat(state(token)).isEqualTo(State.OPEN);
        assertThat(act.done).isEmpty();
        assertThat(mailbox.list(null, null).get(0).openedAt()).isEqualTo(clock.instant());

        use(token);

        assertThat(act.done).containsExactly("wei TA-2026-000001 7");
        assertThat(audited).contains("wei notice.useLink 第1封");
        assertThat(state(token)).isEqualTo(State.DECIDED);
        assertThat(mailbox.list(null, null).get(0).link()).isEqualTo(LinkState.USED);
        assertThatThrownBy(() -> use(token)).hasMessage(OneTimeLinks.DEAD);
        assertThat(act.done).hasSize(1);
    }

    @Test
    void of_six_that_use_a_link_at_once_one_does_the_act() throws Exception {
        String token = linkSent("a", "wei");
        List<String> refused = Collections.synchronizedList(new ArrayList<>());
        inParallel(6, () -> {
            try {
                use(token);
            } catch (Refusal refusal) {
                refused.add(refusal.sentence());
            }
            return true;
        });
        assertThat(act.done).hasSize(1);
        assertThat(refused).hasSize(5).containsOnly(OneTimeLinks.DEAD);
    }

    @Test
    void an_act_that_is_refused_leaves_the_link_as_it_was() {
        String token = linkSent("a", "wei");
        act.refuses = true;
        assertThatThrownBy(() -> use(token)).hasMessage("请填写「意见」。");
        assertThat(state(token)).isEqualTo(State.OPEN);
        act.refuses = false;
        use(token);
        assertThat(act.done).hasSize(1);
    }

    @Test
    void a_link_ends_with_its_act_and_after_the_days_of_the_setting_whichever_is_first() {
        act.due = clock.instant().plus(Duration.ofDays(5));
        String soon = linkSent("a", "wei");
        clock.advance(Duration.ofDays(5).plusSeconds(1));
        assertThat(state(soon)).isEqualTo(State.DEAD);
        assertThatThrownBy(() -> use(soon)).hasMessage(OneTimeLinks.DEAD);

        act.due = clock.instant().plus(Duration.ofDays(90));
        assertThat(state(soon))
                .as("the act has more time, the link has not ended")
                .isEqualTo(State.OPEN);
        clock.advance(Duration.ofDays(25));
        assertThat(state(soon)).isEqualTo(State.DEAD);
        assertThat(mailbox.list(null, null).get(0).link()).isEqualTo(LinkState.ENDED);
        links.set(true, 2);
        String two = linkSent("b", "wei");
        clock.advance(Duration.ofDays(2).minusSeconds(1));
        assertThat(state(two)).isEqualTo(State.OPEN);
        clock.advance(Duration.ofSeconds(1));
        assertThat(state(two)).isEqualTo(State.DEAD);
        assertThatThrownBy(() -> links.set(true, 31)).hasMessageContaining("1到30");
    }

    @Test
    void a_link_is_dead_when_the_act_is_gone_the_account_closed_it_is_revoked_turned_off_or_switched_off() {
        String token = linkSent("a", "wei");
        long id = mailbox.list(null, null).get(0).id();
        act.waits = false;
        assertThat(state(token)).isEqualTo(State.DEAD);
        act.waits = true;
        people.put(new Person("wei", "卫林书", "", "wei@example.cn", null, false));
        assertThat(state(token)).isEqualTo(State.DEAD);
        people.put(new Person("wei", "卫林书", "", "wei@example.cn", null, true));
        links.want("wei", false);
        assertThat(state(token)).isEqualTo(State.DEAD);
        links.want("wei", true);
        links.set(false, 30);
        assertThat(state(token)).isEqualTo(State.DEAD);
        links.set(true, 30);
        assertThat(state(token)).isEqualTo(State.OPEN);

        mailbox.revokeLink("TA-2026-000001", id, "bao");

        assertThat(state(token)).isEqualTo(State.DEAD);
        assertThatThrownBy(() -> use(token)).hasMessage(OneTimeLinks.DEAD);
        assertThatThrownBy(() -> mailbox.revokeLink("TA-2026-000001", id, "bao"))
                .hasMessageContaining("没有可以撤销的链接");
        assertThatThrownBy(() -> mailbox.revokeLink("TA-2026-000002", id, "bao"))
                .hasMessageContaining("没有这封通知");
        assertThat(act.done).isEmpty();
    }

    @Test
    void no_link_is_sent_where_they_are_off_and_what_was_never_sent_opens_nothing() {
        links.want("wei", false);
        notices.tell(new Notice(
                "a", "replyDelivered", "wei", "TA-2026-000001", Map.of(), List.of(), new Notice.Act("rating", "7")));
        sweep.deliverDue();
        assertThat(mail.delivered.get(0).text()).doesNotContain("/l/", StoredLinks.MASK);
        for (String token :
                List.of("", "x", StoredLinks.MASK, "0123456789abcdefghijkl", "0123456789abcdefghijk'", "长".repeat(22)))
            assertThat(links.open(token)).as(token).isEmpty();
    }

    @Test
    void a_proposer_who_retracted_what_he_did_by_the_link_signs_in_to_do_it_again() {
        String token = linkSent("a", "wei");
        use(token);
        act.decided = null;
        assertThat(state(token)).as("it waits for him again").isEqualTo(State.DEAD);
        act.waits = false;
        assertThat(links.open(token).orElseThrow().decided())
                .as("it has led further")
                .isEqualTo(new LinkedAct.Decided("已反馈", clock.instant()));
    }

    @Test
    void the_clerk_sends_a_message_again_with_a_new_link_in_place_of_the_old() {
        String old = linkSent("a", "wei");
        long id = mailbox.list(null, null).get(0).id();
        assertThatThrownBy(() -> mailbox.resend("TA-2026-000001", id, "bao")).hasMessageContaining("10分钟内");
        clock.advance(Duration.ofMinutes(11));
        people.put(new Person("wei", "卫林书", "", "new@example.cn", null, true));

        mailbox.resend("TA-2026-000001", id, "bao");

        String fresh = lastLink();
        assertThat(fresh).isNotEqualTo(old);
        assertThat(mail.delivered)
                .extracting(Channel.Outgoing::address)
                .containsExactly("wei@example.cn", "new@example.cn");
        assertThat(mail.delivered).extracting(Channel.Outgoing::messageId).doesNotHaveDuplicates();
        assertThat(state(old)).isEqualTo(State.DEAD);
        assertThat(state(fresh)).isEqualTo(State.OPEN);
        assertThat(mailbox.ofCase("TA-2026-000001"))
                .extracting(Message::link)
                .containsExactly(LinkState.LIVE, LinkState.REVOKED);
        assertThatThrownBy(() -> mailbox.resend("TA-2026-000001", id, "bao")).hasMessageContaining("10分钟内");
        use(fresh);
        clock.advance(Duration.ofMinutes(11));
        assertThatThrownBy(() -> mailbox.resend("TA-2026-000001", id, "bao")).hasMessageContaining("不必重发");
    }

    @Test
    void what_never_left_is_put_back_in_line_by_the_clerk_with_a_link_that_works() {
        notices.tell(new Notice(
                "a", "replyDelivered", "gao", "TA-2026-000001", Map.of(), List.of(), new Notice.Act("rating", "7")));
        long id = mailbox.list(null, null).get(0).id();
        assertThatThrownBy(() -> mailbox.resend("TA-2026-000001", id, "bao")).hasMessageContaining("没有可用的邮箱地址");
        people.put(new Person("gao", "郜清远", "", "gao@example.cn", null, true));
        mailbox.resend("TA-2026-000001", id, "bao");
        assertThat(state(lastLink())).isEqualTo(State.OPEN);
        assertThat(mailbox.counts("TA-2026-000001")).isEqualTo(new Counts(0, 1, 0, 0));
    }

    @Test
    void who_looks_at_the_case_signed_in_has_what_was_sent_and_who_looks_by_a_link_has_not() {
        String token = linkSent("a", "wei");
        SeenNotices seen = new SeenNotices(jdbc, clock);
        ByLink.call(new ByLink.Holder("wei", "卫林书"), () -> {
            seen.on(new CaseRead("TA-2026-000001", "wei"));
            return true;
        });
        seen.on(new CaseRead("TA-2026-000001", "gao"));
        assertThat(mailbox.list(null, null).get(0).seen()).isEmpty();
        seen.on(new CaseRead("TA-2026-000001", "wei"));
        state(token);
        assertThat(mailbox.list(null, null).get(0).seen())
                .isEqualTo("2026年3月26日 10:00（周四）链接打开；2026年3月26日 10:00（周四）登录查看");
    }

    /** An act that waits for everybody. */
    private static final class Asked implements LinkedAct, Function<OneTimeLinks.Link, String> {

        final List<String> done = Collections.synchronizedList(new ArrayList<>());
        volatile boolean waits = true;
        volatile boolean refuses;
        volatile Instant due = Instant.parse("2027-01-01T00:00:00Z");
        volatile @Nullable Decided decided;

        @Override
        public String kind() {
            return "rating";
        }

        @Override
        public Optional<Instant> due(String caseNumber, String subject, String personId) {
            return waits && decided == null ? Optional.of(due) : Optional.empty();
        }

        @Override
        public Optional<Decided> decided(String caseNumber, String subject, String personId) {
            return Optional.ofNullable(decided);
        }

        @Override
        public String apply(OneTimeLinks.Link link) {
            if (refuses) throw new Refusal("opinion", "请填写「意见」。");
            done.add(link.personId() + " " + link.caseNumber() + " " + link.subject());
            decided = new Decided("已反馈", Instant.parse("2026-03-26T02:00:00Z"));
            return "已反馈";
        }
    }

    private OutboxNotices notices(NoticeProperties used) {
        return new OutboxNotices(
                jdbc, people, new NoticeTexts(used), clock, List.of(mail), used, new NothingDone(), links, manager);
    }

    private static NoticeProperties properties(String... channels) {
        return new NoticeProperties(
                "http://localhost:8080",
                Path.of("unused"),
                new NoticeProperties.Outbox(List.of(channels)),
                new NoticeProperties.Mail("办好 <a@b.cn>"));
    }

    private static Notice notice(String key, String person) {
        return new Notice(key, "returned", person, "TA-2026-000001", Map.of());
    }

    private static <T> void inParallel(int threads, java.util.concurrent.Callable<T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<T>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(pool.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            start.countDown();
            for (Future<T> one : all) one.get(60, TimeUnit.SECONDS);
        } finally {
            pool.shutdownNow();
        }
    }

    private static class TestChannel implements Channel {

        final List<Outgoing> tried = Collections.synchronizedList(new ArrayList<>());
        final List<Outgoing> delivered = Collections.synchronizedList(new ArrayList<>());
        volatile boolean broken;
        private final String name;

        TestChannel(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public @Nullable String address(Person person) {
            return person.email();
        }

        @Override
        public boolean isShort() {
            return name.equals("sms");
        }

        @Override
        public String deliver(Outgoing message) throws Exception {
            tried.add(message);
            if (broken || message.address().startsWith("broken")) throw new java.io.IOException("550 no such user");
            delivered.add(message);
            return "smtp";
        }
    }
}
