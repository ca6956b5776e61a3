package org.banhao.whole.year;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.banhao.administration.domain.HolidayYears;
import org.banhao.calendar.HolidayNotices;
import org.banhao.casefile.domain.Suspensions;
import org.banhao.people.Member;
import org.banhao.people.domain.Absences;
import org.banhao.people.domain.Accounts;
import org.banhao.people.domain.Roster;
import org.banhao.people.domain.Units;
import org.banhao.proposal.domain.Session;
import org.banhao.proposal.domain.SessionAdministration;
import org.banhao.proposal.domain.Sessions;
import org.banhao.proposal.domain.assignment.UnitSuccession;
import org.banhao.proposal.domain.assignment.UnitSuccessors;
import org.banhao.proposal.domain.feedback.DissatisfiedFeedback;
import org.banhao.proposal.domain.handling.ClassCorrections;
import org.banhao.proposal.domain.selection.KeySelection;

/** What happens to a house in a year besides its cases. */
final class Incidents {

    private final Scene scene;
    private final Assigning assigning;
    private final Convening convening;
    private int topics;

    Incidents(Scene scene, Assigning assigning, Convening convening) {
        this.scene = scene;
        this.assigning = assigning;
        this.convening = convening;
    }

    private Dice dice() {
        return scene.dice();
    }

    private Instant on(LocalDate from, int spread) {
        return scene.officeHour(from.plusDays(dice().between(0, spread)));
    }

    void plan(LocalDate first, LocalDate closing) {
        if (dice().chance(0.5)) {
            scene.later(on(first.plusDays(20), 40), "the closing hour moves", this::closingMoves);
        }
        scene.later(on(closing.plusDays(10), 20), "the director decides from now on", this::directorDecides);
        for (int i = 0; i < dice().times(3); i++) {
            scene.later(on(closing.plusDays(5), 40), "a key topic is named", this::nominate);
        }
        for (int i = 0; i < dice().times(3); i++) {
            scene.later(on(closing.plusDays(30), 420), "a member leaves", this::memberLeaves);
        }
        for (int i = 0; i < dice().times(1); i++) {
            scene.later(on(closing.plusDays(30), 200), "a member's account is closed", this::accountCloses);
        }
        for (int i = 0; i < dice().times(1); i++) {
            scene.later(on(closing.plusDays(60), 330), "an organisation gets another contact", this::contactChanges);
        }
        for (int i = 0; i < dice().times(1); i++) {
            scene.later(on(closing.plusDays(40), 200), "a unit is dissolved", this::dissolve);
        }
        absent(on(first.plusDays(30), 60), "su-ming", House.CLERK);
        absent(on(closing.plusDays(20), 60), "tian-he", "song-yiming");
        absent(on(closing.plusDays(60), 60), "lian-zhou", "dong-xiangyang");
        absent(on(closing.plusDays(30), 300), "miao-zhengqing", "lang-hui");
        for (int i = 0; i < dice().times(4); i++) {
            scene.later(on(first.plusDays(30), 400), "a case rests", this::rest);
        }
        for (int i = 0; i < dice().times(4); i++) {
            scene.later(on(closing.plusDays(90), 250), "a class is corrected", this::correct);
            scene.later(on(closing.plusDays(90), 250), "the committee wants it handled again", this::again);
        }
        for (int week = 0; week < 30; week++) {
            scene.later(
                    on(LocalDate.of(2026, 3, 9).plusWeeks(week), 4), "an office works on its table", assigning::table);
        }
        scene.later(on(LocalDate.of(2026, 11, 3), 20), "the State Council announces 2027", this::notice);
    }

    private Set<String> closingMoves() {
        Session session = scene.bean(Sessions.class).current();
        if (!session.closesAt().isAfter(scene.now())) return Set.of();
        Instant closesAt = session.closesAt().plus(Duration.ofDays(dice().between(2, 8)));
        scene.as(
                House.CLERK,
                () -> scene.bean(SessionAdministration.class)
                        .moveClosing(House.CLERK, session.id(), closesAt, "会期推迟。"));
        scene.books().closes(closesAt);
        Set<String> touched = new TreeSet<>();
        for (String number : scene.books().collecting()) {
            Instant until = Objects.requireNonNull(scene.books().signing(number));
            // all are 大会提案 still; the least day may be later than the hour, then and now
            Instant handedIn = scene
                    .rows(
                            "select handed_in_at from proposal_proposal where case_number = ? and handed_in_at is not"
                                    + " null",
                            (row, n) -> Objects.requireNonNull(Scene.instant(row, "handed_in_at")),
                            number)
                    .stream()
                    .findFirst()
                    .orElse(null);
            if (handedIn == null || !scene.status(number).equals("collecting")) continue;
            Instant least = OfficialDays.at(scene.days().workingDay(OfficialDays.day(handedIn), 1), 18, 0);
            scene.books().signing(number, least.isAfter(closesAt) ? least : closesAt);
            if (!until.equals(closesAt)) touched.add(number);
        }
        touched.addAll(scene.texts("select case_number from proposal_solicitation where session_id = ?", session.id()));
        return touched.isEmpty() ? Set.of("-") : touched;
    }

    private Set<String> directorDecides() {
        Session session = scene.bean(Sessions.class).current();
        scene.as(
                House.CLERK,
                () -> scene.bean(SessionAdministration.class)
                        .change(
                                House.CLERK,
                                session.id(),
                                new SessionAdministration.Rules(
                                        session.name(), "director", 50, 1500, 500, 3, session.coSignLeastDays())));
        return Set.of("-");
    }

    // ---- key topics

    private Set<String> nominate() {
        KeySelection selection = scene.bean(KeySelection.class);
        String session = scene.bean(Sessions.class).current().id();
        List<String> filed = scene.texts(
                "select p.case_number from proposal_proposal p join casefile_case c on c.number = p.case_number where"
                        + " p.verdict = 'file' and p.withdrawn_at is null and p.session_id = ? and c.status in"
                        + " ('awaitingNumber', 'filed', 'assigned', 'handling') order by p.case_number",
                session);
        if (filed.isEmpty()) return Set.of();
        List<String> chosen = dice().some(filed, dice().between(1, 3));
        long[] topic = new long[1];
        String name = "重点选题之" + ++topics;
        scene.as(House.CLERK, () -> topic[0] = selection.nominate(session, name, "群众关注，见效快。", chosen, House.CLERK));
        scene.later(scene.inWorkingDays(2, 8), name + " goes to the party group", () -> {
            scene.as(
                    House.SECRETARY,
                    () -> selection.pass(meeting("partyGroup", name), List.of(topic[0]), House.SECRETARY));
            scene.later(
                    scene.inWorkingDays(2, 8), name + " goes to the chairs", () -> decide(selection, topic[0], name));
            return Set.of("-");
        });
        return Set.copyOf(chosen);
    }

    private long meeting(String kind, String name) {
        return convening.held(kind, name + kind + scene.today(), House.SECRETARY);
    }

    private Set<String> decide(KeySelection selection, long topic, String name) {
        List<String> cases = scene.texts("select case_number from proposal_key_topic_case where topic_id = ?", topic);
        boolean possible = cases.stream()
                .allMatch(number -> scene.count(
                                "select count(*) from proposal_proposal p join casefile_case c on c.number ="
                                        + " p.case_number where p.case_number = ? and p.verdict = 'file' and"
                                        + " p.withdrawn_at is null and c.status not in ('replied', 'secondHandling',"
                                        + " 'closed')",
                                number)
                        > 0);
        if (!possible) {
            scene.as(House.CLERK, () -> selection.drop(topic, "已经答复或者撤回的不再列入。", House.CLERK));
            return Set.of("-");
        }
        boolean selected = dice().chance(0.8);
        scene.as(
                House.SECRETARY,
                () -> selection.decide(
                        meeting("chairsCouncil", name),
                        List.of(new KeySelection.Decision(topic, selected, selected ? House.CHAIR : null, null, null)),
                        House.SECRETARY));
        if (selected && dice().chance(0.15)) {
            scene.later(scene.inWorkingDays(10, 80), name + " is revoked", () -> {
                scene.as(House.DIRECTOR, () -> selection.revoke(topic, "调整督办安排。", House.DIRECTOR));
                return new TreeSet<>(cases);
            });
        }
        return new TreeSet<>(cases);
    }

    // ---- people

    private Set<String> memberLeaves() {
        List<Member> members = scene.house().members("member");
        if (members.size() < 8) return Set.of();
        Member leaver = dice().one(members);
        scene.as(House.SYSTEM, () -> scene.bean(Roster.class).leave(leaver.id(), scene.today()));
        return Set.of("-");
    }

    private Set<String> accountCloses() {
        List<Member> members = scene.house().members("member").stream()
                .filter(member -> member.personId().startsWith("member-"))
                .toList();
        if (members.size() < 8) return Set.of();
        String person = dice().one(members).personId();
        Set<String> touched =
                new TreeSet<>(scene.texts("select distinct number from casefile_open_step where assignee = ?", person));
        scene.as(House.SYSTEM, () -> scene.bean(Accounts.class).deactivate(House.SYSTEM, person));
        return touched.isEmpty() ? Set.of("-") : touched;
    }

    private Set<String> contactChanges() {
        List<Member> organisations = scene.house().members("party", "organization", "committee", "sector", "group");
        Member one = dice().one(organisations);
        List<Member> members = scene.house().members("member").stream()
                .filter(member -> !member.personId().equals(one.personId()))
                .toList();
        String next = dice().one(members).personId();
        scene.as(House.SYSTEM, () -> scene.bean(Roster.class).account(House.SYSTEM, one.id(), next));
        return Set.of("-");
    }

    private void absent(Instant at, String person, String substitute) {
        scene.later(at, person + " is away", () -> {
            LocalDate until = scene.today().plusDays(dice().between(3, 15));
            scene.as(person, () -> scene.bean(Absences.class).enter(person, person, substitute, scene.today(), until));
            return Set.of("-");
        });
    }

    // ---- units

    private Set<String> dissolve() {
        List<String> open = new ArrayList<>(assigning.units());
        // somebody must be left for both offices; the two with passwords stay for their absences
        open.removeAll(List.of("education-bureau", "city-management-bureau", "social-work-department"));
        if (open.size() < 2) return Set.of();
        String from = dice().one(open);
        List<String> others = assigning.units().stream()
                .filter(unit -> !unit.equals(from) && !unit.equals("social-work-department"))
                .toList();
        List<String> successors = dice().some(others, others.size());
        String office = "hou-wang";
        scene.as(House.SYSTEM, () -> scene.bean(Units.class).close(from));
        UnitSuccession succession = scene.bean(UnitSuccession.class);
        List<UnitSuccession.Line> lines = succession.preview(from, office);
        Set<String> touched = new TreeSet<>();
        if (lines.isEmpty()) {
            if (scene.count("select count(*) from proposal_handling where unit_id = ?", from) > 0) {
                scene.as(
                        House.CLERK,
                        () -> scene.bean(UnitSuccessors.class)
                                .name(from, successors.get(0), "机构改革方案〔2026〕1号", House.CLERK));
            }
            return Set.of("-");
        }
        lines.forEach(line -> touched.add(line.caseNumber()));
        handOver(succession, from, successors, office);
        return touched;
    }

    private void handOver(UnitSuccession succession, String from, List<String> successors, String office) {
        String failed = "";
        for (String to : successors) {
            List<UnitSuccession.Line> left = succession.preview(from, office);
            if (left.isEmpty()) return;
            // a unit that has the case itself keeps its own term; one that had it once takes over that of the unit
            // before it
            Set<String> own = new TreeSet<>(scene.texts(
                    "select case_number from proposal_assignment where unit_id = ? and state in ('planned', 'sent',"
                            + " 'returnRequested', 'accepted', 'deemedAccepted', 'kept')",
                    to));
            failed = move(succession, from, to, left, office);
            Set<Long> stay = succession.preview(from, office).stream()
                    .map(UnitSuccession.Line::assignmentId)
                    .collect(Collectors.toSet());
            left.stream()
                    .filter(line -> !stay.contains(line.assignmentId()) && !own.contains(line.caseNumber()))
                    .forEach(line -> {
                        Instant start = scene.books().clock(line.caseNumber(), from);
                        if (start != null) scene.books().clock(line.caseNumber(), to, start);
                    });
            // a unit that has answered its own part takes no more of the case: the next one does
            if (!failed.contains("请划转给另一个单位")) break;
        }
        if (failed.contains("已暂停办理")) {
            scene.later(scene.inWorkingDays(2, 10), "what rested goes over from " + from, () -> {
                Set<String> cases = succession.preview(from, office).stream()
                        .map(UnitSuccession.Line::caseNumber)
                        .collect(Collectors.toCollection(TreeSet::new));
                handOver(succession, from, successors, office);
                return cases;
            });
        } else if (!failed.isEmpty()) {
            scene.books().leftBehind(failed);
        }
    }

    /** @return what did not go over; empty: all did */
    private String move(
            UnitSuccession succession, String from, String to, List<UnitSuccession.Line> lines, String office) {
        String[] failed = {""};
        scene.as(office, () -> {
            var outcome = succession.move(
                    from,
                    to,
                    "机构改革，长发〔2026〕1号",
                    lines.stream().map(UnitSuccession.Line::assignmentId).toList(),
                    office);
            if (!outcome.failures().isEmpty()) failed[0] = outcome.failures().toString();
        });
        return failed[0];
    }

    // ---- cases

    private Set<String> rest() {
        List<String> open = scene.texts(
                "select distinct s.number from casefile_open_step s join casefile_case c on c.number = s.number"
                        + " where s.suspended = false and c.closed is null and c.kind = 'TA' order by s.number");
        if (open.isEmpty()) return Set.of();
        String number = dice().one(open);
        scene.as(House.SYSTEM, () -> scene.bean(Suspensions.class).suspend(number, "等待上级批复"));
        scene.later(scene.inWorkingDays(1, 9), number + " goes on", () -> {
            scene.as(House.SYSTEM, () -> scene.bean(Suspensions.class).resume(number, "批复已到"));
            return Set.of(number);
        });
        return Set.of(number);
    }

    private Set<String> correct() {
        List<String> delivered = scene.texts(
                "select cast(r.handling_id as varchar(20)) from proposal_reply r join proposal_handling h on h.id ="
                        + " r.handling_id where h.state = 'delivered' and r.result_class = 'A' and not exists (select 1"
                        + " from proposal_class_correction c where c.handling_id = h.id) order by r.handling_id");
        if (delivered.isEmpty()) return Set.of();
        long handling = Long.parseLong(dice().one(delivered));
        scene.as(
                House.DIRECTOR,
                () -> scene.bean(ClassCorrections.class).correct(handling, "B", "第二条仍在办理。", House.DIRECTOR));
        return Set.of(scene.texts("select case_number from proposal_handling where id = ?", handling)
                .get(0));
    }

    private Set<String> again() {
        List<String> possible = scene.texts(
                "select cast(h.id as varchar(20)) from proposal_handling h join casefile_case c on c.number ="
                        + " h.case_number join proposal_assignment a on a.id = h.assignment_id where h.round = 1 and"
                        + " h.state = 'delivered' and a.state in ('accepted', 'deemedAccepted', 'kept') and c.status in"
                        + " ('replied', 'closed') and not exists (select 1 from casefile_suspension s where s.case_number"
                        + " = c.number and s.until is null) and not exists (select 1 from proposal_handling o where"
                        + " o.assignment_id = h.assignment_id and o.round = 2) order by h.id");
        if (possible.isEmpty()) return Set.of();
        long handling = Long.parseLong(dice().one(possible));
        scene.as(
                House.DIRECTOR,
                () -> scene.bean(DissatisfiedFeedback.class).order(handling, "没有逐条答复，办理不到位。", House.DIRECTOR));
        return scene.family(scene.texts("select case_number from proposal_handling where id = ?", handling)
                .get(0));
    }

    private Set<String> notice() {
        HolidayNotices notices = scene.bean(HolidayNotices.class);
        scene.as(
                "wu-gui",
                () -> scene.bean(HolidayYears.class)
                        .adopt(notices.read(2027, "国办发明电〔2026〕9号", OfficialDays.NOTICE_OF_2027)));
        scene.days().noticeOf2027();
        return new TreeSet<>(scene.texts("select distinct case_number from calendar_deadline where state = 'open'"));
    }
}
