package org.banhao.notice.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.banhao.base.Refusal;
import org.banhao.calendar.SetClock;
import org.banhao.casefile.NothingDone;
import org.banhao.notice.Channel;
import org.banhao.notice.Mailbox.Counts;
import org.banhao.notice.Mailbox.Message;
import org.banhao.notice.Notice;
import org.banhao.people.Person;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What holds for the outbox on either database. */
abstract class OutboxContract {

    private final SetClock clock = new SetClock("2026-03-26T10:00");
    private final DataSource source = database();
    private final JdbcClient jdbc = JdbcClient.create(source);
    private final JdbcTransactionManager manager = new JdbcTransactionManager(source);
    private final TransactionTemplate transaction = new TransactionTemplate(manager);
    private final TestPeople people = new TestPeople();
    private final TestChannel mail = new TestChannel("mail");
    private final List<String> audited = Collections.synchronizedList(new ArrayList<>());
    private final NoticeProperties properties = properties("mail");
    private final OutboxNotices notices = notices(properties);
    private final OutboxSweep sweep = new OutboxSweep(jdbc, clock, List.of(mail), manager);
    private final StoredMailbox mailbox = new StoredMailbox(
            jdbc, people, List.of(mail), clock, (action, number, detail) -> audited.add(action + " " + detail));

    OutboxContract() {
        people.put(new Person("wei", "卫林书", "", "wei@example.cn", "10000000001", true));
        people.put(new Person("gao", "郜清远", "", null, null, true));
        people.put(new Person("old", "前委员", "", "old@example.cn", null, false));
    }

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
        OutboxSweep other = new OutboxSweep(jdbc, clock, List.of(mail), manager);
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
                    pool.submit(() -> new OutboxSweep(jdbc, clock, List.of(slow), manager).deliverDue());
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
                manager);
        both.tell(notice("a", "wei"));
        new OutboxSweep(jdbc, clock, List.of(mail, sms), manager).deliverDue();
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

    private OutboxNotices notices(NoticeProperties used) {
        return new OutboxNotices(
                jdbc, people, new NoticeTexts(used), clock, List.of(mail), used, new NothingDone(), manager);
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
