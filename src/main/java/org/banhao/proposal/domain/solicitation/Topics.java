package org.banhao.proposal.domain.solicitation;

import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.banhao.proposal.domain.Category;
import org.banhao.proposal.domain.Drafts;
import org.banhao.proposal.domain.Session;
import org.banhao.proposal.domain.Sessions;
import org.banhao.proposal.domain.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 提案参考选题 of a session: typed on the page or taken in from a table; members see them once the call has gone out and may say which
 * one their proposal answers.
 */
@Service
@Transactional
public class Topics {

    static final int MOST = 2_000;
    private static final int LONGEST_NOTE = 500;

    private final SolicitationRows rows;
    private final Sessions sessions;
    private final Drafts drafts;
    private final People people;
    private final Audit audit;

    Topics(SolicitationRows rows, Sessions sessions, Drafts drafts, People people, Audit audit) {
        this.rows = rows;
        this.sessions = sessions;
        this.drafts = drafts;
        this.people = people;
        this.audit = audit;
    }

    /** A topic as it is typed, cleaned. */
    public record Entry(
            String title, String source, @Nullable Category category, String note) {}

    /** @throws Refusal no title, or something too long */
    static Entry entry(
            @Nullable String title, @Nullable String source, @Nullable Category category, @Nullable String note) {
        String clean = Texts.line(title, Texts.LONGEST_LINE, "title", "选题");
        if (clean.isEmpty()) {
            throw new Refusal("title", "请填写「选题」。");
        }
        return new Entry(
                clean,
                Texts.line(source, Texts.LONGEST_LINE, "source", "来源"),
                category,
                Texts.line(note, LONGEST_NOTE, "note", "说明"));
    }

    @Transactional(readOnly = true)
    public List<Topic> of(String session) {
        return rows.topics(session);
    }

    /** Topic → number of proposals handed in that answer it. */
    @Transactional(readOnly = true)
    public Map<Long, Integer> answered(String session) {
        return rows.answered(session);
    }

    /** What members see: of the current session, and only when the call has gone out. */
    @Transactional(readOnly = true)
    public List<Topic> visible() {
        return called().map(call -> rows.topics(call.sessionId())).orElse(List.of());
    }

    /** The call members may read: of the current session, and only when it has gone out. */
    @Transactional(readOnly = true)
    public Optional<Solicitation> called() {
        return sessions.open()
                .flatMap(session -> rows.find(session.id()))
                .filter(solicitation -> solicitation.state().called());
    }

    public void add(
            String session,
            @Nullable String title,
            @Nullable String source,
            @Nullable Category category,
            @Nullable String note,
            String person) {
        requireClerk(person);
        Session chosen = sessions.get(session);
        Entry entry = entry(title, source, category, note);
        List<Topic> all = rows.topics(session);
        unique(all, entry.title(), null);
        room(all.size() + 1);
        rows.insertTopic(session, next(all), entry);
        audit.record("proposal.addTopic", null, chosen.name() + "：" + entry.title());
    }

    public void change(
            long id,
            @Nullable String title,
            @Nullable String source,
            @Nullable Category category,
            @Nullable String note,
            String person) {
        requireClerk(person);
        Topic topic = get(id);
        Entry entry = entry(title, source, category, note);
        unique(rows.topics(topic.sessionId()), entry.title(), id);
        rows.changeTopic(id, entry);
        audit.record("proposal.changeTopic", null, topic.line() + " → " + entry.title());
    }

    /** Its number is not given again while later ones stand. @throws Refusal a proposal answers it */
    public void delete(long id, String person) {
        requireClerk(person);
        Topic topic = get(id);
        if (rows.answered(topic.sessionId()).getOrDefault(id, 0) > 0) {
            throw new Refusal("已有提案对应选题“" + topic.title() + "”，不能删去；可以修改文字。");
        }
        rows.deleteTopic(id);
        audit.record("proposal.deleteTopic", null, topic.line());
    }

    private Topic get(long id) {
        return rows.topic(id).orElseThrow(() -> new Refusal("没有这个选题，请刷新页面。"));
    }

    private static void unique(List<Topic> all, String title, @Nullable Long but) {
        if (all.stream().anyMatch(topic -> topic.title().equals(title) && (but == null || topic.id() != but))) {
            throw new Refusal("title", "已有同名的选题“" + title + "”，请核对。");
        }
    }

    private static void room(int count) {
        if (count > MOST) {
            throw new Refusal("title", "一个届次最多" + MOST + "个参考选题，请删减。");
        }
    }

    private static int next(List<Topic> all) {
        return all.isEmpty() ? 1 : all.get(all.size() - 1).number() + 1;
    }

    /**
     * What a table would do.
     *
     * @param fresh rows that would be added
     * @param problems bad cells; while there is one nothing is taken in
     */
    public record DryRun(List<Entry> fresh, List<Problem> problems) {}

    /** @param cell such as B7; {@code sentence} says what is wrong and what to do */
    public record Problem(String cell, String sentence) {}

    /** Reads a table and writes nothing. @throws Refusal it is no such table, or too large */
    public DryRun check(String session, InputStream xlsx, String person) {
        requireClerk(person);
        Session chosen = sessions.get(session);
        DryRun run = TopicWorkbook.read(xlsx, titles(session));
        audit.record(
                "proposal.checkTopics",
                null,
                chosen.name() + "，" + run.fresh().size() + "行，" + run.problems().size() + "处有误");
        return run;
    }

    /** Takes all rows in, or none. @return how many */
    public int takeIn(String session, InputStream xlsx, String person) {
        requireClerk(person);
        Session chosen = sessions.lock(session);
        DryRun run = TopicWorkbook.read(xlsx, titles(session));
        if (!run.problems().isEmpty()) {
            Problem first = run.problems().get(0);
            throw new Refusal("表格有" + run.problems().size() + "处错误，如" + first.cell() + "：" + first.sentence());
        }
        List<Topic> all = rows.topics(session);
        room(all.size() + run.fresh().size());
        int number = next(all);
        for (Entry entry : run.fresh()) {
            rows.insertTopic(session, number++, entry);
        }
        audit.record(
                "proposal.takeInTopics", null, chosen.name() + "，" + run.fresh().size() + "个");
        return run.fresh().size();
    }

    private Set<String> titles(String session) {
        Set<String> titles = new HashSet<>();
        rows.topics(session).forEach(topic -> titles.add(topic.title()));
        return titles;
    }

    // ---- the proposer's side

    /** The topic a proposal answers. */
    @Transactional(readOnly = true)
    public Optional<Topic> chosen(String caseNumber) {
        return rows.chosen(caseNumber);
    }

    /**
     * Says which topic a draft answers.
     *
     * @param topic null: none
     * @throws Refusal not this person's draft, or no topic of its session
     */
    public void choose(String caseNumber, @Nullable Long topic, String person) {
        Drafts.View view = drafts.view(caseNumber, person);
        if (topic != null
                && rows.topic(topic)
                        .filter(one -> one.sessionId().equals(view.session().id()))
                        .isEmpty()) {
            throw new Refusal("topic", "这个选题不在本届次的参考选题里，请重新选择。");
        }
        rows.choose(caseNumber, topic);
        audit.record("proposal.chooseTopic", caseNumber, String.valueOf(topic));
    }

    private void requireClerk(String person) {
        List<String> groups = people.groupsOf(person);
        if (!groups.contains(Roles.PROPOSAL_CLERK) && !groups.contains(Roles.COMMITTEE_DIRECTOR)) {
            throw new Refusal("只有提案委员会办公室工作人员和提案委员会主任、副主任可以修改参考选题。");
        }
    }
}
