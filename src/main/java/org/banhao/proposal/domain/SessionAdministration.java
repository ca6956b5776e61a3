package org.banhao.proposal.domain;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.people.Member;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 届次 are made and changed by the committee's office or its director. The closing hour moves with all that hangs on it:
 * co-signatures that are still collected, their timers, and a word to everybody concerned.
 */
@Service
@Transactional
public class SessionAdministration {

    private static final Pattern ID = Pattern.compile("[0-9a-z][0-9a-z-]{0,15}");
    private static final Set<String> DECIDERS = Set.of("meeting", "director");

    private final Sessions sessions;
    private final ProposalRows rows;
    private final CoSignatureTerm term;
    private final Informing informing;
    private final People people;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    SessionAdministration(
            Sessions sessions,
            ProposalRows rows,
            CoSignatureTerm term,
            Informing informing,
            People people,
            Audit audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.sessions = sessions;
        this.rows = rows;
        this.term = term;
        this.informing = informing;
        this.people = people;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** Everything of a session that a person types, apart from its id and its closing hour. */
    public record Rules(
            String name,
            String finalDecider,
            int titleLimit,
            int textLimit,
            int suggestionLimit,
            int wishLimit,
            int coSignLeastDays,
            boolean mergedFiled) {

        /** Of a session in which the proposal others were merged into is filed, and they are not. */
        public Rules(
                String name,
                String finalDecider,
                int titleLimit,
                int textLimit,
                int suggestionLimit,
                int wishLimit,
                int coSignLeastDays) {
            this(name, finalDecider, titleLimit, textLimit, suggestionLimit, wishLimit, coSignLeastDays, false);
        }
    }

    /**
     * @param drafts begun and not handed in
     * @param handedIn handed in, whatever became of them
     * @param collecting 大会提案 that wait for co-signatures
     * @param filing what review has concluded so far
     */
    public record Line(Session session, boolean current, int drafts, int handedIn, int collecting, Filing filing) {

        public String closesText() {
            return ChineseTime.text(session.closesAt());
        }

        public @Nullable String publishedText() {
            Instant at = session.publishedAt();
            return at == null ? null : ChineseTime.text(at);
        }

        public String deciderName() {
            return session.finalDecider().equals("meeting") ? "会议审议" : "提案委员会主任";
        }
    }

    /** The current one first, then the latest. */
    @Transactional(readOnly = true)
    public List<Line> all() {
        List<Line> lines = new ArrayList<>();
        String current = sessions.open().map(Session::id).orElse("");
        for (Session session : sessions.every()) {
            ProposalRows.Numbers numbers = rows.numbersOf(session.id());
            Line line = new Line(
                    session,
                    session.id().equals(current),
                    numbers.drafts(),
                    numbers.handedIn(),
                    rows.collecting(session.id()).size(),
                    rows.filing(session));
            if (line.current()) lines.add(0, line);
            else lines.add(line);
        }
        return lines;
    }

    /** The first one becomes the current one. */
    public void add(String person, String id, Instant closesAt, Rules rules) {
        allowed(person);
        String code = id.strip();
        if (!ID.matcher(code).matches()) {
            throw new Refusal("id", "「届次代码」只能用数字、小写字母和连字符，最多16个字符，如 14-6，请修改。");
        }
        List<Session> all = sessions.lockAll();
        if (all.stream().anyMatch(session -> session.id().equals(code))) {
            throw new Refusal("id", "届次代码「" + code + "」已被使用，请换一个。");
        }
        Session session = checked(code, closesAt, rules, all, false);
        future(closesAt);
        sessions.insert(session, all.stream().allMatch(Session::mock));
        audit.record("proposal.addSession", null, session.name() + "，截止" + ChineseTime.text(closesAt));
    }

    /**
     * Opens a 模拟届次 beside the current one. The committee's director decides there, never a meeting.
     *
     * @param organizers organisations in office whose contacts hand in for the teams
     */
    public void addMock(
            String person, String id, @Nullable String name, Instant closesAt, Collection<String> organizers) {
        allowed(person);
        String code = id.strip();
        if (!ID.matcher(code).matches()) {
            throw new Refusal("id", "「届次代码」只能用数字、小写字母和连字符，最多16个字符，如 mn-2026，请修改。");
        }
        List<Session> all = sessions.lockAll();
        if (all.stream().anyMatch(session -> session.id().equals(code))) {
            throw new Refusal("id", "届次代码「" + code + "」已被使用，请换一个。");
        }
        Set<String> known = people.members().stream()
                .filter(member -> !member.kind().equals("member"))
                .map(Member::id)
                .collect(Collectors.toSet());
        Set<String> chosen = new LinkedHashSet<>(organizers);
        if (chosen.isEmpty() || !known.containsAll(chosen)) {
            throw new Refusal("organizers", "请至少选择一个「承办单位」，如 团市委；名单里没有的，请先在“委员和单位”页登记。");
        }
        Session session = checked(
                code, closesAt, new Rules(String.valueOf(name).strip(), "director", 50, 1500, 500, 3, 0), all, true);
        future(closesAt);
        sessions.insert(session, false);
        sessions.organizers(code, chosen);
        audit.record("proposal.addMockSession", null, session.name() + "，截止" + ChineseTime.text(closesAt));
    }

    /** Nothing more is handed in; what was handed in is reviewed to its end. */
    public void closeMock(String person, String id) {
        mock(person, id, true);
    }

    /** Open again; a closing hour that has passed has to be moved first. */
    public void reopenMock(String person, String id) {
        mock(person, id, false);
    }

    private void mock(String person, String id, boolean close) {
        allowed(person);
        Session session = sessions.lock(id);
        if (!session.mock()) {
            throw new Refusal(session.name() + "不是模拟届次，不能这样" + (close ? "关闭" : "开放") + "；请用“调整截止时间”。");
        }
        if (close == (session.mockClosedAt() != null)) {
            throw new Refusal(session.name() + (close ? "已经关闭" : "已经开放") + "，请刷新页面。");
        }
        if (!close) {
            future(session.closesAt());
        }
        sessions.mockClosed(id, close ? clock.instant() : null);
        audit.record(close ? "proposal.closeMockSession" : "proposal.reopenMockSession", null, session.name());
    }

    /** Names of the organisations that conduct it. */
    @Transactional(readOnly = true)
    public List<String> organizers(String id) {
        return sessions.organizers(id).stream()
                .map(member -> people.member(member).map(Member::name).orElse(member))
                .toList();
    }

    /** What counts from now on; what was handed in stays as it is. */
    public void change(String person, String id, Rules rules) {
        allowed(person);
        List<Session> all = sessions.lockAll();
        Session present = sessions.get(id);
        sessions.change(checked(id, present.closesAt(), rules, all, present.mock()));
        audit.record("proposal.changeSession", null, present.name());
    }

    /**
     * Moves the hour until which proposals count as 大会提案. What was handed in keeps its kind.
     *
     * @param reason told to everybody whose date moves
     * @return how many proposals wait for co-signatures and got the new date
     */
    public int moveClosing(String person, String id, Instant closesAt, @Nullable String reason) {
        allowed(person);
        Session session = sessions.lock(id);
        Instant before = session.closesAt();
        if (closesAt.equals(before)) {
            throw new Refusal("closesAt", "截止时间没有变化，无需调整。");
        }
        future(closesAt);
        String why = Texts.line(reason, Texts.LONGEST_LINE, "reason", "调整理由");
        if (why.isEmpty()) {
            throw new Refusal("reason", "请填写「调整理由」，会告知等待联名确认的人。");
        }
        sessions.closesAt(id, closesAt);
        int moved = 0;
        for (Proposal collecting : rows.collecting(id)) {
            moved += follow(rows.lock(collecting.caseNumber()), session, closesAt, why) ? 1 : 0;
        }
        events.publishEvent(new ClosingMoved(id, closesAt, why));
        audit.record(
                "proposal.moveClosing",
                null,
                session.name() + "，" + ChineseTime.text(before) + " → " + ChineseTime.text(closesAt) + "，联名" + moved
                        + "件");
        return moved;
    }

    private boolean follow(Proposal proposal, Session session, Instant closesAt, String why) {
        String number = proposal.caseNumber();
        Instant before = term.due(number).orElse(null);
        // answered in this very moment: no longer waiting
        Instant due = proposal.collecting() && before != null
                ? term.follow(proposal, session, closesAt, why).orElse(null)
                : null;
        if (before == null || due == null) {
            return false;
        }
        Set<String> persons = new LinkedHashSet<>();
        persons.add(Drafts.writer(proposal));
        rows.signatures(number).stream()
                .filter(Signature::invited)
                .map(Signature::personId)
                .forEach(persons::add);
        rows.seal(number)
                .filter(Seal::invited)
                .map(Seal::convenerPerson)
                .filter(Objects::nonNull)
                .ifPresent(persons::add);
        Map<String, String> values = Map.of(
                "step",
                "联名、召集人确认",
                "fromText",
                ChineseTime.text(before),
                "dueText",
                ChineseTime.text(due),
                "reason",
                why);
        String occasion = "closing-" + clock.instant().getEpochSecond();
        persons.forEach(one -> informing.one(proposal, "deadlineMoved", occasion, one, values));
        return true;
    }

    /** New proposals belong to it from now on; drafts of the one before can no longer be handed in. */
    public void makeCurrent(String person, String id) {
        allowed(person);
        sessions.lockAll();
        Session session = sessions.get(id);
        if (session.mock()) {
            throw new Refusal(session.name() + "是模拟届次，不能设为当前届次。");
        }
        if (sessions.open().filter(open -> open.id().equals(id)).isPresent()) {
            throw new Refusal(session.name() + "已是当前届次，无需重复设置。");
        }
        sessions.makeCurrent(id);
        audit.record("proposal.currentSession", null, session.name());
    }

    private void future(Instant closesAt) {
        if (!closesAt.isAfter(clock.instant())) {
            throw new Refusal("closesAt", "「提案截止时间」不能早于现在；要尽快截止，请填几分钟以后的时刻。");
        }
    }

    private static Session checked(String id, Instant closesAt, Rules rules, List<Session> all, boolean mock) {
        String name = Texts.line(rules.name(), 64, "name", "届次名称");
        if (name.isEmpty()) {
            throw new Refusal("name", "请填写「届次名称」，如 十四届六次。");
        }
        if (all.stream()
                .anyMatch(other -> other.name().equals(name) && !other.id().equals(id))) {
            throw new Refusal("name", "已有名为「" + name + "」的届次，请核对。");
        }
        if (mock != name.contains("模拟")) {
            throw new Refusal(
                    "name", mock ? "「届次名称」请写明“模拟”，如 2026年青少年模拟提案，以免与正式届次混淆。" : "「届次名称」里的“模拟”只用于模拟届次，请修改，或者改为新建模拟届次。");
        }
        if (mock && !rules.finalDecider().equals("director")) {
            throw new Refusal("finalDecider", "模拟提案由提案委员会主任终审，不列入会议，请改选「终审方式」。");
        }
        if (!DECIDERS.contains(rules.finalDecider())) {
            throw new Refusal("finalDecider", "「终审方式」不在可选范围内，请重新选择。");
        }
        between("titleLimit", "案由字数", rules.titleLimit(), 10, 200);
        between("textLimit", "情况、分析字数", rules.textLimit(), 100, 10_000);
        between("suggestionLimit", "每条建议字数", rules.suggestionLimit(), 50, 5_000);
        between("wishLimit", "建议承办单位", rules.wishLimit(), 1, 10);
        between("coSignLeastDays", "联名确认至少", rules.coSignLeastDays(), 0, 10);
        return new Session(
                id,
                name,
                closesAt,
                rules.finalDecider(),
                rules.titleLimit(),
                rules.textLimit(),
                rules.suggestionLimit(),
                rules.wishLimit(),
                rules.coSignLeastDays(),
                rules.mergedFiled(),
                null,
                mock,
                null);
    }

    private static void between(String field, String label, int value, int least, int most) {
        if (value < least || value > most) {
            throw new Refusal(field, "「" + label + "」请填" + least + "到" + most + "之间的整数。");
        }
    }

    private void allowed(String person) {
        List<String> groups = people.groupsOf(person);
        if (!groups.contains(Roles.PROPOSAL_CLERK) && !groups.contains(Roles.COMMITTEE_DIRECTOR)) {
            throw new Refusal("只有提案委员会办公室工作人员和提案委员会主任、副主任可以设置届次。");
        }
    }
}
