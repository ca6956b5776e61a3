package org.banhao.proposal.domain.solicitation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.calendar.Deadlines;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseRow;
import org.banhao.flow.Processes;
import org.banhao.flow.Shown;
import org.banhao.notice.Notice;
import org.banhao.notice.Notices;
import org.banhao.people.Member;
import org.banhao.people.People;
import org.banhao.proposal.domain.ClosingMoved;
import org.banhao.proposal.domain.Session;
import org.banhao.proposal.domain.Sessions;
import org.banhao.proposal.domain.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 提案征集 of a session, one instance of {@code proposalSolicitation}: call, reminders, closing hour, summary. What is handed in later is
 * not refused; it is 平时提案 ({@link Session#periodAt}). The closing hour is the session's; when it moves, row and timer move with it.
 */
@Service
@Transactional
public class Solicitations {

    static final String CLOSING = "solicitationClosing";
    private static final String PROCESS = "proposalSolicitation";
    private static final String TIMER = "timer_solicitationClosing";
    private static final int LONGEST_TEXT = 3000;

    private final SolicitationRows rows;
    private final Participation participation;
    private final Sessions sessions;
    private final CaseFiles caseFiles;
    private final Deadlines deadlines;
    private final Processes processes;
    private final Notices notices;
    private final People people;
    private final Audit audit;
    private final Clock clock;

    Solicitations(
            SolicitationRows rows,
            Participation participation,
            Sessions sessions,
            CaseFiles caseFiles,
            Deadlines deadlines,
            Processes processes,
            Notices notices,
            People people,
            Audit audit,
            Clock clock) {
        this.rows = rows;
        this.participation = participation;
        this.sessions = sessions;
        this.caseFiles = caseFiles;
        this.deadlines = deadlines;
        this.processes = processes;
        this.notices = notices;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public Optional<Solicitation> of(String session) {
        return rows.find(session);
    }

    @Transactional(readOnly = true)
    Optional<Solicitation> ofCase(String caseNumber) {
        return rows.byCase(caseNumber);
    }

    /** @return case number. @throws Refusal not the clerk, begun already, or the session has closed */
    public String begin(String session, String person) {
        requireCommittee(person);
        Session chosen = sessions.lock(session);
        if (rows.find(session).isPresent()) {
            throw new Refusal(chosen.name() + "的征集已经启动，请刷新页面。");
        }
        if (chosen.mock()) {
            throw new Refusal(chosen.name() + "是模拟届次，由承办单位组织，不向委员征集。");
        }
        open(chosen);
        CaseRow row = caseFiles.open(
                "ZJ",
                chosen.name() + "提案征集",
                session,
                SolicitationState.PREPARING.code(),
                SolicitationState.PREPARING.label(),
                "提案委员会办公室");
        rows.insert(session, row.number());
        deadlines.fix(row.number(), CLOSING, "提案征集截止", chosen.closesAt(), "届次设置：" + chosen.name());
        rows.instance(session, processes.start(PROCESS, row.number(), Map.of()));
        caseFiles.happened(row.number(), "启动征集", "截止" + ChineseTime.text(chosen.closesAt()));
        audit.record("proposal.beginSolicitation", row.number(), chosen.name());
        return row.number();
    }

    private void open(Session session) {
        if (over(session)) {
            throw new Refusal(session.name() + "已于" + ChineseTime.text(session.closesAt()) + "截止，请先在“届次”页调整截止时间。");
        }
    }

    private boolean over(Session session) {
        return !clock.instant().isBefore(session.closesAt());
    }

    private Solicitation locked(String caseNumber) {
        return rows.lock(byCase(caseNumber).sessionId());
    }

    private Solicitation byCase(String caseNumber) {
        return rows.byCase(caseNumber).orElseThrow(() -> new Refusal("没有这次征集，请刷新待办列表。"));
    }

    /** @throws Refusal there is none of that number */
    @Transactional(readOnly = true)
    public Instant closing(String caseNumber) {
        return sessions.get(byCase(caseNumber).sessionId()).closesAt();
    }

    // ---- what the forms show

    @Transactional(readOnly = true)
    public Shown prepareShown(String caseNumber) {
        Solicitation solicitation = byCase(caseNumber);
        Map<String, Object> values = values(solicitation);
        values.put("callText", solicitation.callText());
        values.put(
                "returnedLine",
                solicitation.callOpinion().isEmpty() ? "" : "\n\n**退回修改：**" + solicitation.callOpinion());
        return new Shown(values, Map.of());
    }

    @Transactional(readOnly = true)
    public Shown approveShown(String caseNumber) {
        Solicitation solicitation = byCase(caseNumber);
        Map<String, Object> values = values(solicitation);
        values.put("callShown", solicitation.callText());
        Session session = sessions.get(solicitation.sessionId());
        if (over(session)) {
            values.put(
                    "closesText", ChineseTime.text(session.closesAt()) + "（已经截止：同意的不再发通知，直接汇总；仍要征集的，请先在“届次”页调整截止时间）");
        }
        String topics = rows.topics(solicitation.sessionId()).stream()
                .map(topic -> topic.line() + (topic.source().isEmpty() ? "" : "（" + topic.source() + "）"))
                .collect(Collectors.joining("\n"));
        values.put("topicsShown", topics.isEmpty() ? "没有录入参考选题。" : topics);
        return new Shown(values, Map.of());
    }

    @Transactional(readOnly = true)
    public Shown summaryShown(String caseNumber) {
        Solicitation solicitation = byCase(caseNumber);
        Map<String, Object> values = values(solicitation);
        values.put(
                "figuresShown",
                participation.figures(solicitation.sessionId(), solicitation).text());
        return new Shown(values, Map.of());
    }

    private Map<String, Object> values(Solicitation solicitation) {
        Session session = sessions.get(solicitation.sessionId());
        List<Member> all = people.members();
        long members = all.stream().filter(one -> one.kind().equals("member")).count();
        Map<String, Object> values = new HashMap<>();
        values.put("sessionName", session.name());
        values.put("closesText", ChineseTime.text(session.closesAt()));
        values.put("topicCount", rows.topics(session.id()).size());
        values.put("memberCount", members);
        values.put("organizationCount", all.size() - members);
        return values;
    }

    // ---- the steps

    public void prepared(String caseNumber, String text, String person) {
        Solicitation solicitation = locked(caseNumber);
        String clean = Texts.text(text, LONGEST_TEXT, "callText", "通知正文").strip();
        if (clean.length() < 10) {
            throw new Refusal("callText", "请写好「通知正文」，至少10个字。");
        }
        rows.call(solicitation.sessionId(), clean);
        stands(caseNumber, SolicitationState.APPROVING, "征集通知送审签", null);
        audit.record("proposal.prepareCall", caseNumber, people.nameOf(person));
    }

    /**
     * After the closing hour an agreement sends nothing: it ends what would otherwise go round for ever.
     *
     * @throws Refusal sent back without a reason
     */
    public void decided(String caseNumber, boolean approved, @Nullable String opinion, String person) {
        Solicitation solicitation = locked(caseNumber);
        String why = Texts.text(opinion, LONGEST_TEXT, "callOpinion", "意见").strip();
        if (approved) {
            rows.called(solicitation.sessionId(), person, people.nameOf(person), clock.instant());
        } else {
            if (why.isEmpty()) {
                throw new Refusal("callOpinion", "退回修改的，请填写「意见」。");
            }
            rows.returned(solicitation.sessionId(), why);
            stands(caseNumber, SolicitationState.PREPARING, "征集通知退回修改", why);
        }
        audit.record("proposal.decideCall", caseNumber, approved ? "发出" : "退回");
    }

    /** The call goes to every member and organisation in office, once to each account. */
    public void send(String caseNumber) {
        Solicitation solicitation = locked(caseNumber);
        Session session = sessions.get(solicitation.sessionId());
        if (over(session)) {
            rows.state(session.id(), SolicitationState.CALLING);
            stands(caseNumber, SolicitationState.CALLING, "审签时征集已经截止，没有发出通知", null);
            audit.record("proposal.sendCall", caseNumber, "已截止，未发");
            return;
        }
        int topics = rows.topics(session.id()).size();
        Map<String, String> values = new HashMap<>();
        values.put("session", session.name());
        values.put("dueText", ChineseTime.text(session.closesAt()));
        values.put("link", "/my/topics");
        if (topics > 0) {
            values.put("topics", topics + "个");
        }
        int told = tell(people.members(), "solicitationCall", caseNumber, "1", values);
        rows.state(session.id(), SolicitationState.CALLING);
        stands(caseNumber, SolicitationState.CALLING, "发出征集通知", "告知" + told + "人");
        audit.record("proposal.sendCall", caseNumber, told + "人");
    }

    private int tell(
            List<Member> members, String template, String caseNumber, String occasion, Map<String, String> values) {
        Set<String> persons = new LinkedHashSet<>();
        members.forEach(member -> persons.add(member.personId()));
        persons.forEach(person -> notices.tell(new Notice(
                template + ":" + caseNumber + ":" + occasion + ":" + person,
                template,
                person,
                caseNumber,
                Map.copyOf(values))));
        return persons.size();
    }

    /**
     * Tells all who have neither proposed nor co-signed, once a day.
     *
     * @return how many people
     * @throws Refusal not while it is called, told today already, or nobody is missing
     */
    public int remind(String session, String person) {
        requireCommittee(person);
        Solicitation solicitation = rows.lock(session);
        if (solicitation.state() != SolicitationState.CALLING) {
            throw new Refusal("征集" + solicitation.state().label() + "，现在不能提醒。");
        }
        LocalDate today = ChineseTime.day(clock.instant());
        if (today.equals(solicitation.remindedOn())) {
            throw new Refusal("今天已经提醒过，请明天再提醒。");
        }
        List<Member> missing = participation.lines(session).stream()
                .filter(line -> !line.submitted())
                .map(Participation.Line::member)
                .toList();
        if (missing.isEmpty()) {
            throw new Refusal("在职委员和提案单位都已提交，不必提醒。");
        }
        Session chosen = sessions.get(session);
        Duration left = Duration.between(clock.instant(), chosen.closesAt());
        int told = tell(
                missing,
                "solicitationReminder",
                solicitation.caseNumber(),
                today.toString(),
                Map.of(
                        "session",
                        chosen.name(),
                        "dueText",
                        ChineseTime.text(chosen.closesAt()),
                        "left",
                        left.toDays() > 0 ? left.toDays() + "天" : left.toHours() + "小时",
                        "link",
                        "/my"));
        rows.reminded(session, today);
        caseFiles.happened(solicitation.caseNumber(), "提醒尚未提交的委员和单位", told + "人");
        audit.record("proposal.remindSolicitation", solicitation.caseNumber(), told + "人");
        return told;
    }

    /** The hour has come: what was in office and handed in now is what the summary counts from. */
    public void close(String caseNumber) {
        Solicitation solicitation = locked(caseNumber);
        Participation.Figures now = participation.figures(solicitation.sessionId(), solicitation);
        rows.closed(solicitation.sessionId(), clock.instant(), now.inOffice(), now.participants());
        deadlines.open(caseNumber, CLOSING).ifPresent(row -> deadlines.lapsed(row.id()));
        Participation.Figures figures = participation.figures(
                solicitation.sessionId(), rows.find(solicitation.sessionId()).orElseThrow());
        stands(
                caseNumber,
                SolicitationState.CLOSED,
                "征集截止",
                "征集" + figures.collected() + "件，" + String.join("；", figures.rates()));
        audit.record("proposal.closeSolicitation", caseNumber, figures.collected() + "件");
    }

    public void summarized(String caseNumber, String text, String person) {
        Solicitation solicitation = locked(caseNumber);
        String clean = Texts.text(text, LONGEST_TEXT, "summaryText", "征集情况汇总").strip();
        if (clean.isEmpty()) {
            throw new Refusal("summaryText", "请填写「征集情况汇总」。");
        }
        Session session = sessions.get(solicitation.sessionId());
        if (solicitation.closedAt() == null) {
            // called again after its first closing hour: there is no timer any more, and this is the end
            if (!over(session)) {
                throw new Refusal(
                        "summaryText",
                        session.name() + "的征集延长到" + ChineseTime.text(session.closesAt()) + "，截止以后再提交汇总。");
            }
            close(caseNumber);
            solicitation = locked(caseNumber);
        }
        // the figures of this moment stay with it, whatever is withdrawn later
        rows.summarized(
                solicitation.sessionId(),
                clean + "\n\n"
                        + participation
                                .figures(solicitation.sessionId(), solicitation)
                                .text());
        stands(caseNumber, SolicitationState.SUMMARIZED, "形成征集情况汇总", null);
        caseFiles.close(caseNumber);
        audit.record("proposal.summarizeSolicitation", caseNumber, people.nameOf(person));
    }

    /**
     * 参与率 by another number of members, such as those who were due on the opening day.
     *
     * @param number null: only by those in office
     * @throws Refusal no reason, or less members than took part
     */
    public void denominator(String session, @Nullable Integer number, @Nullable String note, String person) {
        requireCommittee(person);
        Solicitation solicitation = rows.lock(session);
        String why = Texts.line(note, 100, "denominatorNote", "分母的说明");
        if (number != null) {
            int took = participation.figures(session, solicitation).participants();
            if (number < Math.max(1, took) || number > 100_000) {
                throw new Refusal("denominator", "「分母」不能少于已经参与的" + took + "人，请核对。");
            }
            if (why.isEmpty()) {
                throw new Refusal("denominatorNote", "请填写「分母的说明」，如 开幕日应到委员。");
            }
        }
        rows.denominator(session, number, number == null ? "" : why);
        audit.record(
                "proposal.participationBase", solicitation.caseNumber(), number == null ? "在职委员" : number + "，" + why);
    }

    /** The timer waits for the session's hour, and moves with it while it still waits. */
    @EventListener
    public void on(ClosingMoved moved) {
        Solicitation solicitation = rows.find(moved.sessionId()).orElse(null);
        if (solicitation == null) {
            return;
        }
        String number = solicitation.caseNumber();
        if (solicitation.state() == SolicitationState.SUMMARIZED) {
            throw new Refusal("closesAt", "本届次的征集已经汇总，截止时间不能再调整；以后提交的按平时提案受理，要重新征集的请新建届次。");
        }
        if (solicitation.state() == SolicitationState.CLOSED) {
            again(solicitation, moved);
            return;
        }
        deadlines.open(number, CLOSING).ifPresent(row -> deadlines.move(row.id(), moved.closesAt(), moved.reason()));
        processes.moveDue(Objects.requireNonNull(solicitation.instanceId()), TIMER, moved.closesAt());
        caseFiles.happened(number, "征集截止时间调整到" + ChineseTime.text(moved.closesAt()), "理由：" + moved.reason());
        audit.record("proposal.moveSolicitation", number, ChineseTime.text(moved.closesAt()));
    }

    /** The hour was moved after it had come: called again, until the summary that is now asked for later. */
    private void again(Solicitation solicitation, ClosingMoved moved) {
        String number = solicitation.caseNumber();
        rows.reopened(solicitation.sessionId());
        deadlines.fix(
                number,
                CLOSING,
                "提案征集截止",
                moved.closesAt(),
                "届次设置：" + sessions.get(moved.sessionId()).name());
        stands(
                number,
                SolicitationState.CALLING,
                "截止后延长征集到" + ChineseTime.text(moved.closesAt()),
                "理由：" + moved.reason());
        audit.record("proposal.moveSolicitation", number, ChineseTime.text(moved.closesAt()) + "，重新开放");
    }

    private void stands(String caseNumber, SolicitationState state, String what, @Nullable String detail) {
        caseFiles.status(caseNumber, state.code(), state.label());
        caseFiles.happened(caseNumber, what, detail);
    }

    private void requireCommittee(String person) {
        participation.requireCommittee(person);
    }
}
