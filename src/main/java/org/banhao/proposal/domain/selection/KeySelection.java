package org.banhao.proposal.domain.selection;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseMeetings;
import org.banhao.casefile.CaseRow;
import org.banhao.casefile.Meeting;
import org.banhao.casefile.MeetingBusiness;
import org.banhao.casefile.MeetingKind;
import org.banhao.people.People;
import org.banhao.people.Person;
import org.banhao.people.Roles;
import org.banhao.proposal.domain.Informing;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.Session;
import org.banhao.proposal.domain.Sessions;
import org.banhao.proposal.domain.Status;
import org.banhao.proposal.domain.Texts;
import org.banhao.proposal.domain.Verdict;
import org.banhao.proposal.domain.assignment.Assignments;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 重点提案遴选: reviewers and the committee name candidates, the 党组会议 looks at them first where the session says so, the 主席会议
 * decides and names who supervises (督办主席) and who leads (领办领导). From that moment the case is key everywhere: the rule of the
 * face-to-face meeting and of the head's signature, every list and card. Before or after 交办; revocable with a reason.
 */
@Service
@Transactional
public class KeySelection implements MeetingBusiness {

    /** Roles of the case: who has one may read it. */
    public static final String CHAIR = "supervisingChair";

    public static final String OFFICIAL = "leadingOfficial";

    private static final int MOST_CASES = 50;
    private static final int LONGEST_REASON = 500;
    private static final Set<String> READERS = Set.of(
            Roles.PROPOSAL_CLERK,
            Roles.COMMITTEE_DIRECTOR,
            Roles.MEETING_SECRETARY,
            Roles.SUPERVISING_CHAIR,
            Roles.LEADING_OFFICIAL);

    private final KeyTopicRows rows;
    private final Proposals proposals;
    private final Sessions sessions;
    private final Assignments assignments;
    private final CaseMeetings caseMeetings;
    private final CaseFiles caseFiles;
    private final Informing informing;
    private final People people;
    private final Audit audit;
    private final Clock clock;

    KeySelection(
            KeyTopicRows rows,
            Proposals proposals,
            Sessions sessions,
            Assignments assignments,
            CaseMeetings caseMeetings,
            CaseFiles caseFiles,
            Informing informing,
            People people,
            Audit audit,
            Clock clock) {
        this.rows = rows;
        this.proposals = proposals;
        this.sessions = sessions;
        this.assignments = assignments;
        this.caseMeetings = caseMeetings;
        this.caseFiles = caseFiles;
        this.informing = informing;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    /** A proposal as the lists show it. */
    public record Item(String caseNumber, String numberLine, String title, String proposerLine, String statusName) {}

    public record Line(KeyTopic topic, List<Item> items) {}

    /**
     * @param suggested marked 拟重点 by a reviewer and in no topic that lives
     * @param meetings 党组会议 and 主席会议, latest first
     */
    public record Board(
            Session session,
            boolean partyGroupFirst,
            List<Item> suggested,
            List<Line> topics,
            List<Meeting> partyGroups,
            List<Meeting> councils,
            List<Person> chairs,
            List<Person> officials) {}

    /**
     * Who leads sees what he leads, and no candidates; the others see all.
     *
     * @throws Refusal nobody's business
     */
    public Board board(String session, String person) {
        List<String> groups = people.groupsOf(person);
        if (groups.stream().noneMatch(READERS::contains)) {
            throw new Refusal("只有提案委员会、会议秘书、督办主席和领办领导可以查看重点提案。");
        }
        Session chosen = counted(sessions.get(session));
        boolean works = works(groups);
        List<KeyTopic> topics = rows.ofSession(session).stream()
                .filter(topic -> works
                        || topic.state() == TopicState.SELECTED
                                && (groups.contains(Roles.SUPERVISING_CHAIR) || person.equals(topic.official())))
                .toList();
        Map<String, Item> items =
                items(topics.stream().flatMap(topic -> topic.cases().stream()).collect(Collectors.toSet()));
        Set<String> taken = rows.ofSession(session).stream()
                .filter(topic -> topic.state().open() || topic.state() == TopicState.SELECTED)
                .flatMap(topic -> topic.cases().stream())
                .collect(Collectors.toSet());
        List<Item> suggested = works
                ? List.copyOf(items(proposals.keyCandidates(session).stream()
                                .filter(number -> !taken.contains(number))
                                .toList())
                        .values())
                : List.of();
        audit.record("proposal.readKeyTopics", null, chosen.name() + "，" + topics.size() + "个选题");
        return new Board(
                chosen,
                rows.partyGroupFirst(session),
                suggested,
                topics.stream()
                        .map(topic -> new Line(
                                topic,
                                topic.cases().stream()
                                        .map(items::get)
                                        .filter(Objects::nonNull)
                                        .toList()))
                        .toList(),
                meetings(MeetingKind.PARTY_GROUP),
                meetings(MeetingKind.CHAIRS_COUNCIL),
                people.membersOf(Roles.SUPERVISING_CHAIR),
                people.membersOf(Roles.LEADING_OFFICIAL));
    }

    private static Session counted(Session session) {
        if (session.mock()) {
            throw new Refusal("session", session.name() + "是模拟届次，不遴选重点提案，请另选届次。");
        }
        return session;
    }

    private static boolean works(List<String> groups) {
        return groups.contains(Roles.PROPOSAL_CLERK)
                || groups.contains(Roles.COMMITTEE_DIRECTOR)
                || groups.contains(Roles.MEETING_SECRETARY);
    }

    private List<Meeting> meetings(MeetingKind kind) {
        return caseMeetings.all().stream()
                .filter(meeting -> meeting.kind() == kind && !meeting.closed())
                .toList();
    }

    private Map<String, Item> items(Collection<String> numbers) {
        Map<String, CaseRow> cases = caseFiles.all(numbers);
        Map<String, Item> items = new LinkedHashMap<>();
        proposals.all(numbers).stream()
                .sorted(Comparator.comparing(Proposal::caseNumber))
                .forEach(proposal -> {
                    CaseRow row = cases.get(proposal.caseNumber());
                    items.put(
                            proposal.caseNumber(),
                            new Item(
                                    proposal.caseNumber(),
                                    proposals.numberLine(proposal),
                                    proposal.title(),
                                    proposals.proposerLine(proposal),
                                    row == null ? "" : row.statusName()));
                });
        return items;
    }

    @Override
    public String label() {
        return "重点提案遴选";
    }

    /** Of the current session. */
    @Override
    @Transactional(readOnly = true)
    public List<Waiting> waiting(MeetingKind kind) {
        boolean partyGroup = kind == MeetingKind.PARTY_GROUP;
        String session = sessions.open().map(Session::id).orElse("");
        if (session.isEmpty() || !partyGroup && kind != MeetingKind.CHAIRS_COUNCIL) {
            return List.of();
        }
        boolean partyGroupFirst = rows.partyGroupFirst(session);
        return rows.ofSession(session).stream()
                .filter(topic -> partyGroup
                        ? topic.state() == TopicState.CANDIDATE
                        : topic.state() == TopicState.PASSED
                                || topic.state() == TopicState.CANDIDATE && !partyGroupFirst)
                .map(topic -> new Waiting(null, topic.name()))
                .toList();
    }

    @Override
    public String page(Meeting meeting) {
        return "/proposals/key?meeting=" + meeting.id();
    }

    /** Topics of this case that count at this moment. */
    @Transactional(readOnly = true)
    public List<KeyTopic> selected(String caseNumber) {
        return rows.ofCase(caseNumber).stream()
                .filter(topic -> topic.state() == TopicState.SELECTED)
                .toList();
    }

    /** Of many cases in one look: those topics that were selected. */
    @Transactional(readOnly = true)
    public List<KeyTopic> selected(Collection<String> caseNumbers) {
        return rows.ofCases(caseNumbers).stream()
                .filter(topic -> topic.state() == TopicState.SELECTED)
                .toList();
    }

    /** Whether the 党组会议 looks at topics before the 主席会议 decides; for topics that are open, too. */
    public void partyGroupFirst(String session, boolean first, String person) {
        requireCommittee(person);
        Session chosen = sessions.get(session);
        rows.partyGroupFirst(session, first);
        audit.record("proposal.keyRule", null, chosen.name() + (first ? "：先经党组会议" : "：不经党组会议"));
    }

    /**
     * Names a candidate.
     *
     * @param caseNumbers proposals under review or filed, of this session
     * @return id of the topic
     * @throws Refusal not the committee, no name or reason, or a proposal that cannot become key
     */
    public long nominate(
            String session, @Nullable String name, @Nullable String reason, List<String> caseNumbers, String person) {
        requireCommittee(person);
        Session chosen = counted(sessions.get(session));
        String clean = Texts.line(name, Texts.LONGEST_LINE, "name", "选题名称");
        if (clean.isEmpty()) {
            throw new Refusal("name", "请填写「选题名称」，如 加速“公园经济”发展。");
        }
        String why = Texts.text(reason, LONGEST_REASON, "reason", "推荐理由").strip();
        if (why.isEmpty()) {
            throw new Refusal("reason", "请填写「推荐理由」，供会议研究。");
        }
        Set<String> numbers = new LinkedHashSet<>();
        for (String number : caseNumbers) {
            String one = number.strip();
            if (!one.isEmpty()) {
                numbers.add(one);
            }
        }
        if (numbers.isEmpty()) {
            throw new Refusal("cases", "请至少选择或填写一件提案。");
        }
        if (numbers.size() > MOST_CASES) {
            throw new Refusal("cases", "一个选题最多" + MOST_CASES + "件提案，请分成几个选题。");
        }
        for (String number : numbers) {
            nominable(proposals.lock(number), chosen);
        }
        long id = rows.insert(
                session, clean, why, List.copyOf(numbers), person, people.signatureOf(person), clock.instant());
        numbers.forEach(number -> audit.record("proposal.nominateKey", number, clean));
        return id;
    }

    private static void nominable(Proposal proposal, Session session) {
        if (!proposal.sessionId().equals(session.id())) {
            throw new Refusal("cases", "提案" + proposal.caseNumber() + "不属于" + session.name() + "，请核对编号。");
        }
        if (proposal.submittedAt() == null || proposal.withdrawnAt() != null) {
            throw new Refusal("cases", "提案" + proposal.caseNumber() + "没有提交或者已经撤回，不能作为重点提案候选。");
        }
        if (proposal.verdict() == Verdict.MERGE) {
            throw new Refusal("cases", "提案" + proposal.caseNumber() + "已并入" + proposal.leadCase() + "，请改选主案。");
        }
        if (proposal.verdict() != null && proposal.verdict() != Verdict.FILE) {
            throw new Refusal("cases", "提案" + proposal.caseNumber() + "没有立案，不能作为重点提案候选。");
        }
    }

    /** The committee takes a candidate back. */
    public void drop(long id, @Nullable String reason, String person) {
        requireCommittee(person);
        KeyTopic topic = rows.lock(id);
        if (!topic.state().open()) {
            throw new Refusal("「" + topic.name() + "」" + topic.state().label() + "，不能取消候选。");
        }
        String why = why(reason, "取消候选的理由");
        rows.ended(topic, TopicState.DROPPED, why, person, people.signatureOf(person), clock.instant());
        topic.cases().forEach(number -> audit.record("proposal.dropKey", number, topic.name()));
    }

    /** 党组会议 agrees that these go to the 主席会议. @throws Refusal not the secretary, no such meeting, or one is not a candidate */
    public void pass(long meetingId, List<Long> topics, String person) {
        requireSecretary(person);
        Meeting meeting = meeting(meetingId, MeetingKind.PARTY_GROUP);
        if (topics.isEmpty()) {
            throw new Refusal("topics", "请至少勾选一个选题。");
        }
        for (long id : topics) {
            KeyTopic topic = rows.lock(id);
            if (topic.state() != TopicState.CANDIDATE) {
                throw new Refusal("「" + topic.name() + "」" + topic.state().label() + "，不必再登记党组会议意见。");
            }
            rows.passed(topic, meeting.id());
            caseMeetings.decided(meeting.id(), null, null, topic.name(), "同意提交主席会议", null, person);
            topic.cases().forEach(number -> audit.record("proposal.passKey", number, meeting.name()));
        }
    }

    /**
     * What the 主席会议 says of one topic.
     *
     * @param chair 督办主席, needed when it is selected
     * @param official 领办领导; null: nobody
     */
    public record Decision(
            long topicId,
            boolean selected,
            @Nullable String chair,
            @Nullable String official,
            @Nullable String note) {}

    /** All of them or none. @throws Refusal not the secretary, a topic that is not open, not passed or not complete */
    public void decide(long meetingId, List<Decision> decisions, String person) {
        requireSecretary(person);
        Meeting meeting = meeting(meetingId, MeetingKind.CHAIRS_COUNCIL);
        if (decisions.isEmpty()) {
            throw new Refusal("topics", "请至少勾选一个选题。");
        }
        for (Decision decision : decisions) {
            decide(meeting, decision, person);
        }
    }

    private void decide(Meeting meeting, Decision decision, String person) {
        KeyTopic topic = rows.lock(decision.topicId());
        if (!topic.state().open()) {
            throw new Refusal("「" + topic.name() + "」" + topic.state().label() + "，不能再登记决定。");
        }
        if (topic.state() == TopicState.CANDIDATE && rows.partyGroupFirst(topic.sessionId())) {
            throw new Refusal("「" + topic.name() + "」还没有经过党组会议，请先登记党组会议意见。");
        }
        String note =
                Texts.text(decision.note(), LONGEST_REASON, "note", "决定要点").strip();
        if (!decision.selected()) {
            rows.decided(topic, TopicState.DECLINED, meeting.id(), note, null, null, null, null);
            caseMeetings.decided(meeting.id(), null, null, topic.name(), "不列入重点提案", note, person);
            topic.cases().forEach(number -> audit.record("proposal.declineKey", number, topic.name()));
            return;
        }
        Person chair = one(decision.chair(), Roles.SUPERVISING_CHAIR, "chair", topic, "督办主席");
        if (chair == null) {
            throw new Refusal("chair", "请为「" + topic.name() + "」选择「督办主席」。");
        }
        Person official = one(decision.official(), Roles.LEADING_OFFICIAL, "official", topic, "领办领导");
        rows.decided(
                topic,
                TopicState.SELECTED,
                meeting.id(),
                note,
                chair.id(),
                chair.name(),
                official == null ? null : official.id(),
                official == null ? null : official.name());
        caseMeetings.decided(meeting.id(), null, null, topic.name(), "确定为重点提案，督办：" + chair.name(), note, person);
        KeyTopic decided = rows.get(topic.id());
        for (String number : topic.cases()) {
            select(decided, number, chair, official);
        }
    }

    private @Nullable Person one(@Nullable String id, String role, String field, KeyTopic topic, String label) {
        if (id == null || id.isBlank()) {
            return null;
        }
        return people.membersOf(role).stream()
                .filter(person -> person.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refusal(field, "「" + topic.name() + "」的「" + label + "」不在可选的人员里，请重新选择。"));
    }

    private void select(KeyTopic topic, String number, Person chair, @Nullable Person official) {
        Proposal proposal = proposals.lock(number);
        if (proposal.verdict() != Verdict.FILE || proposal.withdrawnAt() != null) {
            throw new Refusal("提案" + number + "还没有立案或者已经撤回，不能确定为重点提案；请从选题中取消后另行提名。");
        }
        if (Status.of(caseFiles.get(number)).answered()) {
            throw new Refusal("提案" + number + "已经答复，不能再确定为重点提案；请从选题中取消后另行提名。");
        }
        caseFiles.key(number, true);
        caseFiles.party(number, CHAIR, chair.id(), false);
        if (official != null) {
            caseFiles.party(number, OFFICIAL, official.id(), false);
        }
        caseFiles.happened(
                number,
                "确定为重点提案",
                topic.name() + "，" + topic.decidedLine() + "，督办：" + chair.name()
                        + (official == null ? "" : "，领办：" + official.name()));
        Map<String, String> values = new HashMap<>();
        values.put("topic", topic.name());
        values.put("meeting", topic.decidedLine());
        values.put("chair", chair.name());
        if (official != null) {
            values.put("official", official.name());
        }
        tell(topic, proposal, "keySelected", values);
        audit.record("proposal.selectKey", number, topic.name() + "，" + topic.decidedLine());
    }

    /**
     * Takes the topic back with all its proposals; one that stands in another selected topic stays key.
     *
     * @throws Refusal not the committee's director, not selected, or no reason
     */
    public void revoke(long id, @Nullable String reason, String person) {
        if (!people.groupsOf(person).contains(Roles.COMMITTEE_DIRECTOR)) {
            throw new Refusal("只有提案委员会主任、副主任可以撤销重点提案。");
        }
        KeyTopic topic = rows.lock(id);
        if (topic.state() != TopicState.SELECTED) {
            throw new Refusal("「" + topic.name() + "」" + topic.state().label() + "，不必撤销。");
        }
        String why = why(reason, "撤销理由");
        rows.ended(topic, TopicState.REVOKED, why, person, people.signatureOf(person), clock.instant());
        for (String number : topic.cases()) {
            Proposal proposal = proposals.lock(number);
            List<KeyTopic> others = selected(number);
            if (others.isEmpty()) {
                caseFiles.key(number, false);
            }
            ends(number, CHAIR, topic.chair(), others.stream().map(KeyTopic::chair));
            ends(number, OFFICIAL, topic.official(), others.stream().map(KeyTopic::official));
            caseFiles.happened(number, "撤销重点提案", topic.name() + "。理由：" + why);
            tell(topic, proposal, "keyRevoked", Map.of("topic", topic.name(), "reason", why));
            audit.record("proposal.revokeKey", number, topic.name());
        }
    }

    private void ends(String number, String role, @Nullable String holder, Stream<@Nullable String> others) {
        if (holder != null && others.noneMatch(holder::equals)) {
            caseFiles.partyEnds(number, role, holder);
        }
    }

    /** Proposers, the units that hold the case, both assigning offices, and the two leaders. */
    private void tell(KeyTopic topic, Proposal proposal, String template, Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.put("fileNumber", proposals.numberLine(proposal));
        String occasion = String.valueOf(topic.id());
        informing.proposers(proposal, template, occasion, all);
        // they live and are answered with it; each reads his own number
        for (Proposal merged : proposals.mergedInto(proposal.caseNumber())) {
            informing.proposers(merged, template, occasion, all);
        }
        Set<String> staff = new LinkedHashSet<>();
        assignments.holding(proposal.caseNumber()).stream()
                .flatMap(row -> people.membersOf(row.unitId() + ".liaison").stream())
                .forEach(person -> staff.add(person.id()));
        Stream.of(Roles.PARTY_OFFICE_ASSIGNER, Roles.GOVERNMENT_OFFICE_ASSIGNER)
                .flatMap(group -> people.membersOf(group).stream())
                .forEach(person -> staff.add(person.id()));
        List<@Nullable String> leaders = new ArrayList<>();
        leaders.add(topic.chair());
        leaders.add(topic.official());
        leaders.stream().filter(Objects::nonNull).forEach(staff::add);
        staff.forEach(person -> informing.staff(proposal, template, occasion, person, all));
    }

    private static String why(@Nullable String reason, String label) {
        String why = Texts.text(reason, LONGEST_REASON, "reason", label).strip();
        if (why.isEmpty()) {
            throw new Refusal("reason", "请填写「" + label + "」。");
        }
        return why;
    }

    private Meeting meeting(long id, MeetingKind kind) {
        return caseMeetings.deciding(meetings(kind).stream()
                .filter(meeting -> meeting.id() == id)
                .findFirst()
                .orElseThrow(() -> new Refusal("meeting", "请选择一次" + kind.label() + "；还没有的，先在“会议”页建立。"))
                .id());
    }

    private void requireCommittee(String person) {
        List<String> groups = people.groupsOf(person);
        if (!groups.contains(Roles.PROPOSAL_CLERK) && !groups.contains(Roles.COMMITTEE_DIRECTOR)) {
            throw new Refusal("只有提案委员会办公室工作人员和提案委员会主任、副主任可以提名重点提案。");
        }
    }

    private void requireSecretary(String person) {
        if (!people.groupsOf(person).contains(Roles.MEETING_SECRETARY)) {
            throw new Refusal("只有会议秘书可以登记会议对重点提案的决定。");
        }
    }
}
