package org.banhao.people.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.people.Person;
import org.banhao.people.Roles;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * How one of the three administrators (三员) gets a new password. Were a reset one person's act, the system administrator could
 * sign in as the auditor; so it takes two, and neither of them can do it alone:
 *
 * <ol>
 *   <li>a system administrator asks, saying why, and is shown a code (领取码) once;
 *   <li>another of the three confirms, and is shown a link once: the auditor for a security administrator's account, a security
 *       administrator for the others;
 *   <li>the owner of the account gets the code from the one and the link from the other, each of whom sees with whom he speaks,
 *       and chooses his password himself.
 * </ol>
 *
 * <p>No password is made for anybody, so nobody knows one: whoever asked has no link, whoever confirmed has no code. A password
 * shown to either of them would have made the other one's part a formality. Until the owner has chosen, his old password holds,
 * so a request locks nobody out. A request can be confirmed for 24 hours, a link is good for 30 minutes and once. Is nobody left
 * who could confirm, {@link ConsoleReset} is the way. Source: 信息系统三员分立.
 */
@Service
public class PasswordResets {

    static final Duration CONFIRMABLE = Duration.ofHours(24);
    static final Duration LINK = Duration.ofMinutes(30);
    private static final int LONGEST_REASON = 200;
    private static final int MOST = 30;
    /** Typed wrong so often, from wherever, a link is dead: 46 bits are not to be guessed at leisure. */
    static final int MOST_WRONG = 5;

    private final PersonRows people;
    private final PasswordResetRows rows;
    private final Passwords passwords;
    private final Audit audit;
    private final Clock clock;

    PasswordResets(PersonRows people, PasswordResetRows rows, Passwords passwords, Audit audit, Clock clock) {
        this.people = people;
        this.rows = rows;
        this.passwords = passwords;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A request as the three see it.
     *
     * @param role of the account's owner, in words
     * @param state in words, with who decided
     * @param alive can still be confirmed, or its link used
     * @param decides the reader may confirm or refuse it
     * @param mine the reader asked for it
     */
    public record Line(
            long id,
            String personId,
            String personName,
            String role,
            String askedBy,
            Instant askedAt,
            String reason,
            String state,
            @Nullable String answer,
            boolean alive,
            boolean decides,
            boolean mine) {

        public String askedAtText() {
            return ChineseTime.text(askedAt);
        }
    }

    /** The latest 30, those that wait for the reader first. */
    @Transactional(readOnly = true)
    public List<Line> latest(String reader) {
        List<String> groups = people.groupsOf(reader);
        return rows.latest(MOST).stream()
                .map(r -> line(r, reader, groups))
                .sorted((a, b) -> Boolean.compare(b.decides(), a.decides()))
                .toList();
    }

    private Line line(PasswordResetRows.Row r, String reader, List<String> groups) {
        boolean open = open(r);
        String role = roleOf(r.personId()).orElse("");
        return new Line(
                r.id(),
                r.personId(),
                people.nameOf(r.personId()),
                role.isEmpty() ? "" : people.groupName(role),
                r.askedByName(),
                r.askedAt(),
                r.reason(),
                state(r, role),
                r.answer(),
                open || linkGood(r),
                open && !role.isEmpty() && mayDecide(r, reader, groups, role),
                reader.equals(r.askedBy()));
    }

    private String state(PasswordResetRows.Row r, String role) {
        String by = r.decidedByName() == null ? "" : r.decidedByName();
        Instant until = r.linkUntil();
        return switch (r.state()) {
            case "open" -> !open(r) ? "超过24小时未确认，已失效" : "待" + people.groupName(confirmers(role)) + "确认";
            case "confirmed" ->
                until != null && clock.instant().isBefore(until) ? by + "已确认，待本人设置新密码" : "已确认，本人未在30分钟内设置新密码，已失效";
            case "refused" -> by + "未同意";
            case "withdrawn" -> "已撤回";
            case "replaced" -> "已由后来的申请取代";
            case "exhausted" -> "领取码填错" + MOST_WRONG + "次，链接已失效";
            default -> "本人已设置新密码";
        };
    }

    /**
     * @param by a system administrator, as the caller has checked
     * @return the code for the owner of the account, to be shown once
     * @throws Refusal not one of the three, one's own account, closed, asked for already, or nobody could confirm
     */
    @Transactional
    public String ask(String by, String personId, String reason) {
        Person person = people.lock(personId).orElseThrow(() -> new Refusal("没有「" + personId + "」这个账号，请刷新页面后再试。"));
        if (by.equals(personId)) throw new Refusal("不能申请重置自己的密码，请在「修改密码」页面修改，或者由另一位系统管理员申请。");
        if (!person.active()) throw new Refusal("账号「" + personId + "」已停用，不能重置密码。");
        String role = roleOf(personId)
                .orElseThrow(() -> new Refusal("「" + person.name() + "」不是系统管理员、安全保密管理员或安全审计员，请直接重置密码。"));
        String why = Accounts.text("reason", "申请原因", reason, LONGEST_REASON);
        String confirmers = confirmers(role);
        if (people.membersOf(confirmers).stream().noneMatch(p -> !p.id().equals(by) && !p.id().equals(personId)))
            throw new Refusal(
                    "目前没有可以确认的" + people.groupName(confirmers) + "，请由服务器运维人员设置 BANHAO_RESET_ACCOUNT 后重新启动系统，使用日志中的链接。");
        if (rows.ofPerson(personId).stream().anyMatch(this::open))
            throw new Refusal("「" + person.name() + "」的重置申请正在等待确认，请等候处理，或者先撤回原申请。");
        String code = passwords.code();
        rows.insert(personId, by, people.nameOf(by), clock.instant(), why, passwords.hash(code));
        audit.record("people.askReset", null, personId + "，" + why);
        return code;
    }

    /**
     * @return the secret of the link for the owner of the account, to be shown once
     * @throws Refusal no longer open, or not this person's to confirm
     */
    @Transactional
    public String confirm(String by, long id) {
        PasswordResetRows.Row request = decided(by, id);
        Person person = people.lock(request.personId()).orElseThrow();
        if (!person.active()) throw new Refusal("账号「" + person.id() + "」已停用，不能重置密码，请选择不同意。");
        String token = passwords.token();
        rows.replaceLinks(person.id(), id);
        rows.confirm(
                id,
                by,
                people.nameOf(by),
                clock.instant(),
                Passwords.digest(token),
                clock.instant().plus(LINK));
        audit.record("people.confirmReset", null, person.id() + "，" + request.askedByName() + "申请");
        return token;
    }

    /** @throws Refusal no reason given, no longer open, or not this person's to refuse */
    @Transactional
    public void refuse(String by, long id, String reason) {
        PasswordResetRows.Row request = decided(by, id);
        String why = Accounts.text("reason", "不同意的原因", reason, LONGEST_REASON);
        rows.close(id, "refused", by, people.nameOf(by), clock.instant(), why);
        audit.record("people.refuseReset", null, request.personId() + "，" + why);
    }

    /** By who asked; a link that was handed out already is dead too. */
    @Transactional
    public void withdraw(String by, long id) {
        PasswordResetRows.Row request = rows.lock(id)
                .filter(r -> by.equals(r.askedBy()))
                .filter(r -> open(r) || linkGood(r))
                .orElseThrow(() -> new Refusal("这条申请不是您提出的，或者已经处理完毕，请刷新页面后再看。"));
        rows.close(id, "withdrawn", by, people.nameOf(by), clock.instant(), null);
        audit.record("people.withdrawReset", null, request.personId());
    }

    /** Whether the page of that link asks for a code; empty: the link is not good. */
    @Transactional(readOnly = true)
    public Optional<Boolean> needsCode(String token) {
        return rows.byLink(Passwords.digest(token)).filter(this::linkGood).map(r -> r.codeHash() != null);
    }

    /**
     * The owner chooses his password; the link is used up, other requests for his account are void and his open sessions end. Wrong
     * codes are counted at the link, not at the address they come from, which others may share or change: such a refusal is written
     * down, so a caller must not undo it. Links themselves are too long to be guessed.
     *
     * @throws Refusal link or code not good, or the password
     */
    @Transactional(noRollbackFor = Refusal.class)
    public void redeem(String token, String code, String password, String again) {
        PasswordResetRows.Row request = rows.lockLink(Passwords.digest(token))
                .filter(this::linkGood)
                .orElseThrow(() -> new Refusal("该链接无效、已使用或已超过30分钟，请联系系统管理员重新申请。"));
        String codeHash = request.codeHash();
        if (codeHash != null && !passwords.matches(code.strip(), codeHash)) {
            rows.wrongCode(request.id(), MOST_WRONG);
            audit.record("people.wrongResetCode", null, request.personId());
            throw new Refusal("code", "「领取码」不正确，请向提出申请的系统管理员核对；填错" + MOST_WRONG + "次，链接失效。");
        }
        Person person = people.lock(request.personId()).orElseThrow();
        if (!person.active()) throw new Refusal("账号已停用，不能设置密码，请联系系统管理员。");
        if (!password.equals(again)) throw new Refusal("again", "两次填写的密码不一致，请重新填写。");
        passwords.judge(person.id(), password);
        people.password(person.id(), passwords.hash(password), false);
        rows.used(request.id());
        rows.replaceAll(person.id(), request.id());
        audit.record("people.resetPassword", null, person.id() + "，本人凭链接设置");
    }

    private PasswordResetRows.Row decided(String by, long id) {
        PasswordResetRows.Row request =
                rows.lock(id).filter(this::open).orElseThrow(() -> new Refusal("这条申请已经处理或者失效，请刷新页面后再看。"));
        String role = roleOf(request.personId())
                .orElseThrow(() -> new Refusal("该账号已不是系统管理员、安全保密管理员或安全审计员，无需确认，请由系统管理员直接重置。"));
        if (!mayDecide(request, by, people.groupsOf(by), role))
            throw new Refusal("这条申请应由" + people.groupName(confirmers(role)) + "确认，并且不能由申请人或者账号本人确认。");
        return request;
    }

    /** The groups exclude each other; asker and owner are asked for all the same, because roles change within a day. */
    private static boolean mayDecide(PasswordResetRows.Row r, String by, List<String> groups, String role) {
        return groups.contains(confirmers(role)) && !by.equals(r.askedBy()) && !by.equals(r.personId());
    }

    private boolean open(PasswordResetRows.Row r) {
        return r.state().equals("open") && clock.instant().isBefore(r.askedAt().plus(CONFIRMABLE));
    }

    private boolean linkGood(PasswordResetRows.Row r) {
        Instant until = r.linkUntil();
        return r.state().equals("confirmed") && until != null && clock.instant().isBefore(until);
    }

    private Optional<String> roleOf(String personId) {
        return people.groupsOf(personId).stream()
                .filter(Accounts.THREE::contains)
                .findFirst();
    }

    private static String confirmers(String role) {
        return role.equals(Roles.SECURITY_ADMINISTRATOR) ? Roles.AUDIT_ADMINISTRATOR : Roles.SECURITY_ADMINISTRATOR;
    }
}
