package org.banhao.people.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.CurrentActor;
import org.banhao.base.Refusal;
import org.banhao.base.StandingIn.Absent;
import org.banhao.people.Absence;
import org.banhao.people.AbsenceEvent;
import org.banhao.people.Person;
import org.banhao.people.Roles;
import org.banhao.people.Substitutions;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * 外出与代理. A person, his head or the system administrator says from when to when he is away and who does his work. Somebody of
 * the same unit or role; never in a chain, so that it is always one person who answers; never for an administrator, whose duties are
 * kept apart on purpose.
 */
@Service
@Transactional
public class Absences implements Substitutions {

    private static final int LONGEST_DAYS = 180;
    private static final Set<String> ADMINISTRATORS = Stream.concat(
                    Accounts.THREE.stream(), Stream.of(Roles.MODEL_ADMINISTRATOR, Roles.RULES_ADMINISTRATOR))
            .collect(Collectors.toUnmodifiableSet());
    /** Roles of the whole whose head is the committee's director. */
    private static final Set<String> COMMITTEE =
            Set.of(Roles.PROPOSAL_CLERK, Roles.GROUP_REVIEWER, Roles.MEETING_SECRETARY, "committee-staff");

    private static final Set<String> OFFICES = Set.of(Roles.PARTY_OFFICE_ASSIGNER, Roles.GOVERNMENT_OFFICE_ASSIGNER);

    private static final String ROWS = "select a.id, a.person_id, p.name as person_name, a.substitute_id,"
            + " s.name as substitute_name, a.from_day, a.until_day from people_absence a"
            + " join people_person p on p.id = a.person_id join people_person s on s.id = a.substitute_id"
            + " where a.ended_at is null";

    private final JdbcClient db;
    private final PersonRows rows;
    private final CurrentActor actor;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Absences(
            JdbcClient db,
            PersonRows rows,
            CurrentActor actor,
            Audit audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.db = db;
        this.rows = rows;
        this.actor = actor;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    // ---- reading

    /** Without a transaction of its own: it is asked with every list, and mostly there is nothing to read. */
    @Override
    @Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
    public List<Absent> absents(String personId) {
        List<Absence> found = db.sql(ROWS + " and a.substitute_id = ? and a.from_day <= ? and a.until_day >= ?"
                        + " and p.active = true order by a.id")
                .params(personId, day(), day())
                .query(Absences::absence)
                .list();
        if (found.isEmpty()) return List.of();
        List<String> own = rows.ownGroups(personId);
        List<Absent> absents = new ArrayList<>();
        for (Absence one : found) {
            absent(one, rows.ownGroups(one.personId()), work(one.personId()), own)
                    .ifPresent(absents::add);
        }
        return absents;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Absent> today() {
        List<Absence> found = db.sql(
                        ROWS + " and a.from_day <= ? and a.until_day >= ? and p.active = true and s.active = true"
                                + " order by a.id")
                .params(day(), day())
                .query(Absences::absence)
                .list();
        if (found.isEmpty()) return List.of();
        Map<String, Colleague> all = colleagues();
        List<Absent> absents = new ArrayList<>();
        for (Absence one : found) {
            Colleague away = all.get(one.personId());
            if (away != null) {
                absent(one, away.groups(), away.work(), groups(all, one.substituteId()))
                        .ifPresent(absents::add);
            }
        }
        return absents;
    }

    /**
     * What an absence lends as things stand now: of the absent person's work the groups of one unit or role with the substitute. Nothing
     * when they have none in common any more, or when one of them has become an administrator since it was entered.
     */
    private static Optional<Absent> absent(Absence one, List<String> groups, List<String> work, List<String> own) {
        if (administers(groups) || administers(own)) return Optional.empty();
        List<String> lent = new ArrayList<>(
                work.stream().filter(group -> together(List.of(group), own)).toList());
        if (lent.isEmpty()) return Optional.empty();
        lent.add(Roles.STAFF);
        return Optional.of(new Absent(one.substituteId(), one.personId(), one.personName(), List.copyOf(lent)));
    }

    /** @param work groups whose tasks are in Tasklist */
    private record Colleague(Person person, List<String> groups, List<String> work) {}

    /** Everybody with his groups in one look: pages ask for all at once. */
    private Map<String, Colleague> colleagues() {
        Map<String, Colleague> all = new LinkedHashMap<>();
        for (PersonRows.InGroup one : rows.everybodysGroups()) {
            Colleague colleague = all.computeIfAbsent(
                    one.person().id(), id -> new Colleague(one.person(), new ArrayList<>(), new ArrayList<>()));
            colleague.groups().add(one.groupId());
            if (one.staff()) colleague.work().add(one.groupId());
        }
        return all;
    }

    /** What concerns the person from today on: his own absences, those he stands in for, and of those whose head he is. */
    @Transactional(readOnly = true)
    public List<Absence> concerning(String personId) {
        Map<String, Colleague> all = colleagues();
        List<String> own = groups(all, personId);
        return db
                .sql(ROWS + " and a.until_day >= ? order by a.from_day, a.id")
                .param(day())
                .query(Absences::absence)
                .list()
                .stream()
                .filter(one -> one.personId().equals(personId)
                        || one.substituteId().equals(personId)
                        || Optional.ofNullable(all.get(one.personId()))
                                .filter(absent -> governs(own, absent.work()))
                                .isPresent())
                .toList();
    }

    /** For whom the person may enter an absence: himself when he works in Tasklist, and those whose head he is. By name. */
    @Transactional(readOnly = true)
    public List<Person> mayEnterFor(String personId) {
        Map<String, Colleague> all = colleagues();
        List<String> own = groups(all, personId);
        return all.values().stream()
                .filter(one -> !one.work().isEmpty() && !administers(one.groups()))
                .filter(one -> one.person().id().equals(personId) || governs(own, one.work()))
                .map(Colleague::person)
                .toList();
    }

    /** Who may stand in for that person, by name. */
    @Transactional(readOnly = true)
    public List<Person> substitutesFor(String personId) {
        Map<String, Colleague> all = colleagues();
        Colleague absent = all.get(personId);
        if (absent == null) return List.of();
        return all.values().stream()
                .filter(one -> !one.person().id().equals(personId))
                .filter(one -> together(absent.work(), one.groups()) && !administers(one.groups()))
                .map(Colleague::person)
                .toList();
    }

    private static List<String> groups(Map<String, Colleague> all, String personId) {
        Colleague one = all.get(personId);
        return one == null ? List.of() : one.groups();
    }

    // ---- use cases

    /**
     * @param by who enters it
     * @throws Refusal it is not his to enter, the days or the substitute do not fit
     */
    public Absence enter(String by, String personId, String substituteId, LocalDate from, LocalDate until) {
        // two who enter at once wait for each other, always in one order
        new TreeSet<>(List.of(personId, substituteId)).forEach(rows::lock);
        Person person = active(personId, "person", "外出人员");
        if (!by.equals(personId) && !governs(rows.ownGroups(by), work(personId))) {
            throw new Refusal("person", "只能登记本人的外出；他人的外出由其本人、单位主要负责人或系统管理员登记。");
        }
        if (administers(rows.ownGroups(personId))) {
            throw new Refusal("person", "系统管理、安全保密、审计等管理岗位不得由他人代理，请由同岗位的另一位管理员履职。");
        }
        if (work(personId).isEmpty()) throw new Refusal("person", person.name() + "没有在待办中办理的岗位，不需要登记代理。");
        days(from, until);
        Person substitute = active(substituteId, "substitute", "代理人");
        if (personId.equals(substituteId)) throw new Refusal("substitute", "代理人不能是外出人员本人，请另选一位同志。");
        if (administers(rows.ownGroups(substituteId)))
            throw new Refusal("substitute", substitute.name() + "担任管理岗位，不能代理业务工作，请另选一位同志。");
        if (!together(work(personId), rows.ownGroups(substituteId))) {
            throw new Refusal("substitute", "代理人须与外出人员在同一单位或同一岗位，请另选一位同志。");
        }
        for (Absence other : overlapping(from, until)) {
            if (other.personId().equals(personId)) {
                throw new Refusal("from", person.name() + words(other) + "已登记外出，请先结束原有登记。");
            }
            if (other.personId().equals(substituteId)) {
                throw new Refusal(
                        "substitute",
                        substitute.name() + words(other) + "也外出（由" + other.substituteName() + "代理），代理不能再转代理，请另选一位同志。");
            }
            if (other.substituteId().equals(personId)) {
                throw new Refusal(
                        "person",
                        person.name() + words(other) + "是" + other.personName() + "的代理人，请先为" + other.personName()
                                + "更换代理人。");
            }
        }
        Actor who = actor.get();
        db.sql("insert into people_absence (person_id, substitute_id, from_day, until_day, entered_by, entered_by_name,"
                        + " entered_at) values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        personId,
                        substituteId,
                        from,
                        until,
                        who.id(),
                        who.line(),
                        clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        Absence entered = db.sql(
                        ROWS + " and a.person_id = ? and a.from_day = ? order by a.id desc fetch first 1 rows only")
                .params(personId, from)
                .query(Absences::absence)
                .single();
        audit.record("people.enterAbsence", null, personId + " → " + substituteId + " " + from + "…" + until);
        events.publishEvent(new AbsenceEvent.Entered(entered));
        return entered;
    }

    /**
     * Back early, or called off: from this moment on everything is as before.
     *
     * @throws Refusal there is none that still runs, or it is not his to end
     */
    public Absence end(String by, long id) {
        Absence absence = db.sql(ROWS + " and a.id = ? and a.until_day >= ?")
                .params(id, day())
                .query(Absences::absence)
                .optional()
                .orElseThrow(() -> new Refusal("没有这条外出登记，可能已经结束，请刷新页面后再试。"));
        if (!by.equals(absence.personId()) && !governs(rows.ownGroups(by), work(absence.personId()))) {
            throw new Refusal("只能由外出人员本人、单位主要负责人或系统管理员结束登记，代理人不能自行结束。");
        }
        Actor who = actor.get();
        int ended = db.sql("update people_absence set ended_at = ?, ended_by = ?, ended_by_name = ?"
                        + " where id = ? and ended_at is null")
                .params(clock.instant().atOffset(ZoneOffset.UTC), who.id(), who.line(), id)
                .update();
        if (ended == 0) throw new Refusal("这条外出登记刚刚由他人结束，请刷新页面。");
        audit.record("people.endAbsence", null, absence.personId() + " → " + absence.substituteId());
        events.publishEvent(new AbsenceEvent.Ended(absence));
        return absence;
    }

    // ---- rules

    private void days(LocalDate from, LocalDate until) {
        LocalDate today = day();
        if (from.isBefore(today)) throw new Refusal("from", "“外出自”不能早于今天，过去的工作已经由本人办理。");
        if (until.isBefore(from)) throw new Refusal("until", "“至”不能早于外出开始的日期。");
        if (until.isAfter(from.plusDays(LONGEST_DAYS))) {
            throw new Refusal("until", "一次登记最长" + LONGEST_DAYS + "天；更长的请由安全保密管理员调整岗位。");
        }
        if (from.isAfter(today.plusYears(1))) throw new Refusal("from", "“外出自”请选择一年之内的一天。");
    }

    private Person active(String personId, String field, String label) {
        return rows.find(personId)
                .filter(Person::active)
                .orElseThrow(() -> new Refusal(field, "“" + label + "”请从列表中选择在用的账号。"));
    }

    private List<Absence> overlapping(LocalDate from, LocalDate until) {
        return db.sql(ROWS + " and a.from_day <= ? and a.until_day >= ? order by a.id")
                .params(until, from)
                .query(Absences::absence)
                .list();
    }

    /** Groups whose tasks are in Tasklist. */
    private List<String> work(String personId) {
        return db.sql("select m.group_id from people_membership m join people_group g on g.id = m.group_id"
                        + " where m.person_id = ? and g.staff = true order by m.group_id")
                .param(personId)
                .query(String.class)
                .list();
    }

    private static boolean administers(List<String> groups) {
        return groups.stream().anyMatch(ADMINISTRATORS::contains);
    }

    /** The head of the unit, for the committee's roles its director, for the offices their leaders, and the system administrator. */
    private static boolean governs(List<String> own, List<String> work) {
        if (own.contains(Roles.SYSTEM_ADMINISTRATOR)) return true;
        return work.stream()
                .anyMatch(group -> group.contains(".")
                        ? own.contains(unit(group) + ".head") || own.contains(unit(group) + ".branch-head")
                        : COMMITTEE.contains(group) && own.contains(Roles.COMMITTEE_DIRECTOR)
                                || OFFICES.contains(group) && own.contains(Roles.ASSIGNING_OFFICE_LEADER));
    }

    /** Of one unit, or in one role of the whole. */
    private static boolean together(List<String> work, List<String> others) {
        return work.stream()
                .anyMatch(group -> group.contains(".")
                        ? others.stream().anyMatch(other -> other.startsWith(unit(group) + "."))
                        : others.contains(group));
    }

    private static String unit(String group) {
        return group.substring(0, group.indexOf('.'));
    }

    private static String words(Absence absence) {
        return "自" + ChineseTime.text(absence.from()) + "至" + ChineseTime.text(absence.until());
    }

    private LocalDate day() {
        return ChineseTime.day(clock.instant());
    }

    private static Absence absence(ResultSet rs, int n) throws SQLException {
        return new Absence(
                rs.getLong("id"),
                rs.getString("person_id"),
                rs.getString("person_name"),
                rs.getString("substitute_id"),
                rs.getString("substitute_name"),
                rs.getObject("from_day", LocalDate.class),
                rs.getObject("until_day", LocalDate.class));
    }
}
