package org.banhao.casefile.domain;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.OneOfMany;
import org.banhao.base.Refusal;
import org.banhao.casefile.BatchPage;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseRow;
import org.banhao.casefile.DueLight;
import org.banhao.casefile.OtherPile;
import org.banhao.flow.ReadyAnswers;
import org.banhao.flow.ReadyAnswers.Ready;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * 成批办理: the open steps of one kind that a person holds or may sign for, worked off as a pile. Whatever is done to many is done to
 * each in a transaction of its own, as the person, by the way a single step goes; those that fail are told with number, title and
 * why, and stay ready. Doing the same twice does nothing twice. Steps he does for an absent colleague are no part of it.
 */
@Service
public class Piles {

    /** As many as one call takes; a larger pile is several calls, so that a person sees how far it is. */
    public static final int MOST_AT_ONCE = 50;

    /** As many as a pile shows. */
    static final int MOST_LINES = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(Piles.class);

    private final JdbcClient jdbc;
    private final ReadyAnswers ready;
    private final CaseFiles cases;
    private final ObjectProvider<BatchPage> pages;
    private final ObjectProvider<OtherPile> others;
    private final Audit audit;
    private final Clock clock;

    Piles(
            JdbcClient jdbc,
            ReadyAnswers ready,
            CaseFiles cases,
            ObjectProvider<BatchPage> pages,
            ObjectProvider<OtherPile> others,
            Audit audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.ready = ready;
        this.cases = cases;
        this.pages = pages;
        this.others = others;
        this.audit = audit;
        this.clock = clock;
    }

    // ---- looking

    /**
     * @param step empty: it is no pile of open steps and has its own page alone
     * @param page where the same is done in another way
     */
    public record Pile(
            String step,
            String name,
            long waiting,
            @Nullable String page,
            @Nullable String pageLabel) {}

    /** Every kind of step of which something waits for the person, the largest pile first; then the piles that have pages of their own. */
    public List<Pile> of(String person, List<String> groups) {
        Map<String, BatchPage> known =
                pages.stream().collect(Collectors.toMap(BatchPage::step, page -> page, (one, other) -> one));
        List<Pile> all = new ArrayList<>(jdbc.sql("select process, task, max(name) as name, count(*) as n from "
                        + mine(groups, "") + " group by process, task order by n desc, process, task")
                .params(parameters(person, groups))
                .query((row, n) -> {
                    String step = row.getString("process") + "/" + row.getString("task");
                    BatchPage page = known.get(step);
                    return new Pile(
                            step,
                            row.getString("name"),
                            row.getLong("n"),
                            page == null ? null : page.href(),
                            page == null ? null : page.label());
                })
                .list());
        others.orderedStream()
                .filter(other -> other.offered(groups))
                .forEach(other -> all.add(new Pile("", other.name(), 0, other.href(), null)));
        return all;
    }

    /**
     * One step of the pile.
     *
     * @param held he has signed for it
     * @param draft null: nothing is ready; otherwise the form as he filled it in, a JSON object
     * @param gone why it cannot be handed in although it is ready: it is gone, or its case rests; otherwise null
     */
    public record Line(
            String taskId,
            String definitionId,
            String number,
            String title,
            String unit,
            boolean key,
            String light,
            String dueText,
            boolean held,
            @JsonRawValue @Nullable String draft,
            @Nullable String gone) {}

    /**
     * Most urgent first, then by number; what is ready and gone meanwhile stands at the end.
     *
     * @param waiting how many there are, although at most {@value #MOST_LINES} are listed
     */
    public record Lines(String step, String name, long waiting, List<Line> lines) {}

    public Lines lines(String step, String person, List<String> groups) {
        String[] parts = parts(step);
        Map<String, Ready> kept = ready.of(person, step).stream()
                .collect(Collectors.toMap(Ready::taskId, one -> one, (one, other) -> one, LinkedHashMap::new));
        Map<String, Object> parameters = parameters(person, groups);
        parameters.put("process", parts[0]);
        parameters.put("task", parts[1]);
        String mine = mine(groups, " and process = :process and task = :task");
        Instant now = clock.instant();
        String[] name = {""};
        List<Line> lines = new ArrayList<>(jdbc.sql("select * from " + mine
                        + " order by due nulls last, number, task_id fetch first " + MOST_LINES + " rows only")
                .params(parameters)
                .query((row, n) -> {
                    name[0] = row.getString("name");
                    DueLight light = DueLight.of(OpenStepRows.instant(row, "due"), now);
                    Ready one = kept.remove(row.getString("task_id"));
                    return new Line(
                            row.getString("task_id"),
                            row.getString("definition_id"),
                            Objects.requireNonNullElse(row.getString("number"), ""),
                            Objects.requireNonNullElse(row.getString("title"), ""),
                            Objects.requireNonNullElse(row.getString("unit"), ""),
                            row.getBoolean("important"),
                            light.light(),
                            light.text(),
                            row.getString("assignee") != null,
                            one == null ? null : one.draft(),
                            null);
                })
                .list());
        long waiting = lines.size() < MOST_LINES
                ? lines.size()
                : jdbc.sql("select count(*) from " + mine)
                        .params(parameters)
                        .query(Long.class)
                        .single();
        if (waiting == lines.size()) lines.addAll(gone(kept));
        return new Lines(step, name[0], waiting, List.copyOf(lines));
    }

    private List<Line> gone(Map<String, Ready> kept) {
        if (kept.isEmpty()) return List.of();
        Map<String, CaseRow> known = cases.all(kept.values().stream()
                .map(Ready::caseNumber)
                .filter(Objects::nonNull)
                .distinct()
                .toList());
        return kept.values().stream()
                .map(one -> {
                    String number = Objects.requireNonNullElse(one.caseNumber(), "");
                    CaseRow row = known.get(number);
                    return new Line(
                            one.taskId(),
                            "",
                            number,
                            row == null ? "" : row.title(),
                            row == null ? "" : row.unit(),
                            row != null && row.key(),
                            "none",
                            "",
                            false,
                            one.draft(),
                            gone(one.taskId()));
                })
                .toList();
    }

    // ---- doing

    /**
     * What became of one step.
     *
     * @param sentence null: it is done
     * @param field of the form, when the sentence is about one
     */
    public record Outcome(
            String taskId,
            String number,
            String title,
            @Nullable String sentence,
            @Nullable String field) {}

    /** One filled-in form. @param draft fills the form again @param answer as it would be submitted */
    public record Entry(String taskId, Map<String, Object> draft, Map<String, Object> answer) {}

    /** 录入: keeps what was filled in until it is handed in. @throws Refusal too many at once */
    public List<Outcome> keep(String step, List<Entry> entries, String person) {
        few(entries);
        parts(step);
        Map<String, Entry> byTask = new LinkedHashMap<>();
        entries.forEach(entry -> byTask.put(entry.taskId(), entry));
        List<Outcome> outcomes = each(List.copyOf(byTask.keySet()), step, person, taskId -> {
            Entry entry = Objects.requireNonNull(byTask.get(taskId));
            ready.keep(taskId, step, person, entry.draft(), entry.answer());
        });
        audit.record("casefile.keepInPile", null, told(step, outcomes));
        return outcomes;
    }

    /** 撤销录入. */
    public void takeBack(String taskId, String person) {
        ready.takeBack(taskId, person);
        audit.record("casefile.takeBackFromPile", null, taskId);
    }

    /** 提交本批. What this person has already handed in counts as done. @throws Refusal too many at once */
    public List<Outcome> handIn(String step, List<String> taskIds, String person) {
        few(taskIds);
        parts(step);
        List<Outcome> outcomes = each(taskIds, step, person, taskId -> {
            if (handedIn(taskId, step, person)) return;
            try {
                ready.handIn(taskId, step, person);
            } catch (Refusal | ConcurrencyFailureException no) {
                // the same batch, sent again while the first was still at work
                if (!handedIn(taskId, step, person)) throw no;
            }
        });
        audit.record("casefile.handInPile", null, told(step, outcomes));
        return outcomes;
    }

    /**
     * 领取: signs for the next ones nobody holds, as one takes a stack of paper from a pile; what a colleague takes at the same moment
     * is his.
     *
     * @return how many were taken
     * @throws Refusal too many at once
     */
    public int take(String step, int count, String person, List<String> groups) {
        if (count < 1 || count > MOST_AT_ONCE) throw new Refusal("count", "「领取件数」须在1至" + MOST_AT_ONCE + "之间。");
        int taken = 0;
        for (Line line : lines(step, person, groups).lines()) {
            if (taken == count) break;
            if (line.held() || line.gone() != null) continue;
            try {
                ready.take(line.taskId(), step, person);
                taken++;
            } catch (Refusal | ConcurrencyFailureException faster) {
                LOG.debug("{} was taken by somebody else", line.taskId());
            }
        }
        audit.record("casefile.takeFromPile", null, step + "，" + taken + "件");
        return taken;
    }

    private List<Outcome> each(List<String> taskIds, String step, String person, Consumer<String> act) {
        // number and title are told of what he had signed for, never of what somebody else holds
        Map<String, String> numbers = new HashMap<>();
        ready.of(person, step)
                .forEach(one -> numbers.put(one.taskId(), Objects.requireNonNullElse(one.caseNumber(), "")));
        List<Outcome> outcomes = new ArrayList<>();
        for (String taskId : taskIds.stream().distinct().toList()) {
            String number = numbers.get(taskId);
            Refusal no = OneOfMany.refusal("step " + taskId + " of the pile " + step, () -> act.accept(taskId));
            boolean told = no != null && number != null && (rests(taskId) || !isOpen(taskId));
            outcomes.add(outcome(taskId, number, told ? new Refusal(gone(taskId)) : no));
        }
        return outcomes;
    }

    private Outcome outcome(String taskId, @Nullable String number, @Nullable Refusal refusal) {
        String known = Objects.requireNonNullElse(number, "");
        String title =
                known.isEmpty() ? "" : cases.find(known).map(CaseRow::title).orElse("");
        return new Outcome(
                taskId,
                known,
                title,
                refusal == null ? null : refusal.sentence(),
                refusal == null ? null : refusal.field());
    }

    private boolean isOpen(String taskId) {
        return jdbc.sql("select count(*) from casefile_open_step where task_id = ?")
                        .param(taskId)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** 暂停办理 */
    private boolean rests(String taskId) {
        return jdbc.sql("select count(*) from casefile_open_step where task_id = ? and suspended = true")
                        .param(taskId)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** Why a step for which something is ready cannot be handed in, now or ever. */
    private String gone(String taskId) {
        if (rests(taskId)) return "此案已暂停办理，恢复后再提交。";
        if (isOpen(taskId)) return "这件待办现在不在您手中，没有提交；请刷新后查看。";
        return jdbc.sql("select person_name, at from casefile_step_answer where task_id = ? order by id desc limit 1")
                .param(taskId)
                .query((row, n) -> row.getString("person_name") + "已于"
                        + ChineseTime.text(
                                row.getObject("at", OffsetDateTime.class).toInstant()) + "办理此件，没有重复提交。")
                .optional()
                .orElse("此件已不在待办中（可能已撤回或者撤案），没有提交。");
    }

    private boolean handedIn(String taskId, String step, String person) {
        String[] parts = parts(step);
        return jdbc.sql("""
                        select count(*) from casefile_step_answer
                        where task_id = ? and process = ? and task = ? and person = ? and retracted_at is null""")
                        .params(taskId, parts[0], parts[1], person)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    // ---- what is his

    /** Derived table: each step once, although it may be offered to several of his groups. */
    private static String mine(List<String> groups, String narrowed) {
        String columns = "task_id, definition_id, process, task, name, number, title, unit, important, due, assignee";
        String rows =
                "select " + columns + " from casefile_open_step where assignee = :me and suspended = false" + narrowed;
        if (!groups.isEmpty()) {
            rows += " union select " + columns + " from casefile_open_step"
                    + " where assignee is null and group_id in (:groups) and suspended = false" + narrowed;
        }
        return "(" + rows.replaceFirst("select ", "select distinct ") + ") mine";
    }

    private static Map<String, Object> parameters(String person, List<String> groups) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("me", person);
        parameters.put("groups", groups);
        return parameters;
    }

    private static String[] parts(String step) {
        String[] parts = step.split("/", 2);
        if (parts.length < 2) throw new Refusal("没有这一类待办，请从待办列表重新进入。");
        return parts;
    }

    private static void few(List<?> all) {
        if (all.isEmpty()) throw new Refusal("没有要办的待办，请先录入。");
        if (all.size() > MOST_AT_ONCE) throw new Refusal("一次最多" + MOST_AT_ONCE + "件，请分批提交。");
    }

    private static String told(String step, List<Outcome> outcomes) {
        long failed = outcomes.stream().filter(one -> one.sentence() != null).count();
        return step + "，" + (outcomes.size() - failed) + "件，未成" + failed + "件";
    }
}
