package org.banhao.proposal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.CurrentActor;
import org.banhao.base.Refusal;
import org.banhao.calendar.Deadline;
import org.banhao.calendar.DeadlineRule;
import org.banhao.calendar.DeadlineRules;
import org.banhao.calendar.Deadlines;
import org.banhao.calendar.TermUnit;
import org.banhao.calendar.WorkCalendar;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseLink;
import org.banhao.casefile.CaseMeetings;
import org.banhao.casefile.CaseRow;
import org.banhao.casefile.Meeting;
import org.banhao.casefile.MeetingKind;
import org.banhao.casefile.StoredAnswer;
import org.banhao.casefile.TimelineEntry;
import org.banhao.document.Documents;
import org.banhao.document.StoredDocument;
import org.banhao.notice.Mailbox;
import org.banhao.notice.Notice;
import org.banhao.notice.NoticeLists;
import org.banhao.notice.Notices;
import org.banhao.people.Member;
import org.banhao.people.People;
import org.banhao.people.Person;
import org.banhao.people.Unit;
import org.jspecify.annotations.Nullable;

/** The modules below, in memory and just as strict as their contracts. */
public final class Fakes {

    private Fakes() {}

    /** Time that stands until it is moved. */
    public static final class StandingClock extends Clock {
        public static final Instant START =
                LocalDate.of(2026, 11, 23).atTime(9, 0).atZone(ChineseTime.ZONE).toInstant();

        public Instant now = START;

        @Override
        public ZoneId getZone() {
            return ChineseTime.ZONE;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }

        public void move(Duration by) {
            now = now.plus(by);
        }
    }

    public static final class FakeActor implements CurrentActor {
        public Actor actor = Actor.SYSTEM;

        @Override
        public Actor get() {
            return actor;
        }
    }

    public static final class FakeAudit implements Audit {
        public final List<String> recorded = new ArrayList<>();

        @Override
        public void record(String action, @Nullable String caseNumber, String detail) {
            recorded.add(action + " " + caseNumber);
        }
    }

    /** Nothing has left the house. */
    public static final class EmptyMailbox implements Mailbox {

        @Override
        public Counts counts() {
            return new Counts(0, 0, 0, 0);
        }

        @Override
        public Counts counts(String caseNumber) {
            return counts();
        }

        @Override
        public List<Message> list(@Nullable String state, @Nullable Long before) {
            return List.of();
        }

        @Override
        public List<Message> export(@Nullable String state) {
            return List.of();
        }

        @Override
        public List<Message> ofCase(String caseNumber) {
            return List.of();
        }

        @Override
        public List<Message> latest(String caseNumber, int most) {
            return List.of();
        }

        @Override
        public Message get(long id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void retry(long id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void resend(String caseNumber, long id, String by) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void revokeLink(String caseNumber, long id, String by) {
            throw new UnsupportedOperationException();
        }
    }

    public static final class FakeNotices implements Notices {
        public final Map<String, Notice> told = new LinkedHashMap<>();

        @Override
        public void tell(Notice notice) {
            told.putIfAbsent(notice.key(), notice);
        }

        /** Who was told this, in order. */
        public List<String> persons(String template, String caseNumber) {
            return told.values().stream()
                    .filter(notice -> notice.template().equals(template) && caseNumber.equals(notice.caseNumber()))
                    .map(Notice::personId)
                    .toList();
        }
    }

    /** All that was told, by mail that waits. */
    public static final class FakeNoticeLists implements NoticeLists {
        private static final List<Reason> REASONS = List.of(
                new Reason("submitted", "收到提案回执"), new Reason("filed", "立案通知"), new Reason("withdrawn", "撤案告知"));
        public final Map<Long, HandedOver> handed = new LinkedHashMap<>();
        private final FakeNotices notices;
        private final FakePeople people;
        private final Clock clock;

        FakeNoticeLists(FakeNotices notices, FakePeople people, Clock clock) {
            this.notices = notices;
            this.people = people;
            this.clock = clock;
        }

        @Override
        public List<Reason> reasons() {
            return REASONS;
        }

        @Override
        public Found told(Wanted wanted) {
            List<Told> lines = new ArrayList<>();
            long key = 0;
            for (Notice notice : notices.told.values()) {
                key++;
                for (Reason reason : REASONS) {
                    if (reason.template().equals(notice.template())
                            && (wanted.template().isEmpty() || wanted.template().equals(reason.template()))
                            && key <= wanted.upTo()) {
                        lines.add(0, line(key, reason, notice));
                    }
                }
            }
            return new Found(lines, false);
        }

        private Told line(long key, Reason reason, Notice notice) {
            return new Told(
                    key,
                    reason,
                    notice.personId(),
                    people.nameOf(notice.personId()),
                    String.valueOf(notice.caseNumber()),
                    "【办好】提案" + notice.caseNumber() + "已立案。",
                    clock.instant(),
                    List.of(),
                    false,
                    handed.get(key));
        }

        @Override
        public HandedOver handOver(long key, Set<String> kinds, String personId) {
            Instant now = clock.instant();
            return handed.computeIfAbsent(
                    key,
                    id -> new HandedOver(id, now, now.plus(Duration.ofMinutes(5)), personId, people.nameOf(personId)));
        }

        @Override
        public void takeBack(long id, String personId) {
            handed.remove(id);
        }
    }

    public static final class FakePeople implements People {
        private static final List<Member> MEMBERS = List.of(
                member("wei-linshu", "卫林书", "教育界"),
                member("gao-qingyuan", "郜清远", "医药卫生界"),
                member("shen-yuhe", "申雨禾", "经济界"),
                member("jin-songnian", "靳松年", "农业界"),
                member("yuan-zhixia", "原知夏", "经济界"),
                new Member("industry-commerce-federation", "niu-peiwen", "organization", "市工商联", "", "", "", "", null),
                new Member("sector-agriculture", "jin-songnian", "sector", "农业界", "", "农业界", "", "", null),
                new Member("sector-education", "wei-linshu", "sector", "教育界", "", "教育界", "", "", null));

        private final Map<String, List<String>> groups = Map.ofEntries(
                Map.entry("wei-linshu", List.of("member")),
                Map.entry("gao-qingyuan", List.of("member")),
                Map.entry("shen-yuhe", List.of("member")),
                Map.entry("jin-songnian", List.of("member", "sector-convener")),
                Map.entry("yuan-zhixia", List.of("member")),
                Map.entry("niu-peiwen", List.of("organization-contact")),
                Map.entry("bao-xiaolan", List.of("proposal-clerk")),
                Map.entry("su-ming", List.of("proposal-clerk", "group-reviewer")),
                Map.entry("lu-shouzheng", List.of("committee-director")),
                Map.entry("miao-zhengqing", List.of("group-reviewer")),
                Map.entry("yan-xiaoman", List.of("meeting-secretary")),
                Map.entry("qin-huaiyuan", List.of("party-office-assigner")),
                Map.entry("hou-wang", List.of("government-office-assigner")),
                Map.entry("jing-mingde", List.of("assigning-office-leader")),
                Map.entry("tian-he", List.of("education-bureau.liaison")),
                Map.entry("cui-baihe", List.of("health-commission.liaison")),
                Map.entry("lian-zhou", List.of("city-management-bureau.liaison")),
                Map.entry("mi-xiuyan", List.of("water-bureau.liaison")),
                Map.entry("fan-qiuyang", List.of("environment-bureau.liaison")),
                Map.entry("nie-hongtao", List.of("social-work-department.liaison")),
                Map.entry("bai-shuren", List.of("luzhou-district.liaison")));

        private final Map<String, String> names = Map.ofEntries(
                Map.entry("wei-linshu", "卫林书"),
                Map.entry("gao-qingyuan", "郜清远"),
                Map.entry("shen-yuhe", "申雨禾"),
                Map.entry("jin-songnian", "靳松年"),
                Map.entry("yuan-zhixia", "原知夏"),
                Map.entry("niu-peiwen", "牛培文"),
                Map.entry("bao-xiaolan", "暴晓岚"),
                Map.entry("su-ming", "宿明"),
                Map.entry("lu-shouzheng", "路守正"),
                Map.entry("miao-zhengqing", "苗正清"),
                Map.entry("yan-xiaoman", "阎小满"),
                Map.entry("qin-huaiyuan", "秦怀远"),
                Map.entry("hou-wang", "侯望"),
                Map.entry("jing-mingde", "荆明德"),
                Map.entry("tian-he", "田禾"),
                Map.entry("cui-baihe", "崔百禾"),
                Map.entry("lian-zhou", "连舟"),
                Map.entry("mi-xiuyan", "米秀岩"),
                Map.entry("fan-qiuyang", "樊秋阳"),
                Map.entry("nie-hongtao", "聂洪涛"),
                Map.entry("bai-shuren", "白树人"));

        /** Accounts that are closed. */
        public final Set<String> closed = new HashSet<>();

        /** Members whose term has ended. */
        public final Set<String> gone = new HashSet<>();

        private static Member member(String id, String name, String sector) {
            return new Member(id, id, "member", name, "14-" + id, sector, "", "", null);
        }

        @Override
        public Optional<Person> find(String personId) {
            return Optional.ofNullable(names.get(personId)).map(name -> person(personId));
        }

        private Person person(String id) {
            return new Person(
                    id,
                    nameOf(id),
                    "",
                    id + "@demo.example",
                    id.equals("wei-linshu") ? "10000000001" : null,
                    !closed.contains(id));
        }

        @Override
        public String nameOf(String personId) {
            return names.getOrDefault(personId, personId);
        }

        @Override
        public List<String> groupsOf(String personId) {
            return closed.contains(personId) ? List.of() : groups.getOrDefault(personId, List.of());
        }

        @Override
        public String groupName(String groupId) {
            return groupId;
        }

        @Override
        public List<Person> membersOf(String groupId) {
            return names.keySet().stream()
                    .sorted()
                    .filter(id -> groupsOf(id).contains(groupId))
                    .map(this::person)
                    .toList();
        }

        /** Units that were closed meanwhile. */
        public final Set<String> closedUnits = new LinkedHashSet<>();

        @Override
        public List<Unit> units() {
            return all().stream().filter(Unit::active).toList();
        }

        private List<Unit> all() {
            return List.of(
                    unit("city-management-bureau", "市城市管理局", 1),
                    unit("education-bureau", "市教育局", 2),
                    unit("human-resources-bureau", "市人力资源和社会保障局", 3),
                    unit("housing-bureau", "市住房和城乡建设局", 4),
                    unit("health-commission", "市卫生健康委员会", 5),
                    unit("water-bureau", "市水利局", 6),
                    unit("environment-bureau", "市生态环境局", 7),
                    unit("cultural-relics-bureau", "市文物局", 8),
                    unit("development-reform-commission", "市发展和改革委员会", 9),
                    unit("agriculture-bureau", "市农业农村局", 10),
                    unit("commerce-bureau", "市商务局", 11),
                    unit("social-work-department", "市委社会工作部", "党委", 12),
                    unit("luzhou-district", "潞州区", "县区", 13));
        }

        private Unit unit(String id, String name, int order) {
            return unit(id, name, "政府", order);
        }

        private Unit unit(String id, String name, String system, int order) {
            return new Unit(id, name, system, order, !closedUnits.contains(id));
        }

        @Override
        public Optional<Unit> unit(String unitId) {
            return all().stream().filter(unit -> unit.id().equals(unitId)).findFirst();
        }

        @Override
        public List<Member> members() {
            return MEMBERS.stream()
                    .filter(member -> !gone.contains(member.id()))
                    .toList();
        }

        @Override
        public Optional<Member> member(String memberId) {
            return MEMBERS.stream()
                    .filter(member -> member.id().equals(memberId))
                    .findFirst();
        }

        @Override
        public List<Member> membershipsOf(String personId) {
            return MEMBERS.stream()
                    .filter(member -> member.personId().equals(personId))
                    .toList();
        }
    }

    public static final class FakeDocuments implements Documents {
        private final Map<String, StoredDocument> stored = new LinkedHashMap<>();

        void clear() {
            stored.clear();
        }

        @Override
        public StoredDocument store(
                @Nullable String caseNumber,
                String step,
                String name,
                InputStream content,
                String personId,
                String personName) {
            try {
                long bytes = content.readAllBytes().length;
                String id = "doc-" + (stored.size() + 1);
                StoredDocument document = new StoredDocument(
                        id,
                        caseNumber,
                        step,
                        null,
                        name,
                        "application/pdf",
                        bytes,
                        "00",
                        personId,
                        personName,
                        Instant.EPOCH,
                        null,
                        1,
                        null);
                stored.put(id, document);
                return document;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Optional<StoredDocument> find(String id) {
            return Optional.ofNullable(stored.get(id));
        }

        @Override
        public InputStream open(String id) {
            return new ByteArrayInputStream(new byte[0]);
        }

        @Override
        public boolean owned(String step, String personId, List<String> ids) {
            return ids.stream()
                    .allMatch(id -> find(id).filter(document -> step.equals(document.step())
                                    && document.personId().equals(personId))
                            .isPresent());
        }

        @Override
        public void keep(String id, String origin, String personId) {
            throw new UnsupportedOperationException("Proposals keep files in their cases");
        }

        @Override
        public void attach(String caseNumber, List<String> ids, String origin) {
            ids.forEach(id -> stored.computeIfPresent(
                    id,
                    (key, old) -> new StoredDocument(
                            id,
                            caseNumber,
                            null,
                            origin,
                            old.name(),
                            old.mediaType(),
                            old.bytes(),
                            old.sha256(),
                            old.personId(),
                            old.personName(),
                            old.at(),
                            old.versionOf(),
                            old.version(),
                            old.reason())));
        }

        @Override
        public StoredDocument revise(
                String id,
                String name,
                InputStream content,
                @Nullable String reason,
                String personId,
                String personName) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void detach(String caseNumber, List<String> ids, String origin, String personId, String step) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<StoredDocument> ofCase(String caseNumber) {
            return stored.values().stream()
                    .filter(document -> document.step() == null && caseNumber.equals(document.caseNumber()))
                    .toList();
        }

        @Override
        public List<StoredDocument> ofStep(String step, String personId) {
            return stored.values().stream()
                    .filter(document ->
                            step.equals(document.step()) && document.personId().equals(personId))
                    .toList();
        }

        @Override
        public void discard(String id, String personId) {
            stored.remove(id);
        }
    }

    public static final class FakeWorkCalendar implements WorkCalendar {
        @Override
        public boolean isWorkingDay(LocalDate day) {
            return day.getDayOfWeek().getValue() < 6;
        }

        @Override
        public boolean isProvisional(LocalDate day) {
            return false;
        }

        @Override
        public LocalDate plusWorkingDays(LocalDate from, int n) {
            LocalDate day = from;
            for (int left = n; left > 0; ) {
                day = day.plusDays(1);
                if (isWorkingDay(day)) {
                    left--;
                }
            }
            return day;
        }

        @Override
        public LocalDate plusMonths(LocalDate from, int months) {
            return from.plusMonths(months);
        }

        @Override
        public LocalDate nextWorkingDay(LocalDate day) {
            return isWorkingDay(day) ? day : nextWorkingDay(day.plusDays(1));
        }

        @Override
        public String nameOf(LocalDate day) {
            return isWorkingDay(day) ? "工作日" : "周末";
        }
    }

    /** Each obligation is five days from the moment it is asked for, or lasts until the hour that is given. */
    public static final class FakeDeadlines implements Deadlines {

        @Override
        public List<Deadline> putBack(
                String caseNumber, List<Deadline> before, Set<Long> since, Map<String, String> renamed) {
            throw new UnsupportedOperationException();
        }

        private final Clock clock;
        private final Map<Long, Deadline> rows = new LinkedHashMap<>();

        void clear() {
            rows.clear();
        }

        public FakeDeadlines(Clock clock) {
            this.clock = clock;
        }

        @Override
        public Deadline owe(String caseNumber, String key, @Nullable String instanceId, @Nullable String task) {
            return owe(caseNumber, key, instanceId, task, null, null);
        }

        @Override
        public Deadline owe(
                String caseNumber,
                String key,
                @Nullable String instanceId,
                @Nullable String task,
                @Nullable Instant until,
                @Nullable String untilWords) {
            return rows.values().stream()
                    .filter(row -> row.caseNumber().equals(caseNumber)
                            && row.key().equals(key)
                            && row.state().equals("open")
                            && Objects.equals(row.instanceId(), instanceId))
                    .findFirst()
                    .orElseGet(() -> put(new Deadline(
                            rows.size(),
                            caseNumber,
                            key,
                            key,
                            clock.instant(),
                            until == null ? clock.instant().plus(Duration.ofDays(5)) : until,
                            "",
                            "",
                            false,
                            untilWords == null ? "" : untilWords,
                            false,
                            "open",
                            instanceId,
                            task)));
        }

        private Deadline put(Deadline row) {
            rows.put(row.id(), row);
            return row;
        }

        private Deadline with(Deadline row, Instant due, String state) {
            return put(new Deadline(
                    row.id(),
                    row.caseNumber(),
                    row.key(),
                    row.name(),
                    row.start(),
                    due,
                    row.basis(),
                    row.range(),
                    row.sure(),
                    row.sentence(),
                    row.provisional(),
                    state,
                    row.instanceId(),
                    row.task()));
        }

        /** Handling is long: three months from the day it began. */
        @Override
        public Deadline oweFrom(
                String caseNumber, String key, @Nullable String instanceId, @Nullable String task, Instant start) {
            return rows.values().stream()
                    .filter(row -> row.caseNumber().equals(caseNumber)
                            && row.key().equals(key)
                            && row.state().equals("open")
                            && Objects.equals(row.instanceId(), instanceId))
                    .findFirst()
                    .orElseGet(() -> put(new Deadline(
                            rows.size(),
                            caseNumber,
                            key,
                            key,
                            start,
                            start.atZone(ChineseTime.ZONE).plusMonths(3).toInstant(),
                            "",
                            "",
                            false,
                            "",
                            false,
                            "open",
                            instanceId,
                            task)));
        }

        @Override
        public Deadline fix(String caseNumber, String key, String name, Instant due, String basis) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Deadline> open(String caseNumber, String key) {
            return Optional.ofNullable(open(List.of(caseNumber), key).get(caseNumber));
        }

        @Override
        public Map<String, Deadline> open(Collection<String> caseNumbers, String key) {
            Map<String, Deadline> open = new LinkedHashMap<>();
            rows.values().stream()
                    .filter(row -> caseNumbers.contains(row.caseNumber())
                            && row.key().equals(key)
                            && row.state().equals("open"))
                    .forEach(row -> open.put(row.caseNumber(), row));
            return open;
        }

        @Override
        public void met(String instanceId, String task) {
            end(instanceId, task, "met");
        }

        @Override
        public void cancel(String instanceId, String task) {
            boolean past = rows.values().stream()
                    .anyMatch(row -> instanceId.equals(row.instanceId())
                            && task.equals(row.task())
                            && row.state().equals("open")
                            && !row.due().isAfter(clock.instant()));
            end(instanceId, task, past ? "lapsed" : "cancelled");
        }

        private void end(String instanceId, String task, String state) {
            List.copyOf(rows.values()).stream()
                    .filter(row -> instanceId.equals(row.instanceId())
                            && task.equals(row.task())
                            && row.state().equals("open"))
                    .forEach(row -> with(row, row.due(), state));
        }

        @Override
        public void lapsed(long id) {
            Deadline row = Objects.requireNonNull(rows.get(id));
            with(row, row.due(), "lapsed");
        }

        @Override
        public Deadline move(long id, Instant due, String reason) {
            return with(Objects.requireNonNull(rows.get(id)), due, "open");
        }

        @Override
        public Map<String, List<Deadline>> of(Collection<String> caseNumbers) {
            return caseNumbers.stream()
                    .distinct()
                    .filter(number -> !of(number).isEmpty())
                    .collect(Collectors.toMap(number -> number, number -> of(number)));
        }

        @Override
        public List<Deadline> of(String caseNumber) {
            return rows.values().stream()
                    .filter(row -> row.caseNumber().equals(caseNumber))
                    .toList();
        }

        @Override
        public List<Deadline> recompute(int year) {
            return List.of();
        }
    }

    /** Three months for a reply, one for an opinion, without days off. */
    public static final class FakeDeadlineRules implements DeadlineRules {
        @Override
        public List<DeadlineRule> all() {
            return List.of(rule(1, "reply", 3), rule(2, "coOpinion", 1));
        }

        private static DeadlineRule rule(long id, String key, int months) {
            return new DeadlineRule(
                    id,
                    key,
                    key,
                    months,
                    TermUnit.MONTH,
                    false,
                    LocalTime.of(18, 0),
                    null,
                    "",
                    "",
                    false,
                    LocalDate.of(2020, 1, 1),
                    null,
                    "system",
                    Instant.EPOCH);
        }

        @Override
        public DeadlineRule add(NewRule rule) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Ending ending(String key, Instant start) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Calculation calculate(LocalDate from, int amount, TermUnit unit) {
            LocalDate end = from.plusMonths(amount);
            return new Calculation(
                    end, end.atTime(18, 0).atZone(ChineseTime.ZONE).toInstant(), "", false);
        }
    }

    public static final class FakeCaseFiles implements CaseFiles {
        public final Map<String, CaseRow> cases = new LinkedHashMap<>();
        public final Map<String, List<TimelineEntry>> timelines = new LinkedHashMap<>();
        public final Set<String> links = new LinkedHashSet<>();
        private final Map<String, Set<String>> parties = new LinkedHashMap<>();
        private final Map<String, Integer> fileNumbers = new LinkedHashMap<>();
        private final Clock clock;
        private final CurrentActor actor;

        public FakeCaseFiles(Clock clock, CurrentActor actor) {
            this.clock = clock;
            this.actor = actor;
        }

        void clear() {
            cases.clear();
            timelines.clear();
            links.clear();
            parties.clear();
            fileNumbers.clear();
        }

        @Override
        public void factsChanged(String number) {
            // nobody lists here
        }

        @Override
        public CaseRow open(
                String kind, String title, @Nullable String session, String status, String statusName, String unit) {
            String number = "%s-2026-%06d".formatted(kind, cases.size() + 1);
            CaseRow row = new CaseRow(
                    number, kind, title, session, null, status, statusName, unit, false, clock.instant(), null, 1);
            cases.put(number, row);
            return row;
        }

        @Override
        public Optional<CaseRow> find(String number) {
            return Optional.ofNullable(cases.get(number));
        }

        @Override
        public Map<String, CaseRow> all(Collection<String> numbers) {
            Map<String, CaseRow> found = new LinkedHashMap<>(cases);
            found.keySet().retainAll(numbers);
            return found;
        }

        @Override
        public CaseRow get(String number) {
            return find(number).orElseThrow(() -> new Refusal("没有这个案件"));
        }

        @Override
        public CaseRow change(
                String number, int expectedVersion, String title, String status, String statusName, String unit) {
            CaseRow old = get(number);
            if (old.version() != expectedVersion) {
                throw new Refusal("有人刚改过");
            }
            return put(old, title, old.fileNumber(), status, statusName, unit, old.closed());
        }

        private CaseRow put(
                CaseRow old,
                String title,
                @Nullable String fileNumber,
                String status,
                String statusName,
                String unit,
                @Nullable Instant closed) {
            CaseRow row = new CaseRow(
                    old.number(),
                    old.kind(),
                    title,
                    old.session(),
                    fileNumber,
                    status,
                    statusName,
                    unit,
                    old.key(),
                    old.opened(),
                    closed,
                    old.version() + 1);
            cases.put(old.number(), row);
            return row;
        }

        @Override
        public void status(String number, String status, String statusName) {
            CaseRow old = get(number);
            put(old, old.title(), old.fileNumber(), status, statusName, old.unit(), old.closed());
        }

        @Override
        public void key(String number, boolean key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close(String number) {
            CaseRow old = get(number);
            put(old, old.title(), old.fileNumber(), old.status(), old.statusName(), old.unit(), clock.instant());
        }

        @Override
        public void reopen(String number) {
            CaseRow old = get(number);
            put(old, old.title(), old.fileNumber(), old.status(), old.statusName(), old.unit(), null);
        }

        @Override
        public int nextFileNumber(String session) {
            return fileNumbers.merge(session, 1, Integer::sum);
        }

        @Override
        public void fileNumber(String number, @Nullable String fileNumber) {
            if (fileNumber != null) {
                cases.values().forEach(other -> {
                    if (fileNumber.equals(other.fileNumber()) && !other.number().equals(number)) {
                        throw new IllegalStateException(fileNumber + " is taken by " + other.number());
                    }
                });
            }
            CaseRow old = get(number);
            put(old, old.title(), fileNumber, old.status(), old.statusName(), old.unit(), old.closed());
        }

        @Override
        public void party(String number, String role, String holder, boolean group) {
            parties.computeIfAbsent(number + role, k -> new LinkedHashSet<>()).add(holder);
        }

        @Override
        public void partyEnds(String number, String role, String holder) {
            parties.getOrDefault(number + role, new LinkedHashSet<>()).remove(holder);
        }

        @Override
        public List<String> persons(String number, String role) {
            return List.copyOf(parties.getOrDefault(number + role, Set.of()));
        }

        @Override
        public boolean mayRead(String number, String personId, List<String> groups) {
            return parties.entrySet().stream()
                    .anyMatch(entry -> entry.getKey().startsWith(number)
                            && (entry.getValue().contains(personId)
                                    || groups.stream().anyMatch(entry.getValue()::contains)));
        }

        @Override
        public void happened(String number, String what, @Nullable String detail) {
            timelines
                    .computeIfAbsent(number, k -> new ArrayList<>())
                    .add(new TimelineEntry(clock.instant(), actor.get().line(), what, detail));
        }

        @Override
        public List<TimelineEntry> timeline(String number) {
            return timelines.getOrDefault(number, List.of());
        }

        @Override
        public void link(String from, String kind, String to) {
            links.add(from + " " + kind + " " + to);
        }

        @Override
        public void unlink(String from, String kind, String to) {
            links.remove(from + " " + kind + " " + to);
        }

        @Override
        public List<CaseLink> links(String number) {
            return List.of();
        }

        @Override
        public @Nullable StoredAnswer lastAnswer(String number, String process, String instanceId, String task) {
            return null;
        }

        @Override
        public List<StoredAnswer> answers(String number) {
            return List.of();
        }
    }

    /** Meetings in memory; nobody comes and nothing is on the agenda. */
    public static final class FakeMeetings implements CaseMeetings {
        public final List<Meeting> all = new ArrayList<>();
        public final List<String> decisions = new ArrayList<>();
        private final People people;
        private final Clock clock;

        public FakeMeetings(People people, Clock clock) {
            this.people = people;
            this.clock = clock;
        }

        void clear() {
            all.clear();
            decisions.clear();
        }

        @Override
        public List<Meeting> all() {
            List<Meeting> latest = new ArrayList<>(all);
            Collections.reverse(latest);
            return latest;
        }

        @Override
        public Optional<Meeting> find(long id) {
            return all.stream().filter(meeting -> meeting.id() == id).findFirst();
        }

        @Override
        public long create(@Nullable String kind, @Nullable String name, @Nullable LocalDate heldOn, String person) {
            MeetingKind chosen =
                    MeetingKind.find(String.valueOf(kind)).orElseThrow(() -> new Refusal("kind", "「会议类别」不在可选范围内。"));
            if (!chosen.keptBy(people.groupsOf(person))) {
                throw new Refusal("只有会议秘书可以建立会议、登记会议决定。");
            }
            if (all.stream()
                    .anyMatch(one -> one.name().equals(name) && one.heldOn().equals(heldOn))) {
                throw new Refusal("name", "这一天的这次会议已经建立，请直接选用。");
            }
            return takeOver(chosen, String.valueOf(name), Objects.requireNonNull(heldOn), person);
        }

        @Override
        public long takeOver(MeetingKind kind, String name, LocalDate heldOn, String createdBy) {
            long id = all.size() + 1;
            all.add(new Meeting(id, "HY-2026-%06d".formatted(id), kind, name, heldOn, null, "", "", "", null));
            return id;
        }

        @Override
        public Meeting deciding(long id) {
            Meeting meeting = find(id).orElseThrow(() -> new Refusal("meeting", "没有这次会议。"));
            if (meeting.heldOn().isAfter(ChineseTime.day(clock.instant()))) {
                throw new Refusal("meeting", "会后才能登记决定。");
            }
            return meeting;
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
            decisions.add(Objects.requireNonNullElse(caseNumber, subject) + " " + words);
        }
    }
}
