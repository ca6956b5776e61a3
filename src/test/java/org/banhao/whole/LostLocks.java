package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.banhao.testing.Desk;
import org.banhao.testing.Whole;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two people at the same rows, held until both have read what they mean to change. */
interface LostLocks extends Whole {

    @Test
    default void ofTwoWhoTakeTheSameTaskAtOnceTheSlowerIsAnswered409InChineseAndNothingIsDoubled() throws Exception {
        Desk one = desk("暴晓岚");
        Desk other = desk("宿明");
        String number = desk("卫林书").propose("关于两人同时签收的提案", "society");
        String task = one.task(number);
        assertThat(other.task(number)).isEqualTo(task);
        ExecutorService people = Executors.newFixedThreadPool(2);
        try {
            List<Future<HttpResponse<String>>> answers = new TransactionTemplate(bean(PlatformTransactionManager.class))
                    .execute(status -> {
                        db().sql("select group_id from casefile_open_step where task_id = ? for update")
                                .param(task)
                                .query(String.class)
                                .list();
                        List<Future<HttpResponse<String>>> sent =
                                List.of(people.submit(() -> one.claim(task)), people.submit(() -> other.claim(task)));
                        untilTwoWait();
                        return sent;
                    });
            HttpResponse<String> first = answers.get(0).get(1, TimeUnit.MINUTES);
            HttpResponse<String> second = answers.get(1).get(1, TimeUnit.MINUTES);

            assertThat(List.of(first.statusCode(), second.statusCode())).containsExactlyInAnyOrder(204, 409);
            HttpResponse<String> lost = first.statusCode() == 409 ? first : second;
            assertThat(Desk.json(lost).path("type").asText()).isEqualTo("OptimisticLockingException");
            assertThat(Desk.json(lost).path("message").asText()).isEqualTo("同事刚刚处理了同一事项，您的操作没有生效，请刷新后再看。");
            String holder = first.statusCode() == 204 ? "bao-xiaolan" : "su-ming";
            assertThat(db().sql("select assignee from casefile_open_step where task_id = ?")
                            .param(task)
                            .query(String.class)
                            .list())
                    .containsExactly(holder);
            assertThat(db().sql("select person_id from base_audit where action = 'flow.claim' and case_number = ?")
                            .param(number)
                            .query(String.class)
                            .list())
                    .containsExactly(holder);
            assertThat(Consistency.faults(db())).isEmpty();
        } finally {
            people.shutdownNow();
        }
    }

    /** How many connections the database keeps waiting for a row. */
    String waiting();

    private void untilTwoWait() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1500);
        while (db().sql(waiting()).query(Long.class).single() < 2) {
            if (System.nanoTime() > end) throw new AssertionError("The two did not meet");
            Thread.onSpinWait();
        }
    }
}
