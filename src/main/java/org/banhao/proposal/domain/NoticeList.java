package org.banhao.proposal.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.OneOfMany;
import org.banhao.base.OneOfMany.Outcome;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseRow;
import org.banhao.notice.Mailbox;
import org.banhao.notice.NoticeLists;
import org.banhao.notice.NoticeLists.HandedOver;
import org.banhao.notice.NoticeLists.Reason;
import org.banhao.notice.NoticeLists.Told;
import org.banhao.people.People;
import org.banhao.people.Person;
import org.banhao.people.Roles;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * 通知清单 of the proposals: who was told what, and has to be told by telephone or by the city's short message platform because nothing
 * says that it reached him. For the committee's office, whose own people are not on it. Mock proposals are left out: nobody outside is
 * told of them.
 */
@Service
public class NoticeList {

    /** As many as one call marks; more are several calls. */
    public static final int MOST_AT_ONCE = 50;

    /** As many lines as stand on a page and in its table. */
    static final int MOST_LINES = 2000;

    /** Proposals and the calls for them. */
    private static final Set<String> KINDS = Set.of("TA", "ZJ");

    private static final Set<String> OF_WITHDRAWAL = Set.of("withdrawn", "assignmentWithdrawn");

    private static final int USUAL_DAYS = 30;

    private final NoticeLists lists;
    private final CaseFiles cases;
    private final People people;
    private final Audit audit;
    private final Clock clock;

    NoticeList(NoticeLists lists, CaseFiles cases, People people, Audit audit, Clock clock) {
        this.lists = lists;
        this.cases = cases;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    /** Which lines. */
    public enum Show implements Coded {
        OPEN("open", "尚未通知到"),
        HANDED("handed", "已转交"),
        ALL("all", "全部");

        private final String code;
        private final String label;

        Show(String code, String label) {
            this.code = code;
            this.label = label;
        }

        @Override
        public String code() {
            return code;
        }

        @Override
        public String label() {
            return label;
        }

        private boolean has(Told told) {
            return this == ALL || (this == OPEN ? told.open() : told.handedOver() != null);
        }
    }

    /**
     * @param reason null: every one
     * @param to included
     */
    public record Choice(@Nullable Reason reason, LocalDate from, LocalDate to, Show show) {

        /** 立案通知，2026年11月1日（周日）至2026年11月24日（周二），尚未通知到 */
        public String words() {
            return (reason == null ? "全部事由" : reason.name())
                    + "，"
                    + ChineseTime.text(from)
                    + "至"
                    + ChineseTime.text(to)
                    + "，"
                    + show.label();
        }
    }

    /**
     * One person told once.
     *
     * @param name whom to call
     * @param phone of today; empty when none is known
     * @param fileNumber 案号; empty before there is one
     * @param handed when and by whom it was handed over; empty: it was not
     * @param undo by which this person takes that back; null: it is not his, or too late
     */
    public record Line(
            long key,
            String name,
            String phone,
            String text,
            String reason,
            String fileNumber,
            String caseNumber,
            String at,
            List<Mailbox.Message> messages,
            String handed,
            @Nullable Long undo) {

        /** 邮件：已发，2026年…；还没有看 */
        public String delivery() {
            return messages.stream().map(Mailbox.Message::delivery).collect(Collectors.joining("\n"));
        }
    }

    /**
     * @param upTo the table of the page ends with this line, whatever is told meanwhile
     * @param more there are more lines than are shown
     */
    public record Sheet(Choice choice, Instant made, long upTo, List<Line> lines, boolean more) {

        public long withoutPhone() {
            return lines.stream().filter(line -> line.phone().isEmpty()).count();
        }
    }

    public List<Reason> reasons() {
        return lists.reasons();
    }

    /**
     * What was chosen, the last thirty days where no day was.
     *
     * @param reason template; empty: every one
     * @param show empty: {@link Show#OPEN}
     * @throws Refusal none of the choices, or the days are the wrong way round
     */
    public Choice choice(String reason, @Nullable LocalDate from, @Nullable LocalDate to, String show) {
        LocalDate last = to == null ? ChineseTime.day(clock.instant()) : to;
        LocalDate first = from == null ? last.minusDays(USUAL_DAYS) : from;
        if (last.isBefore(first)) throw new Refusal("to", "「截止日期」不能早于「起始日期」，请修改。");
        Reason chosen = lists.reasons().stream()
                .filter(one -> one.template().equals(reason))
                .findFirst()
                .orElse(null);
        if (chosen == null && !reason.isEmpty()) throw new Refusal("reason", "「事由」不在可选范围内，请重新选择。");
        return new Choice(
                chosen, first, last, show.isEmpty() ? Show.OPEN : Coded.choice(Show.class, show, "show", "范围"));
    }

    /** @param personId who looks */
    public Sheet read(Choice choice, String personId) {
        Sheet sheet = sheet(choice, Long.MAX_VALUE, personId);
        audit.record("proposal.readNoticeList", null, words(sheet));
        return sheet;
    }

    /** The same list, to be taken away. @param upTo {@link Sheet#upTo} of the page */
    public Sheet export(Choice choice, long upTo, String personId) {
        Sheet sheet = sheet(choice, upTo, personId);
        audit.record("proposal.exportNoticeList", null, words(sheet));
        return sheet;
    }

    private static String words(Sheet sheet) {
        return sheet.choice().words() + "，" + sheet.lines().size() + "条";
    }

    private Sheet sheet(Choice choice, long upTo, String personId) {
        Instant now = clock.instant();
        Reason reason = choice.reason();
        NoticeLists.Found found = lists.told(new NoticeLists.Wanted(
                KINDS,
                reason == null ? "" : reason.template(),
                begin(choice.from()),
                begin(choice.to().plusDays(1)),
                upTo));
        Set<String> office =
                people.membersOf(Roles.PROPOSAL_CLERK).stream().map(Person::id).collect(Collectors.toSet());
        List<Told> chosen = found.lines().stream()
                .filter(told -> !office.contains(told.personId()))
                .filter(choice.show()::has)
                .toList();
        Map<String, CaseRow> rows =
                cases.all(chosen.stream().map(Told::caseNumber).collect(Collectors.toSet()));
        List<Told> all = chosen.stream()
                .filter(told -> choice.show() != Show.OPEN || holds(told, rows.get(told.caseNumber())))
                .toList();
        List<Told> shown = all.stream().limit(MOST_LINES).toList();
        Map<String, Person> persons =
                people.findAll(shown.stream().map(Told::personId).collect(Collectors.toSet()));
        return new Sheet(
                choice,
                now,
                shown.stream().mapToLong(Told::key).max().orElse(0),
                shown.stream()
                        .map(told ->
                                line(told, persons.get(told.personId()), rows.get(told.caseNumber()), personId, now))
                        .toList(),
                found.more() || all.size() > MOST_LINES);
    }

    /** Of a withdrawn proposal nobody need hear anything but that. */
    private static boolean holds(Told told, @Nullable CaseRow row) {
        return row == null
                || !row.status().equals(Status.WITHDRAWN.code())
                || OF_WITHDRAWAL.contains(told.reason().template());
    }

    private static Instant begin(LocalDate day) {
        return day.atStartOfDay(ChineseTime.ZONE).toInstant();
    }

    private static Line line(Told told, @Nullable Person person, @Nullable CaseRow row, String personId, Instant now) {
        HandedOver handed = told.handedOver();
        return new Line(
                told.key(),
                told.personName(),
                person == null ? "" : Objects.requireNonNullElse(person.phone(), ""),
                told.text(),
                told.reason().name(),
                row == null ? "" : Objects.requireNonNullElse(row.fileNumber(), ""),
                told.caseNumber(),
                ChineseTime.text(told.at()),
                told.messages(),
                handed == null ? "" : words(handed),
                handed != null && handed.personId().equals(personId) && now.isBefore(handed.until())
                        ? Long.valueOf(handed.id())
                        : null);
    }

    private static String words(HandedOver handed) {
        return handed.personName() + "，" + ChineseTime.text(handed.at());
    }

    // ---- 转交

    /** @param undo by which it is taken back; null: it was not done */
    public record Done(Outcome outcome, @Nullable Long undo) {}

    /**
     * Marks each as handed over to who telephones or sends short messages, by itself. What this person has handed over counts as done.
     *
     * @param keys of lines
     * @throws Refusal none, or too many
     */
    public List<Done> handOver(List<Long> keys, String personId) {
        few(keys);
        List<Done> all = new ArrayList<>();
        for (long key : keys.stream().distinct().toList()) {
            List<HandedOver> done = new ArrayList<>();
            Refusal no = OneOfMany.refusal(
                    "handing over notice " + key, () -> done.add(lists.handOver(key, KINDS, personId)));
            all.add(new Done(
                    new Outcome(
                            String.valueOf(key),
                            "",
                            "",
                            no == null ? null : no.sentence(),
                            no == null ? "已转交：" + words(done.get(0)) : ""),
                    no == null ? Long.valueOf(done.get(0).id()) : null));
        }
        return all;
    }

    /** Takes each back by itself. @throws Refusal none, or too many */
    public List<Outcome> takeBack(List<Long> ids, String personId) {
        few(ids);
        List<Outcome> all = new ArrayList<>();
        for (long id : ids.stream().distinct().toList()) {
            Refusal no = OneOfMany.refusal("taking back notice " + id, () -> lists.takeBack(id, personId));
            all.add(new Outcome(
                    String.valueOf(id), "", "", no == null ? null : no.sentence(), no == null ? "未转交" : ""));
        }
        return all;
    }

    private static void few(List<?> all) {
        if (all.isEmpty()) throw new Refusal("key", "请先选择要转交的通知。");
        if (all.size() > MOST_AT_ONCE) throw new Refusal("key", "一次最多" + MOST_AT_ONCE + "条，请分批提交。");
    }
}
