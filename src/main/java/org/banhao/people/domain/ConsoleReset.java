package org.banhao.people.domain;

import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import org.banhao.base.Audit;
import org.banhao.people.Person;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The last way back to an account of the three administrators, when nobody is left who could ask for it or confirm it
 * ({@link PasswordResets}): who runs the server names the account in {@code BANHAO_RESET_ACCOUNT} and starts it, and the log
 * shows a link, good for 30 minutes and once. Like that of {@link FirstAdministrator} it proves that somebody holds the machine
 * itself; he could change the database as well, so no second person is asked, but the record says so. Each start with that
 * setting makes a new link and ends the one before.
 */
@Service
class ConsoleReset {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleReset.class);
    private static final String WHO = "服务器控制台";
    private static final long NO_ROW = -1;

    private final PersonRows people;
    private final PasswordResetRows rows;
    private final Passwords passwords;
    private final Audit audit;
    private final Clock clock;
    private final String login;
    private final String address;

    ConsoleReset(
            PersonRows people,
            PasswordResetRows rows,
            Passwords passwords,
            Audit audit,
            Clock clock,
            @Value("${BANHAO_RESET_ACCOUNT:}") String login,
            @Value("${banhao.address:}") String address) {
        this.people = people;
        this.rows = rows;
        this.passwords = passwords;
        this.audit = audit;
        this.clock = clock;
        this.login = login.strip().toLowerCase(Locale.ROOT);
        this.address = address;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Transactional
    public void invite() {
        if (login.isEmpty()) return;
        Person person = people.lock(login).orElse(null);
        boolean three = person != null && people.groupsOf(login).stream().anyMatch(Accounts.THREE::contains);
        if (person == null || !person.active() || !three) {
            LOG.error("BANHAO_RESET_ACCOUNT 所填的「{}」不是在用的系统管理员、安全保密管理员或安全审计员账号，未采用。", login);
            return;
        }
        String token = passwords.token();
        Instant now = clock.instant();
        rows.replaceLinks(login, NO_ROW);
        rows.insertOfConsole(
                login, WHO, now, "按 BANHAO_RESET_ACCOUNT 重置", Passwords.digest(token), now.plus(PasswordResets.LINK));
        audit.record("people.consoleReset", null, login);
        LOG.warn(
                "请{}在30分钟内打开下列地址，设置账号 {} 的新密码；设置后请去掉 BANHAO_RESET_ACCOUNT：{}/new-password?token={}",
                person.name(),
                login,
                address,
                token);
    }
}
