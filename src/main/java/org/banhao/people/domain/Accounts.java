package org.banhao.people.domain;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.people.LeftGroup;
import org.banhao.people.Person;
import org.banhao.people.Roles;
import org.banhao.people.Unit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The use cases of accounts. The system administrator makes, resets and closes accounts, the security administrator
 * says who is in which group, nobody does either for himself, and the three administrators (三员) exclude each other.
 * The caller has checked who may call; {@code by} is written for rules that depend on the person.
 */
@Service
public class Accounts {

    /** Source: 信息系统三员分立, system, security and audit administration in different hands. */
    static final Set<String> THREE =
            Set.of(Roles.SYSTEM_ADMINISTRATOR, Roles.SECURITY_ADMINISTRATOR, Roles.AUDIT_ADMINISTRATOR);

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");
    private static final Pattern UNIT_ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,47}");
    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>,;\"]{1,64}@[^\\s@<>,;\"]{1,189}");
    private static final Pattern PHONE = Pattern.compile("[0-9+ -]{5,32}");

    private final PersonRows rows;
    private final Passwords passwords;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final Pinyin pinyin;

    Accounts(PersonRows rows, Passwords passwords, Audit audit, ApplicationEventPublisher events, Pinyin pinyin) {
        this.rows = rows;
        this.passwords = passwords;
        this.audit = audit;
        this.events = events;
        this.pinyin = pinyin;
    }

    /** What a new account is made of; texts as typed. */
    public record NewAccount(
            String login,
            String name,
            String post,
            @Nullable String email,
            @Nullable String phone) {}

    /** One line of the administrators' list. @param lastSignIn by password, to the minute */
    public record Line(
            Person person,
            boolean api,
            boolean mustChange,
            @Nullable Instant lastSignIn,
            Map<String, String> groups) {

        /** One of the three administrators, whose password is reset by two. */
        public boolean three() {
            return groups.keySet().stream().anyMatch(THREE::contains);
        }

        public String lastSignInText() {
            return lastSignIn == null ? "从未登录" : "最近登录" + ChineseTime.text(lastSignIn);
        }
    }

    public record Group(String id, String name) {}

    // ---- system administrator

    /** @return the initial password, to be shown once; it must be changed at the first sign-in */
    @Transactional
    public String create(NewAccount account) {
        Person person = checked(account);
        if (rows.find(person.id()).isPresent()) throw new Refusal("login", "登录名「" + person.id() + "」已被使用，请换一个。");
        String password = passwords.generate();
        rows.insert(person, passwords.hash(password), false, true);
        audit.record("people.create", null, person.id());
        return password;
    }

    /** Everything but the login; the record keeps the name of each day beside the login. */
    @Transactional
    public void change(NewAccount account) {
        Person typed = checked(account);
        Person present = existing(typed.id());
        if (!present.active()) throw new Refusal("账号「" + typed.id() + "」已停用，资料不再改动。");
        rows.change(typed);
        audit.record("people.change", null, typed.id());
    }

    /** Whether machine interfaces may be called with this name and password; never with those of the three (三员). */
    @Transactional
    public void api(String by, String personId, boolean may) {
        if (by.equals(personId)) throw new Refusal("不能调整自己的接口权限，请由另一位系统管理员调整。");
        Person person = existing(personId);
        if (!person.active()) throw new Refusal("账号「" + personId + "」已停用，不能开通接口。");
        if (may && three(personId))
            throw new Refusal("「" + person.name() + "」是系统管理员、安全保密管理员或安全审计员，只能本人登录使用，不能开通接口；需要接口的，请另建专用账号。");
        rows.api(personId, may);
        audit.record(may ? "people.allowApi" : "people.denyApi", null, personId);
    }

    /**
     * For everybody but the three administrators, whose password is nobody's to know alone: {@link PasswordResets}.
     *
     * @return the new password, to be shown once; open sessions of the account end
     */
    @Transactional
    public String resetPassword(String by, String personId) {
        Person person = existing(personId);
        if (by.equals(personId)) throw new Refusal("不能重置自己的密码，请在「修改密码」页面修改。");
        if (!person.active()) throw new Refusal("账号「" + personId + "」已停用，不能重置密码。");
        if (three(personId)) throw new Refusal("「" + person.name() + "」是系统管理员、安全保密管理员或安全审计员，不能直接重置密码，请填写原因，提交重置申请。");
        String password = passwords.generate();
        rows.password(personId, passwords.hash(password), true);
        audit.record("people.resetPassword", null, personId);
        return password;
    }

    /** Closes the account for good: its memberships end, its tasks are handed over, its sessions end. */
    @Transactional
    public void deactivate(String by, String personId) {
        if (by.equals(personId)) throw new Refusal("不能停用自己的账号，请由另一位系统管理员停用。");
        THREE.stream().sorted().forEach(rows::lockGroup);
        Person person = existing(personId);
        if (!person.active()) throw new Refusal("账号「" + personId + "」已经停用，无需重复操作。");
        List<String> groups = rows.groupsOf(personId);
        groups.forEach(this::notTheLast);
        for (String group : groups) left(personId, group);
        rows.deactivate(personId);
        audit.record("people.deactivate", null, personId);
    }

    // ---- security administrator

    /**
     * Who becomes one of the three loses the right to call machine interfaces.
     *
     * @throws Refusal no such group, account closed, 三员 exclude each other, or one's own account
     */
    @Transactional
    public void join(String by, String personId, String groupId) {
        if (by.equals(personId)) throw new Refusal("不能调整自己的授权，请由另一位安全保密管理员调整。");
        Person person = existing(personId);
        if (!person.active()) throw new Refusal("账号「" + personId + "」已停用，不能加入群组。");
        enter(personId, groupId);
        if (THREE.contains(groupId)) rows.api(personId, false);
        rows.touch(personId);
        audit.record("people.join", null, personId + " → " + groupId);
    }

    /**
     * The way into an installation that has no security administrator yet: until there is one, the system
     * administrator may name the security and the audit administrator, nothing else.
     */
    @Transactional
    public void nameAdministrator(String by, String personId, String groupId) {
        if (!groupId.equals(Roles.SECURITY_ADMINISTRATOR) && !groupId.equals(Roles.AUDIT_ADMINISTRATOR))
            throw new Refusal("group", "系统管理员只能指定安全保密管理员和安全审计员，其他授权请由安全保密管理员办理。");
        rows.lockGroup(Roles.SECURITY_ADMINISTRATOR);
        if (!securityAdministratorMissing()
                && !(groupId.equals(Roles.AUDIT_ADMINISTRATOR) && rows.activeIn(Roles.AUDIT_ADMINISTRATOR) == 0))
            throw new Refusal("group", "已有安全保密管理员，授权请由安全保密管理员办理。");
        join(by, personId, groupId);
    }

    public boolean securityAdministratorMissing() {
        return rows.activeIn(Roles.SECURITY_ADMINISTRATOR) == 0;
    }

    public boolean auditAdministratorMissing() {
        return rows.activeIn(Roles.AUDIT_ADMINISTRATOR) == 0;
    }

    @Transactional
    public void leave(String by, String personId, String groupId) {
        if (by.equals(personId)) throw new Refusal("不能调整自己的授权，请由另一位安全保密管理员调整。");
        rows.lockGroup(groupId);
        existing(personId);
        if (!rows.groupsOf(personId).contains(groupId))
            throw new Refusal("group", "该人员不在「" + rows.groupName(groupId) + "」中，请刷新页面后再试。");
        notTheLast(groupId);
        left(personId, groupId);
        rows.touch(personId);
        audit.record("people.leave", null, personId + " ← " + groupId);
    }

    /** A unit with the five groups every handling unit has. */
    @Transactional
    public void addUnit(Unit unit) {
        if (!UNIT_ID.matcher(unit.id()).matches())
            throw new Refusal("id", "单位代码「" + unit.id() + "」不合规，请只用小写字母、数字和连字符，不超过48个字符。");
        if (rows.unit(unit.id()).isPresent()) throw new Refusal("id", "单位代码「" + unit.id() + "」已被使用，请换一个。");
        rows.insertUnit(unit);
        UnitRoles.COMMON.forEach(role -> addUnitGroup(unit, role));
        audit.record("people.addUnit", null, unit.id());
    }

    // ---- everybody

    /** @throws Refusal the present password is wrong, or the new one too easy or the same */
    @Transactional
    public void changePassword(String personId, String present, String next, String again) {
        existing(personId);
        PersonRows.Secret secret = rows.secret(personId).orElseThrow();
        if (!passwords.matches(present, secret.hash())) throw new Refusal("present", "「当前密码」不正确，请重新填写。");
        if (!next.equals(again)) throw new Refusal("again", "两次填写的新密码不一致，请重新填写。");
        passwords.judge(personId, next);
        if (passwords.matches(next, secret.hash())) throw new Refusal("password", "「新密码」不能与当前密码相同，请换一个。");
        rows.password(personId, passwords.hash(next), false);
        audit.record("people.changePassword", null, personId);
    }

    // ---- lists

    /**
     * By login, name and its letters, post, or group.
     *
     * @param active the open accounts, or those that were closed
     * @param most how many lines at most
     */
    @Transactional
    public List<Line> search(String text, boolean active, int most) {
        for (PersonRows.Name n : rows.withoutPinyin()) rows.pinyin(n.id(), n.name(), pinyin.ofPerson(n.name()));
        Map<String, Map<String, String>> groups = new LinkedHashMap<>();
        rows.memberships()
                .forEach(m -> groups.computeIfAbsent(m.personId(), id -> new LinkedHashMap<>())
                        .put(m.groupId(), m.groupName()));
        String clean = text.replace("\0", "").strip();
        return rows.search(clean, Pinyin.asked(clean), active, most).stream()
                .map(l -> new Line(
                        l.person(),
                        l.api(),
                        l.mustChange(),
                        l.lastSignIn(),
                        groups.getOrDefault(l.person().id(), Map.of())))
                .toList();
    }

    public List<Group> groups() {
        return rows.groups().stream().map(g -> new Group(g.id(), g.name())).toList();
    }

    /** As {@link #create}, by a caller who takes it back: its password is none, because making one takes its time. */
    void tryOut(NewAccount account) {
        Person person = checked(account);
        if (rows.find(person.id()).isPresent()) throw new Refusal("login", "登录名「" + person.id() + "」已被使用，请换一个。");
        rows.insert(person, "{none}", false, true);
    }

    // ---- for loaders of this module, which have no person behind them

    void insert(Person person, String password, boolean api, boolean mustChange) {
        rows.insert(person, passwords.hash(password), api, mustChange);
    }

    /** Checked like a typed one. */
    Person checked(NewAccount account) {
        String login = text("login", "登录名", account.login(), 64).toLowerCase(Locale.ROOT);
        if (!ID.matcher(login).matches()) throw new Refusal("login", "「登录名」只能用小写字母、数字和 - . _ @，以字母或数字开头，请修改。");
        if (login.equals("system") || login.equals("anonymous"))
            throw new Refusal("login", "登录名「" + login + "」为系统保留，请换一个。");
        String name = text("name", "姓名", account.name(), 50);
        String post = optional("post", "单位及职务", account.post(), 100);
        String email = optional("email", "电子邮箱", account.email(), 254);
        String phone = optional("phone", "电话", account.phone(), 32);
        if (email != null && !EMAIL.matcher(email).matches())
            throw new Refusal("email", "「电子邮箱」格式不对，请改为 name@example.cn 这样的地址，或者留空。");
        if (phone != null && !PHONE.matcher(phone).matches())
            throw new Refusal("phone", "「电话」只能用数字、空格、加号和连字符，请修改或者留空。");
        return new Person(login, name, post == null ? "" : post, email, phone, true);
    }

    void enter(String personId, String groupId) {
        checkGroupId(groupId);
        if (groupId.equals(Roles.STAFF)) throw new Refusal("group", "「全体工作人员」由系统自动归入，请选择具体的群组。");
        if (!rows.groupExists(groupId)) throw new Refusal("group", "没有「" + groupId + "」这个群组，请从列表中选择。");
        List<String> present = rows.groupsOf(personId);
        if (present.contains(groupId)) throw new Refusal("group", "该人员已在「" + rows.groupName(groupId) + "」中，无需重复加入。");
        if (THREE.contains(groupId)) {
            for (String other : present)
                if (THREE.contains(other))
                    throw new Refusal("group", "系统管理员、安全保密管理员、安全审计员不得由同一人担任，该人员已是" + rows.groupName(other) + "，请另选人员。");
        }
        rows.join(personId, groupId);
    }

    void addUnitGroup(Unit unit, String role) {
        String id = unit.id() + "." + role;
        checkGroupId(id);
        rows.insertGroup(id, unit.name() + "·" + UnitRoles.name(role), unit.id(), true);
    }

    private static void checkGroupId(String id) {
        if (!ID.matcher(id).matches() || id.contains("@") || id.equals("camunda-admin"))
            throw new Refusal("group", "群组代码不可用，请从列表中选择。");
    }

    private boolean three(String personId) {
        return rows.groupsOf(personId).stream().anyMatch(THREE::contains);
    }

    private Person existing(String personId) {
        return rows.lock(personId).orElseThrow(() -> new Refusal("没有「" + personId + "」这个账号，请刷新页面后再试。"));
    }

    /**
     * Without one of each nobody could ever make another; and were the last auditor gone, the system administrator could
     * name an account of his own making in his place.
     */
    private void notTheLast(String groupId) {
        if (THREE.contains(groupId) && rows.activeIn(groupId) <= 1)
            throw new Refusal("这是最后一位" + rows.groupName(groupId) + "，请先指定接替人员。");
    }

    private void left(String personId, String groupId) {
        rows.leave(personId, groupId);
        events.publishEvent(new LeftGroup(personId, groupId));
    }

    static String text(String field, String label, @Nullable String typed, int most) {
        return Objects.requireNonNullElseGet(optional(field, label, typed, most), () -> {
            throw new Refusal(field, "请填写「" + label + "」。");
        });
    }

    static @Nullable String optional(String field, String label, @Nullable String typed, int most) {
        if (typed == null || typed.isBlank()) return null;
        String text = typed.strip();
        if (text.length() > most) throw new Refusal(field, "「" + label + "」最多" + most + "个字，请缩短。");
        if (text.chars().anyMatch(Character::isISOControl))
            throw new Refusal(field, "「" + label + "」里有不能输入的控制字符，请重新填写。");
        return text;
    }
}
