package org.banhao.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.banhao.BanhaoApplication;
import org.banhao.base.ChineseTime;
import org.banhao.people.Member;
import org.banhao.people.People;
import org.banhao.proposal.domain.Category;
import org.banhao.proposal.domain.DraftContent;
import org.banhao.proposal.domain.Drafts;
import org.banhao.proposal.domain.Submission;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Our application as it is, and after its start {@code bench.tasks} proposals brought up to first review by the real use
 * cases and claimed by the clerk {@code bench.clerk}. It goes on running.
 */
final class SeededApplication {

    private static final int THREADS = 4;

    private SeededApplication() {}

    public static void main(String[] arguments) throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone(ChineseTime.ZONE));
        ConfigurableApplicationContext application = SpringApplication.run(BanhaoApplication.class, arguments);
        seed(application);
        Path data = Path.of(application.getEnvironment().getRequiredProperty("banhao.data"));
        try {
            Files.writeString(data.resolve(Contestants.SEEDED), "");
        } catch (IOException e) {
            application.close();
            throw e;
        }
    }

    private static void seed(ConfigurableApplicationContext application)
            throws InterruptedException, ExecutionException {
        int count = application.getEnvironment().getRequiredProperty("bench.tasks", Integer.class);
        String clerk = application.getEnvironment().getRequiredProperty("bench.clerk");
        Drafts drafts = application.getBean(Drafts.class);
        Submission submission = application.getBean(Submission.class);
        TaskService tasks = application.getBean(TaskService.class);
        List<Member> members = application.getBean(People.class).members().stream()
                .filter(member -> member.kind().equals("member"))
                .toList();
        parallel(IntStream.range(0, count)
                .mapToObj(i -> (Callable<Void>) () -> {
                    Member member = members.get(i % members.size());
                    String number = drafts.begin(member.personId(), member.id());
                    drafts.save(number, member.personId(), 1, content(i));
                    submission.handIn(number, member.personId());
                    return null;
                })
                .toList());
        List<Task> open = tasks.createTaskQuery()
                .taskDefinitionKey("userTask_firstReview")
                .taskUnassigned()
                .list();
        parallel(open.stream()
                .map(task -> (Callable<Void>) () -> {
                    tasks.claim(task.getId(), clerk);
                    return null;
                })
                .toList());
    }

    private static DraftContent content(int i) {
        return DraftContent.of(
                "关于改善第" + i + "号小区停车条件的提案",
                "老旧小区停车位不足，居民夜间停车占用消防通道。".repeat(8),
                "规划时每户不足零点三个车位，周边公共停车场夜间空置。".repeat(8),
                List.of("开放周边单位停车场供居民夜间使用。", "利用边角地建设立体停车设施。"),
                Category.SOCIETY);
    }

    private static void parallel(List<Callable<Void>> work) throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            for (Future<Void> done : pool.invokeAll(work)) done.get();
        } finally {
            pool.shutdown();
        }
    }
}
