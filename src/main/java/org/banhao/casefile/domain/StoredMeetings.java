package org.banhao.casefile.domain;

import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseMeetings;
import org.banhao.casefile.CaseRow;
import org.banhao.casefile.Meeting;
import org.banhao.casefile.MeetingBusiness;
import org.banhao.casefile.MeetingKind;
import org.banhao.document.Documents;
import org.banhao.document.StoredDocument;
import org.banhao.people.People;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 会议: who came, what was on the agenda, what was decided, the minutes, and the end of it. What a decision does to a case is done by
 * the kind of case ({@link MeetingBusiness}); here it is written down once, and corrected by a row beside it.
 */
@Service
@Transactional
public class StoredMeetings implements CaseMeetings {

    static final String KIND = "HY";
    static final String OPEN = "open";
    static final String OPEN_NAME = "进行中";
    static final String CLOSED = "closed";
    static final String CLOSED_NAME = "已结束";
    static final String MINUTES = "meeting";
    private static final int LONGEST_LINE = 200;
    private static final int LONGEST_NOTE = 1000;
    private static final int MOST_PEOPLE = 500;
    private static final Set<String> ENDS = Set.of("present", "absent");

    private final MeetingRows rows;
    private final CaseFiles cases;
    private final Documents documents;
    private final People people;
    private final Audit audit;
    private final Clock clock;
    private final ObjectProvider<MeetingBusiness> businesses;
    private final ObjectProvider<Dossiers> dossiers;

    StoredMeetings(
            MeetingRows rows,
            CaseFiles cases,
            Documents documents,
            People people,
            Audit audit,
            Clock clock,
            ObjectProvider<MeetingBusiness> businesses,
            ObjectProvider<Dossiers> dossiers) {
        this.rows = rows;
        this.cases = cases;
        this.documents = documents;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
        this.businesses = businesses;
        this.dossiers = dossiers;
    }

    /** @param role {@code present}, {@code absent} (both entitled) or {@code guest} */
    public record Attendee(String name, String role, String note) {

        boolean entitled() {
            return ENDS.contains(role);
        }
    }

    /** @param corrects an earlier decision of the same item, which stays readable */
    public record Decision(
            long id,
            long itemId,
            String words,
            String note,
            @Nullable Long corrects,
            String name,
            Instant at) {}

    /**
     * 法定人数 of a kind of meeting from a day on.
     *
     * @param moreThan 过半数: more than the share; else at least. Share 0: none is asked
     * @param refuses below it nothing is decided; else the reason is recorded
     */
    public record Quorum(
            MeetingKind kind,
            int numerator,
            int denominator,
            boolean moreThan,
            boolean refuses,
            String basis,
            LocalDate validFrom) {

        boolean met(long present, long entitled) {
            long left = present * denominator;
            long right = entitled * numerator;
            return numerator == 0 || (moreThan ? left > right : left >= right);
        }

        /** 超过应到人数的1/2 */
        public String words() {
            return numerator == 0 ? "不设法定人数" : (moreThan ? "超过" : "不少于") + "应到人数的" + numerator + "/" + denominator;
        }
    }

    // ---- for the kinds of case

    @Override
    @Transactional(readOnly = true)
    public List<Meeting> all() {
        return rows.all();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Meeting> find(long id) {
        return rows.find(id);
    }

    @Override
    public long create(@Nullable String kind, @Nullable String name, @Nullable LocalDate heldOn, String person) {
        MeetingKind chosen =
                MeetingKind.find(String.valueOf(kind)).orElseThrow(() -> new Refusal("kind", "「会议类别」不在可选范围内，请重新选择。"));
        requireKeeper(chosen, person);
        String clean = name(name);
        LocalDate day = day(heldOn);
        if (rows.exists(clean, day, 0)) {
            throw there();
        }
        return add(chosen, clean, day, person);
    }

    @Override
    public long takeOver(MeetingKind kind, String name, LocalDate heldOn, String createdBy) {
        return add(kind, name, heldOn, createdBy);
    }

    private long add(MeetingKind chosen, String clean, LocalDate day, String person) {
        CaseRow row = cases.open(KIND, clean, null, OPEN, OPEN_NAME, chosen.label());
        long id;
        try {
            id = rows.insert(row.number(), chosen, clean, day, person, clock.instant());
        } catch (DuplicateKeyException e) {
            // a second click, or a colleague at the same moment
            throw there();
        }
        cases.happened(row.number(), "建立会议", chosen.label() + "，" + ChineseTime.text(day));
        audit.record("casefile.createMeeting", row.number(), clean);
        return id;
    }

    private static Refusal there() {
        return new Refusal("name", "这一天的这次会议已经建立，请直接选用。");
    }

    private static String name(@Nullable String name) {
        String clean = line(name, "name", "会议名称");
        if (clean.isEmpty()) {
            throw new Refusal("name", "请填写「会议名称」，如“提案委员会第二次会议”。");
        }
        return clean;
    }

    private static LocalDate day(@Nullable LocalDate heldOn) {
        if (heldOn == null || heldOn.getYear() < 2000 || heldOn.getYear() > 2100) {
            throw new Refusal("heldOn", "请填写「会议日期」。");
        }
        return heldOn;
    }

    @Override
    public Meeting deciding(long id) {
        Meeting meeting = held(rows.lock(id).orElseThrow(() -> new Refusal("meeting", "没有这次会议，请先在“会议”页建立。")));
        if (meeting.closed()) {
            throw new Refusal("meeting", "「" + meeting.name() + "」已经结束，不能再登记决定；登记有误的，请在会议页更正。");
        }
        quorate(meeting);
        return meeting;
    }

    private Meeting held(Meeting meeting) {
        if (meeting.heldOn().isAfter(ChineseTime.day(clock.instant()))) {
            throw new Refusal(
                    "meeting", "「" + meeting.name() + "」定于" + ChineseTime.text(meeting.heldOn()) + "召开，会后才能登记决定。");
        }
        return meeting;
    }

    /** Who came may be recorded after the decisions; once it is, it counts. */
    private void quorate(Meeting meeting) {
        Count count = count(rows.people(meeting.id()));
        Quorum rule = rows.quorum(meeting.kind(), meeting.heldOn()).orElse(null);
        if (count.entitled() == 0 || rule == null || rule.met(count.present(), count.entitled())) {
            return;
        }
        String lack = "「" + meeting.name() + "」应到" + count.entitled() + "人、实到" + count.present() + "人，不够法定人数（"
                + rule.words() + "）";
        if (rule.refuses()) {
            throw new Refusal("meeting", lack + "，不能登记决定；到会名单有误的，请先在会议页更正。");
        }
        if (meeting.quorumReason().isEmpty()) {
            throw new Refusal("meeting", lack + "，请先在会议页写明仍然作出决定的依据。");
        }
    }

    private record Count(long present, long entitled) {}

    private static Count count(List<Attendee> people) {
        return new Count(
                people.stream().filter(one -> one.role().equals("present")).count(),
                people.stream().filter(Attendee::entitled).count());
    }

    @Override
    public void decided(
            long id,
            @Nullable Integer agendaNumber,
            @Nullable String caseNumber,
            String subject,
            String words,
            @Nullable String note,
            String person) {
        Meeting meeting = rows.find(id).orElseThrow();
        List<MeetingRows.Item> agenda = rows.items(id);
        MeetingRows.Item item = agenda.stream()
                .filter(one -> caseNumber == null
                        ? one.caseNumber() == null && one.subject().equals(subject)
                        : caseNumber.equals(one.caseNumber()))
                .findFirst()
                .orElse(null);
        long itemId = item == null
                ? rows.insertItem(id, agendaNumber == null ? next(agenda) : agendaNumber, caseNumber, shown(subject))
                : item.id();
        if (item != null && agendaNumber != null) {
            rows.agendaNumber(itemId, agendaNumber);
        }
        rows.insertDecision(
                itemId,
                words,
                note == null ? "" : note.strip(),
                null,
                person,
                people.signatureOf(person),
                clock.instant());
        audit.record(
                "casefile.meetingDecided",
                caseNumber == null ? meeting.number() : caseNumber,
                meeting.name() + "：" + words);
    }

    private static String shown(String subject) {
        return subject.length() <= 400 ? subject : subject.substring(0, 399) + "…";
    }

    // ---- the pages

    /** @param undecided items of the agenda without a decision */
    public record Line(Meeting meeting, int items, int undecided) {}

    /** Meetings of the kinds this person may read, latest first. */
    @Transactional(readOnly = true)
    public List<Line> readable(String person) {
        List<String> groups = people.groupsOf(person);
        Map<Long, MeetingRows.Agenda> agendas = rows.agendas();
        return rows.all().stream()
                .filter(meeting -> meeting.kind().readBy(groups))
                .map(meeting -> {
                    MeetingRows.Agenda agenda = agendas.getOrDefault(meeting.id(), MeetingRows.Agenda.EMPTY);
                    return new Line(meeting, agenda.items(), agenda.items() - agenda.decided());
                })
                .toList();
    }

    /** Kinds whose records this person keeps; empty: he only reads. */
    @Transactional(readOnly = true)
    public List<MeetingKind> kept(String person) {
        List<String> groups = people.groupsOf(person);
        return Arrays.stream(MeetingKind.values())
                .filter(kind -> kind.keptBy(groups))
                .toList();
    }

    @Transactional(readOnly = true)
    public boolean reads(String person) {
        List<String> groups = people.groupsOf(person);
        return Arrays.stream(MeetingKind.values()).anyMatch(kind -> kind.readBy(groups));
    }

    /**
     * @param decision the one that holds; null: none yet
     * @param earlier those it corrects, oldest first
     */
    public record Item(
            long id,
            @Nullable Integer agendaNumber,
            @Nullable String caseNumber,
            String subject,
            @Nullable Decision decision,
            List<Decision> earlier) {}

    /** @param waiting what could be put on the agenda or decided now */
    public record Business(String label, String page, List<MeetingBusiness.Waiting> waiting) {}

    /** @param keeps the reader may record */
    public record View(
            Meeting meeting,
            boolean keeps,
            List<Attendee> people,
            long present,
            long entitled,
            @Nullable Quorum quorum,
            boolean quorate,
            List<Item> agenda,
            List<Business> businesses,
            List<StoredDocument> minutes) {

        public String names(String role) {
            StringBuilder lines = new StringBuilder();
            people.stream()
                    .filter(one -> one.role().equals(role))
                    .forEach(one -> lines.append(one.name())
                            .append(one.note().isEmpty() ? "" : " " + one.note())
                            .append('\n'));
            return lines.toString().strip();
        }
    }

    /** @throws Refusal there is none, or it is nothing for this person: the same words for both */
    public View view(long id, String person) {
        List<String> groups = people.groupsOf(person);
        Meeting meeting = rows.find(id)
                .filter(found -> found.kind().readBy(groups))
                .orElseThrow(() -> new Refusal("没有这次会议，请从会议列表重新进入。"));
        List<Attendee> all = rows.people(id);
        Count count = count(all);
        Quorum rule = rows.quorum(meeting.kind(), meeting.heldOn()).orElse(null);
        boolean keeps = meeting.kind().keptBy(groups);
        audit.record("casefile.readMeeting", meeting.number(), meeting.name());
        return new View(
                meeting,
                keeps,
                all,
                count.present(),
                count.entitled(),
                rule,
                rule == null || rule.met(count.present(), count.entitled()),
                agenda(id),
                keeps && !meeting.closed() ? waiting(meeting) : List.of(),
                documents.ofCase(meeting.number()));
    }

    private List<Item> agenda(long id) {
        Map<Long, List<Decision>> decisions = new HashMap<>();
        rows.decisions(id)
                .forEach(one -> decisions
                        .computeIfAbsent(one.itemId(), key -> new ArrayList<>())
                        .add(one));
        return rows.items(id).stream()
                .map(item -> {
                    List<Decision> all = decisions.getOrDefault(item.id(), List.of());
                    return new Item(
                            item.id(),
                            item.agendaNumber(),
                            item.caseNumber(),
                            item.subject(),
                            all.isEmpty() ? null : all.get(all.size() - 1),
                            all.isEmpty() ? List.of() : all.subList(0, all.size() - 1));
                })
                .toList();
    }

    private List<Business> waiting(Meeting meeting) {
        return businesses
                .orderedStream()
                .map(one -> new Business(one.label(), one.page(meeting), one.waiting(meeting.kind())))
                .filter(one -> !one.waiting().isEmpty())
                .toList();
    }

    /** Before the end. @throws Refusal not his to record, closed, or a value that does not fit */
    public void change(
            long id,
            @Nullable String name,
            @Nullable LocalDate heldOn,
            @Nullable LocalTime heldAt,
            @Nullable String place,
            @Nullable String chair,
            String person) {
        Meeting meeting = open(id, person);
        String clean = name(name);
        LocalDate day = day(heldOn);
        if (rows.exists(clean, day, id)) {
            throw there();
        }
        if (day.isAfter(ChineseTime.day(clock.instant())) && rows.decided(id)) {
            throw new Refusal("heldOn", "这次会议已经登记决定，「会议日期」不能晚于今天，请核对。");
        }
        rows.change(id, clean, day, heldAt, line(place, "place", "地点"), line(chair, 100, "chair", "主持人"));
        CaseRow row = cases.get(meeting.number());
        cases.change(row.number(), row.version(), clean, row.status(), row.statusName(), row.unit());
        audit.record("casefile.changeMeeting", meeting.number(), clean);
    }

    /**
     * Who came, one a line, a note after the name: {@code 平立川 出差}.
     *
     * @param present entitled and there
     * @param absent entitled and not there
     * @param guests 列席, not counted
     * @param quorumReason why it decides all the same, when they were too few and the rule leaves it to them
     * @throws Refusal a name stands twice, or too few came and no reason is given
     */
    public void attendance(
            long id,
            @Nullable String present,
            @Nullable String absent,
            @Nullable String guests,
            @Nullable String quorumReason,
            String person) {
        Meeting meeting = open(id, person);
        List<Attendee> all = new ArrayList<>();
        names(present, "present", "出席", all);
        names(absent, "absent", "缺席", all);
        names(guests, "guest", "列席", all);
        Set<String> seen = new HashSet<>();
        for (Attendee one : all) {
            if (!seen.add(one.name())) {
                throw new Refusal(one.role(), one.name() + "在名单里出现了两次，请只留一处；同名的请在姓名里区分。");
            }
        }
        Count count = count(all);
        if (count.present() == 0) {
            throw new Refusal("present", "请填写「出席」人员，一行一人。");
        }
        Quorum rule = rows.quorum(meeting.kind(), meeting.heldOn()).orElse(null);
        boolean enough = rule == null || rule.met(count.present(), count.entitled());
        String why = enough ? "" : line(quorumReason, "quorumReason", "仍然作出决定的依据");
        rows.people(id, all, why);
        cases.happened(
                meeting.number(),
                "登记到会",
                "应到" + count.entitled() + "人，实到" + count.present() + "人" + (enough ? "" : "，不够法定人数")
                        + (why.isEmpty() ? "" : "：" + why));
        audit.record("casefile.meetingAttendance", meeting.number(), count.present() + "/" + count.entitled());
    }

    private static void names(@Nullable String typed, String role, String label, List<Attendee> all) {
        String text = typed == null ? "" : typed;
        for (String raw : text.split("[\\n\\r]+")) {
            String one = raw.strip();
            if (one.isEmpty()) {
                continue;
            }
            String[] parts = one.split("[\\s，,：:]+", 2);
            String note = parts.length > 1 ? parts[1].strip() : "";
            if (parts[0].length() > 30 || note.length() > LONGEST_LINE || all.size() >= MOST_PEOPLE) {
                throw new Refusal(role, "「" + label + "」请一行一人，姓名不超过30字，最多" + MOST_PEOPLE + "人。");
            }
            all.add(new Attendee(parts[0], role, note));
        }
    }

    /** Puts all that waits for such a meeting on the agenda, in order, behind what stands there. @return how many */
    public int planWaiting(long id, String person) {
        Meeting meeting = open(id, person);
        List<MeetingRows.Item> there = rows.items(id);
        Set<String> known = new HashSet<>();
        int last = 0;
        for (MeetingRows.Item item : there) {
            known.add(Objects.requireNonNullElse(item.caseNumber(), item.subject()));
            last = Math.max(last, item.agendaNumber() == null ? 0 : item.agendaNumber());
        }
        int added = 0;
        for (Business business : waiting(meeting)) {
            for (MeetingBusiness.Waiting one : business.waiting()) {
                if (known.add(Objects.requireNonNullElse(one.caseNumber(), one.subject()))) {
                    rows.insertItem(id, ++last, one.caseNumber(), shown(one.subject()));
                    added++;
                }
            }
        }
        audit.record("casefile.planMeeting", meeting.number(), added + "项");
        return added;
    }

    /**
     * One item, before the end.
     *
     * @param caseNumber empty: a topic without a case
     * @throws Refusal no such case, twice on the agenda, or no subject
     */
    public void plan(long id, @Nullable String caseNumber, @Nullable String subject, String person) {
        Meeting meeting = open(id, person);
        String number = caseNumber == null ? "" : caseNumber.strip();
        CaseRow row = number.isEmpty()
                ? null
                : cases.find(number)
                        .filter(found -> dossiers.getObject().mayRead(number, person, people.groupsOf(person)))
                        .orElseThrow(() -> new Refusal("caseNumber", "没有编号为「" + number + "」、您可以查看的案件，请核对。"));
        String words = row == null ? line(subject, "subject", "议题") : row.title();
        if (words.isEmpty()) {
            throw new Refusal("subject", "请填写「议题」，或者填写案件编号。");
        }
        List<MeetingRows.Item> there = rows.items(id);
        if (there.stream()
                .anyMatch(item -> row == null
                        ? item.subject().equals(words)
                        : row.number().equals(item.caseNumber()))) {
            throw new Refusal("subject", "这一项已经在议程里，不必再列。");
        }
        rows.insertItem(id, next(there), row == null ? null : row.number(), shown(words));
        audit.record("casefile.planMeeting", meeting.number(), words);
    }

    private static int next(List<MeetingRows.Item> agenda) {
        return agenda.stream()
                        .mapToInt(item -> item.agendaNumber() == null ? 0 : item.agendaNumber())
                        .max()
                        .orElse(0)
                + 1;
    }

    /** @throws Refusal it is decided already */
    public void drop(long itemId, String person) {
        MeetingRows.Item item = item(itemId);
        Meeting meeting = open(item.meetingId(), person);
        if (holding(item).isPresent()) {
            throw new Refusal("这一项已经登记决定，不能从议程里去掉；登记有误的，请更正。");
        }
        rows.deleteItem(itemId);
        audit.record("casefile.unplanMeeting", meeting.number(), item.subject());
    }

    private MeetingRows.Item item(long id) {
        return rows.item(id).orElseThrow(() -> new Refusal("没有这一项议程，请刷新页面。"));
    }

    private Optional<Decision> holding(MeetingRows.Item item) {
        return rows.decisions(item.meetingId()).stream()
                .filter(one -> one.itemId() == item.id())
                .reduce((earlier, later) -> later);
    }

    /**
     * Writes down what was decided on an item for which no step waits. Once: what was written is corrected, not written again.
     *
     * @throws Refusal a step waits for it: then the decision is recorded where it is carried out
     */
    public void record(long itemId, @Nullable String words, @Nullable String note, String person) {
        MeetingRows.Item item = item(itemId);
        Meeting meeting = open(item.meetingId(), person);
        deciding(meeting.id());
        if (holding(item).isPresent()) {
            throw new Refusal("words", "这一项已经登记过决定，请刷新页面；登记有误的，请更正。");
        }
        for (Business business : waiting(meeting)) {
            if (business.waiting().stream()
                    .anyMatch(one -> item.caseNumber() == null
                            ? one.caseNumber() == null && one.subject().equals(item.subject())
                            : item.caseNumber().equals(one.caseNumber()))) {
                throw new Refusal("words", "这一项还有待办在等会议决定，请在“" + business.label() + "”里登记，登记时待办一并办结。");
            }
        }
        String clean = words(words);
        rows.insertDecision(itemId, clean, note(note), null, person, people.signatureOf(person), clock.instant());
        tell(meeting, item, "会议决定：" + clean, note);
        audit.record("casefile.recordMeeting", meeting.number(), item.subject() + "：" + clean);
    }

    /**
     * A record was wrong: the right one stands beside it, with why. The case is not touched; what it needs is done by its own rules.
     *
     * @throws Refusal corrected by somebody else meanwhile, or no reason
     */
    public void correct(long decisionId, @Nullable String words, @Nullable String reason, String person) {
        Decision wrong = rows.decision(decisionId).orElseThrow(() -> new Refusal("没有这个决定，请刷新页面。"));
        MeetingRows.Item item = item(wrong.itemId());
        Meeting meeting = rows.lock(item.meetingId()).orElseThrow();
        requireKeeper(meeting.kind(), person);
        if (holding(item).filter(one -> one.id() == decisionId).isEmpty()) {
            throw new Refusal("words", "这个决定已经更正过，请刷新页面，看过以后再改。");
        }
        String clean = words(words);
        String why = note(reason);
        if (why.isEmpty()) {
            throw new Refusal("note", "请填写「更正理由」，与原记录一并保存。");
        }
        rows.insertDecision(item.id(), clean, why, decisionId, person, people.signatureOf(person), clock.instant());
        tell(meeting, item, "更正会议决定：" + wrong.words() + " → " + clean, why);
        audit.record("casefile.correctMeeting", meeting.number(), item.subject() + "：" + clean);
    }

    private void tell(Meeting meeting, MeetingRows.Item item, String what, @Nullable String detail) {
        String more = meeting.name() + (detail == null || detail.isBlank() ? "" : "。" + detail.strip());
        cases.happened(meeting.number(), what, item.subject());
        if (item.caseNumber() != null) {
            cases.happened(item.caseNumber(), what, more);
        }
    }

    private static String words(@Nullable String words) {
        String clean = line(words, "words", "会议决定");
        if (clean.isEmpty()) {
            throw new Refusal("words", "请填写「会议决定」，如 同意交办。");
        }
        return clean;
    }

    private static String note(@Nullable String note) {
        String clean = note == null ? "" : note.strip();
        if (clean.length() > LONGEST_NOTE) {
            throw new Refusal("note", "「说明」最多" + LONGEST_NOTE + "字，请删减。");
        }
        return clean;
    }

    /** 纪要, also after the end. @throws Refusal not a file that is taken */
    public void minutes(long id, String fileName, InputStream content, String person) {
        Meeting meeting = rows.lock(id).orElseThrow(() -> new Refusal("没有这次会议，请从会议列表重新进入。"));
        requireKeeper(meeting.kind(), person);
        String document = documents
                .store(meeting.number(), "draft:" + meeting.number(), fileName, content, person, people.nameOf(person))
                .id();
        documents.attach(meeting.number(), List.of(document), MINUTES);
        cases.happened(meeting.number(), "上传会议纪要", fileName);
        audit.record("casefile.meetingMinutes", meeting.number(), fileName);
    }

    /** The end: nothing more is decided in its name. @throws Refusal something is missing; says what */
    public void close(long id, String person) {
        Meeting meeting = held(open(id, person));
        if (rows.people(id).isEmpty()) {
            throw new Refusal("present", "请先登记到会人员，再结束会议。");
        }
        quorate(meeting);
        List<Item> open =
                agenda(id).stream().filter(item -> item.decision() == null).toList();
        if (!open.isEmpty()) {
            throw new Refusal(
                    "agenda", "议程里还有" + open.size() + "项没有登记决定（如“" + open.get(0).subject() + "”），请登记，或者从议程里去掉。");
        }
        if (documents.ofCase(meeting.number()).isEmpty()) {
            throw new Refusal("minutes", "请先上传会议纪要，再结束会议。");
        }
        rows.closed(id, clock.instant());
        cases.status(meeting.number(), CLOSED, CLOSED_NAME);
        cases.happened(meeting.number(), "会议结束", null);
        cases.close(meeting.number());
        audit.record("casefile.closeMeeting", meeting.number(), meeting.name());
    }

    private Meeting open(long id, String person) {
        Meeting meeting = rows.lock(id).orElseThrow(() -> new Refusal("没有这次会议，请从会议列表重新进入。"));
        requireKeeper(meeting.kind(), person);
        if (meeting.closed()) {
            throw new Refusal("「" + meeting.name() + "」已经结束，不能再改；决定登记有误的，请更正。");
        }
        return meeting;
    }

    private void requireKeeper(MeetingKind kind, String person) {
        if (!kind.keptBy(people.groupsOf(person))) {
            throw new Refusal("只有会议秘书可以建立会议、登记会议决定。");
        }
    }

    // ---- quorum

    /** Those of today, in the order of the kinds. */
    @Transactional(readOnly = true)
    public List<Quorum> quorums() {
        LocalDate today = ChineseTime.day(clock.instant());
        return Arrays.stream(MeetingKind.values())
                .map(kind -> rows.quorum(kind, today))
                .flatMap(Optional::stream)
                .toList();
    }

    /** From today on; meetings held before keep the rule of their day. @throws Refusal not a share, or no basis */
    public void quorum(
            String kind,
            @Nullable Integer numerator,
            @Nullable Integer denominator,
            boolean moreThan,
            boolean refuses,
            @Nullable String basis,
            String person) {
        MeetingKind chosen = MeetingKind.find(kind).orElseThrow(() -> new Refusal("kind", "「会议类别」不在可选范围内，请重新选择。"));
        requireKeeper(chosen, person);
        if (numerator == null
                || denominator == null
                || numerator < 0
                || denominator < 1
                || denominator > 100
                || numerator > denominator) {
            throw new Refusal("numerator", "「法定人数」请填写不大于1的分数，如 1/2；不设的填 0/1。");
        }
        String why = line(basis, "basis", "依据");
        if (why.isEmpty()) {
            throw new Refusal("basis", "请填写「依据」，如 本会主席会议工作规则第几条。");
        }
        Quorum rule =
                new Quorum(chosen, numerator, denominator, moreThan, refuses, why, ChineseTime.day(clock.instant()));
        rows.insertQuorum(rule, person, people.nameOf(person), clock.instant());
        audit.record("casefile.meetingQuorum", null, chosen.label() + "：" + rule.words());
    }

    private static String line(@Nullable String raw, String field, String label) {
        return line(raw, LONGEST_LINE, field, label);
    }

    private static String line(@Nullable String raw, int most, String field, String label) {
        String clean = raw == null ? "" : raw.replaceAll("[\\p{Cntrl}]+", " ").strip();
        if (clean.length() > most) {
            throw new Refusal(field, "「" + label + "」最多" + most + "字，请缩短。");
        }
        return clean;
    }
}
