package org.banhao.people.domain;

import java.time.Clock;
import java.time.Duration;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.people.Person;
import org.banhao.people.Roles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * How the first system administrator of an empty installation comes to be: a token that only somebody who reads the log
 * (or set it in the environment) knows, good for one account within 24 hours.
 */
@Service
public class FirstAdministrator {

    private static final Logger LOG = LoggerFactory.getLogger(FirstAdministrator.class);
    private static final String PURPOSE = "first-administrator";
    private static final Duration VALID = Duration.ofHours(24);
    private static final int SHORTEST = 20;

    private final PersonRows rows;
    private final Accounts accounts;
    private final Passwords passwords;
    private final SignInThrottle throttle;
    private final Audit audit;
    private final Clock clock;
    private final boolean demonstration;
    private final String given;
    private final String address;

    FirstAdministrator(
            PersonRows rows,
            Accounts accounts,
            Passwords passwords,
            SignInThrottle throttle,
            Audit audit,
            Clock clock,
            @Value("${banhao.demonstration:false}") boolean demonstration,
            @Value("${BANHAO_FIRST_TOKEN:}") String given,
            @Value("${banhao.address:}") String address) {
        this.rows = rows;
        this.accounts = accounts;
        this.passwords = passwords;
        this.throttle = throttle;
        this.audit = audit;
        this.clock = clock;
        this.demonstration = demonstration;
        this.given = given;
        this.address = address;
    }

    @EventListener(ApplicationReadyEvent.class)
    void invite() {
        if (demonstration || rows.anybody()) return;
        boolean ours = given.isBlank();
        if (!ours && given.length() < SHORTEST) {
            LOG.error("BANHAO_FIRST_TOKEN 少于{}个字符，未采用。请改长后重新启动。", SHORTEST);
            return;
        }
        String token = ours ? passwords.token() : given;
        String hash = Passwords.digest(token);
        rows.forgetTokens(PURPOSE, "");
        rows.insertToken(hash, PURPOSE, clock.instant().plus(VALID));
        LOG.warn(
                "尚无任何账号。请在24小时内打开下列地址，创建第一位系统管理员：{}/first-administrator?token={}",
                address,
                ours ? token : "（环境变量 BANHAO_FIRST_TOKEN 的值）");
    }

    /** Whether the page is shown at all. */
    public boolean open() {
        return !rows.anybody();
    }

    /**
     * Makes the account and uses the token up.
     *
     * @throws Refusal token unknown, used or too old; input not good
     */
    @Transactional
    public void create(String token, Accounts.NewAccount account, String password, String again, String from) {
        if (!throttle.wait(PURPOSE, from).isZero()) throw new Refusal("尝试次数过多，请稍候再试。");
        Person person = accounts.checked(account);
        if (!password.equals(again)) throw new Refusal("again", "两次填写的密码不一致，请重新填写。");
        passwords.judge(person.id(), password);
        String hash = Passwords.digest(token);
        if (rows.anybody() || !rows.useToken(hash, PURPOSE)) {
            throw new Refusal("该链接无效、已使用或已超过24小时，请重新启动系统，使用日志中的新链接。");
        }
        try {
            accounts.insert(person, password, false, false);
        } catch (DuplicateKeyException raced) {
            throw new Refusal("已有账号，请直接登录。");
        }
        accounts.enter(person.id(), Roles.SYSTEM_ADMINISTRATOR);
        rows.forgetTokens(PURPOSE, hash);
        audit.record("people.firstAdministrator", null, person.id());
    }

    /** For the page: counts guesses; outside of the transaction that was undone. */
    public void failed(String from) {
        throttle.failed(PURPOSE, from);
    }
}
