package org.banhao.people.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.banhao.base.ChineseTime;
import org.banhao.base.OncePerTransaction;
import org.banhao.base.StandingIn;
import org.banhao.people.Member;
import org.banhao.people.People;
import org.banhao.people.Person;
import org.banhao.people.Roles;
import org.banhao.people.Unit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of this module: what others read of them, and what the use cases here write. */
@Repository
class PersonRows implements People {

    private static final String PERSON = "select id, name, post, email, phone, active from people_person";
    private static final String UNIT = "select id, name, unit_system, protocol_order, active from people_unit";
    private static final String MEMBER =
            "select id, person_id, kind, name, member_number, sector, party, post, in_office_until from people_member";

    private final JdbcClient db;
    private final Clock clock;
    private final OncePerTransaction<List<Unit>> units = new OncePerTransaction<>();

    PersonRows(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** What sign-in and the check of each request need. */
    record Secret(String hash, boolean active, boolean api, boolean mustChange, int stamp, int passwordStamp) {}

    // ---- what everybody may ask

    @Override
    public Optional<Person> find(String personId) {
        return db.sql(PERSON + " where id = ?")
                .param(personId)
                .query(PersonRows::person)
                .optional();
    }

    /** In one query. */
    @Override
    public Map<String, Person> findAll(Collection<String> personIds) {
        if (personIds.isEmpty()) return Map.of();
        return db
                .sql(PERSON + " where id in (:ids) order by id")
                .param("ids", personIds)
                .query(PersonRows::person)
                .stream()
                .collect(Collectors.toMap(Person::id, person -> person));
    }

    @Override
    public String nameOf(String personId) {
        return db.sql("select name from people_person where id = ?")
                .param(personId)
                .query(String.class)
                .optional()
                .orElse(personId);
    }

    @Override
    public List<String> groupsOf(String personId) {
        List<String> own = ownGroups(personId);
        StandingIn.Absent absent = StandingIn.present();
        // the use case of the step asks for the right of the person in whose place it is done
        if (absent == null || !absent.by().equals(personId)) return own;
        return Stream.concat(own.stream(), absent.groups().stream().filter(group -> !group.equals(Roles.STAFF)))
                .distinct()
                .sorted()
                .toList();
    }

    /** Whoever asks, and for whom. */
    List<String> ownGroups(String personId) {
        return db.sql("select group_id from people_membership where person_id = ? order by group_id")
                .param(personId)
                .query(String.class)
                .list();
    }

    @Override
    public String groupName(String groupId) {
        return db.sql("select name from people_group where id = ?")
                .param(groupId)
                .query(String.class)
                .optional()
                .orElse(groupId);
    }

    @Override
    public List<Person> membersOf(String groupId) {
        return db.sql(PERSON + " where active = true and id in"
                        + " (select person_id from people_membership where group_id = ?) order by id")
                .param(groupId)
                .query(PersonRows::person)
                .list();
    }

    /** @param staff the group's people work in Tasklist */
    record InGroup(Person person, String groupId, boolean staff) {}

    /** Of all active people, by name. */
    List<InGroup> everybodysGroups() {
        return db.sql(
                        "select p.id, p.name, p.post, p.email, p.phone, p.active, m.group_id, g.staff from people_person p"
                                + " join people_membership m on m.person_id = p.id join people_group g on g.id = m.group_id"
                                + " where p.active = true order by p.name, p.id, m.group_id")
                .query((rs, n) -> new InGroup(person(rs, n), rs.getString(7), rs.getBoolean(8)))
                .list();
    }

    @Override
    public List<Unit> units() {
        // an answer's check and its use case both ask
        return units.get(() -> List.copyOf(db.sql(UNIT + " where active = true order by protocol_order, id")
                .query(PersonRows::unit)
                .list()));
    }

    @Override
    public Optional<Unit> unit(String unitId) {
        return db.sql(UNIT + " where id = ?")
                .param(unitId)
                .query(PersonRows::unit)
                .optional();
    }

    @Override
    public List<Member> members() {
        return db.sql(MEMBER + " where (in_office_until is null or in_office_until >= ?)"
                        + " and (in_office_since is null or in_office_since <= ?) order by name, id")
                .params(today(), today())
                .query(PersonRows::member)
                .list();
    }

    @Override
    public Optional<Member> member(String memberId) {
        return db.sql(MEMBER + " where id = ?")
                .param(memberId)
                .query(PersonRows::member)
                .optional();
    }

    @Override
    public List<Member> membershipsOf(String personId) {
        return db.sql(MEMBER + " where person_id = ? and (in_office_until is null or in_office_until >= ?)"
                        + " and (in_office_since is null or in_office_since <= ?)"
                        + " order by case when kind = 'member' then 0 else 1 end, id")
                .params(personId, today(), today())
                .query(PersonRows::member)
                .list();
    }

    // ---- sign-in

    Optional<Secret> secret(String personId) {
        return db.sql("select password_hash, active, api, must_change_password, stamp, password_stamp"
                        + " from people_person where id = ?")
                .param(personId)
                .query((rs, n) -> new Secret(
                        rs.getString(1),
                        rs.getBoolean(2),
                        rs.getBoolean(3),
                        rs.getBoolean(4),
                        rs.getInt(5),
                        rs.getInt(6)))
                .optional();
    }

    /** With the computed group of all staff, as sessions and the engine see it. */
    List<String> sessionGroups(String personId) {
        return db.sql("select group_id from people_engine_membership where person_id = ? order by group_id")
                .param(personId)
                .query(String.class)
                .list();
    }

    // ---- writing

    boolean anybody() {
        return db.sql("select count(*) from (select 1 from people_person fetch first 1 rows only) p")
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Two changes of one account wait for each other; so rules over several memberships hold. */
    Optional<Person> lock(String personId) {
        return db.sql(PERSON + " where id = ? for update")
                .param(personId)
                .query(PersonRows::person)
                .optional();
    }

    /** Rules that count people over all accounts wait for each other at the group's row. */
    void lockGroup(String groupId) {
        db.sql("select id from people_group where id = ? for update")
                .param(groupId)
                .query(String.class)
                .optional();
    }

    void insert(Person person, String hash, boolean api, boolean mustChange) {
        db.sql("insert into people_person (id, password_hash, name, post, email, phone, active, api,"
                        + " must_change_password, stamp, password_stamp, created_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?)")
                .params(
                        person.id(),
                        hash,
                        person.name(),
                        person.post(),
                        person.email(),
                        person.phone(),
                        person.active(),
                        api,
                        mustChange,
                        now())
                .update();
    }

    void password(String personId, String hash, boolean mustChange) {
        db.sql("update people_person set password_hash = ?, must_change_password = ?, stamp = stamp + 1,"
                        + " password_stamp = password_stamp + 1 where id = ?")
                .params(hash, mustChange, personId)
                .update();
    }

    void deactivate(String personId) {
        db.sql("update people_person set active = false, api = false, deactivated_at = ?, stamp = stamp + 1,"
                        + " password_stamp = password_stamp + 1 where id = ?")
                .params(now(), personId)
                .update();
    }

    /** Everything but login, password and rights. */
    void change(Person person) {
        db.sql("update people_person set name = ?, post = ?, email = ?, phone = ?, pinyin = null, stamp = stamp + 1"
                        + " where id = ?")
                .params(person.name(), person.post(), person.email(), person.phone(), person.id())
                .update();
    }

    void api(String personId, boolean may) {
        db.sql("update people_person set api = ?, stamp = stamp + 1 where id = ?")
                .params(may, personId)
                .update();
    }

    /** Written at most once a minute: a machine signs in with every call. */
    void signedIn(String personId) {
        db.sql("update people_person set last_sign_in_at = ? where id = ?"
                        + " and (last_sign_in_at is null or last_sign_in_at < ?)")
                .params(now(), personId, now().minusMinutes(1))
                .update();
    }

    void touch(String personId) {
        db.sql("update people_person set stamp = stamp + 1 where id = ?")
                .param(personId)
                .update();
    }

    void join(String personId, String groupId) {
        db.sql("insert into people_membership (person_id, group_id, since) values (?, ?, ?)")
                .params(personId, groupId, now())
                .update();
    }

    boolean leave(String personId, String groupId) {
        return db.sql("delete from people_membership where person_id = ? and group_id = ?")
                        .params(personId, groupId)
                        .update()
                > 0;
    }

    boolean groupExists(String groupId) {
        return db.sql("select count(*) from people_group where id = ?")
                        .param(groupId)
                        .query(Long.class)
                        .single()
                > 0;
    }

    void insertGroup(String id, String name, @Nullable String unitId, boolean staff) {
        db.sql("insert into people_group (id, name, unit_id, staff) values (?, ?, ?, ?)")
                .params(id, name, unitId, staff)
                .update();
    }

    void insertUnit(Unit unit) {
        units.forget();
        db.sql("insert into people_unit (id, name, unit_system, protocol_order, active) values (?, ?, ?, ?, ?)")
                .params(unit.id(), unit.name(), unit.system(), unit.order(), unit.active())
                .update();
    }

    void insertMember(Member m) {
        db.sql("insert into people_member (id, person_id, kind, name, member_number, sector, party, post,"
                        + " in_office_until) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        m.id(),
                        m.personId(),
                        m.kind(),
                        m.name(),
                        m.number(),
                        m.sector(),
                        m.party(),
                        m.post(),
                        m.inOfficeUntil())
                .update();
    }

    // ---- lists of the administrators' page

    record GroupRow(String id, String name) {}

    List<GroupRow> groups() {
        return db.sql("select g.id, g.name from people_group g left join people_unit u on u.id = g.unit_id"
                        + " where g.id <> ? order by coalesce(u.protocol_order, 0), g.id")
                .param(Roles.STAFF)
                .query((rs, n) -> new GroupRow(rs.getString(1), rs.getString(2)))
                .list();
    }

    record Listed(
            Person person,
            boolean api,
            boolean mustChange,
            @Nullable Instant lastSignIn) {}

    /**
     * By login, name, post or group; the like-characters of the search text are taken as they are.
     *
     * @param letters initials or syllables of a name, or empty
     */
    List<Listed> search(String text, String letters, boolean active, int most) {
        String like = like(text);
        return db.sql("select id, name, post, email, phone, active, api, must_change_password, last_sign_in_at"
                        + " from people_person p where active = :active and (lower(id) like lower(:like) escape '!'"
                        + " or name like :like escape '!' or post like :like escape '!'"
                        + " or (:letters <> '' and pinyin like :pinyin)"
                        + " or exists (select 1 from people_membership m join people_group g on g.id = m.group_id"
                        + " where m.person_id = p.id and (g.name like :like escape '!' or g.id = :text)))"
                        + " order by id fetch first " + most + " rows only")
                .param("active", active)
                .param("like", like)
                .param("letters", letters)
                .param("pinyin", "%" + letters + "%")
                .param("text", text)
                .query((rs, n) -> {
                    OffsetDateTime last = rs.getObject(9, OffsetDateTime.class);
                    return new Listed(
                            person(rs, n), rs.getBoolean(7), rs.getBoolean(8), last == null ? null : last.toInstant());
                })
                .list();
    }

    static String like(String text) {
        return "%" + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }

    record Name(String id, String name) {}

    /** Those whose letters are not known yet. */
    List<Name> withoutPinyin() {
        return db.sql("select id, name from people_person where pinyin is null")
                .query((rs, n) -> new Name(rs.getString(1), rs.getString(2)))
                .list();
    }

    void pinyin(String personId, String name, String pinyin) {
        db.sql("update people_person set pinyin = ? where id = ? and name = ?")
                .params(pinyin, personId, name)
                .update();
    }

    // ---- units

    List<Unit> allUnits() {
        return db.sql(UNIT + " order by protocol_order, id")
                .query(PersonRows::unit)
                .list();
    }

    /** Whoever changes units waits for whoever else does: places and names are rules over all of them. */
    void lockUnits() {
        db.sql("select id from people_unit order by id for update")
                .query(String.class)
                .list();
    }

    void changeUnit(Unit unit) {
        units.forget();
        db.sql("update people_unit set name = ?, unit_system = ?, protocol_order = ?, active = ? where id = ?")
                .params(unit.name(), unit.system(), unit.order(), unit.active(), unit.id())
                .update();
    }

    /** Group ids of a unit. */
    List<String> unitGroups(String unitId) {
        return db.sql("select id from people_group where unit_id = ? order by id")
                .param(unitId)
                .query(String.class)
                .list();
    }

    void renameGroup(String groupId, String name) {
        db.sql("update people_group set name = ? where id = ?")
                .params(name, groupId)
                .update();
    }

    record InUnit(String unitId, String groupId, String personId, String name) {}

    /** Active people in groups of units. */
    List<InUnit> inUnits() {
        return db.sql("select g.unit_id, g.id, p.id, p.name from people_group g"
                        + " join people_membership m on m.group_id = g.id join people_person p on p.id = m.person_id"
                        + " where g.unit_id is not null and p.active = true order by g.unit_id, g.id, p.id")
                .query((rs, n) -> new InUnit(rs.getString(1), rs.getString(2), rs.getString(3), rs.getString(4)))
                .list();
    }

    record Membership(String personId, String groupId, String groupName) {}

    List<Membership> memberships() {
        return db.sql("select m.person_id, g.id, g.name from people_membership m"
                        + " join people_group g on g.id = m.group_id order by m.person_id, g.id")
                .query((rs, n) -> new Membership(rs.getString(1), rs.getString(2), rs.getString(3)))
                .list();
    }

    long activeIn(String groupId) {
        return db.sql("select count(*) from people_membership m join people_person p on p.id = m.person_id"
                        + " where m.group_id = ? and p.active = true")
                .param(groupId)
                .query(Long.class)
                .single();
    }

    // ---- one-time tokens

    void insertToken(String hash, String purpose, Instant expires) {
        db.sql("insert into people_one_time_token (hash, purpose, expires_at) values (?, ?, ?)")
                .params(hash, purpose, expires.atOffset(ZoneOffset.UTC))
                .update();
    }

    boolean tokenValid(String hash, String purpose) {
        return db.sql("select count(*) from people_one_time_token where hash = ? and purpose = ? and used_at is null"
                                + " and expires_at > ?")
                        .params(hash, purpose, now())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Exactly one caller gets true. */
    boolean useToken(String hash, String purpose) {
        return db.sql("update people_one_time_token set used_at = ? where hash = ? and purpose = ? and used_at is null"
                                + " and expires_at > ?")
                        .params(now(), hash, purpose, now())
                        .update()
                == 1;
    }

    void forgetTokens(String purpose, String exceptHash) {
        db.sql("delete from people_one_time_token where purpose = ? and hash <> ?")
                .params(purpose, exceptHash)
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private LocalDate today() {
        return ChineseTime.day(clock.instant());
    }

    private static Person person(ResultSet rs, int row) throws SQLException {
        return new Person(
                rs.getString(1), rs.getString(2), rs.getString(3), rs.getString(4), rs.getString(5), rs.getBoolean(6));
    }

    private static Unit unit(ResultSet rs, int row) throws SQLException {
        return new Unit(rs.getString(1), rs.getString(2), rs.getString(3), rs.getInt(4), rs.getBoolean(5));
    }

    private static Member member(ResultSet rs, int row) throws SQLException {
        return new Member(
                rs.getString(1),
                rs.getString(2),
                rs.getString(3),
                rs.getString(4),
                rs.getString(5),
                rs.getString(6),
                rs.getString(7),
                rs.getString(8),
                rs.getObject(9, LocalDate.class));
    }
}
