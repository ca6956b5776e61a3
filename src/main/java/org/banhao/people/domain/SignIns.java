package org.banhao.people.domain;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.banhao.base.Audit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Who knocks with a password, and whether an open session is still right. */
@Service
public class SignIns {

    private static final Pattern LOGIN = Pattern.compile("[a-z0-9._@-]{1,64}");

    private final PersonRows rows;
    private final Passwords passwords;
    private final SignInThrottle throttle;
    private final KnownBrowsers browsers;
    private final Audit audit;

    SignIns(PersonRows rows, Passwords passwords, SignInThrottle throttle, KnownBrowsers browsers, Audit audit) {
        this.rows = rows;
        this.passwords = passwords;
        this.throttle = throttle;
        this.browsers = browsers;
        this.audit = audit;
    }

    /** Too many wrong passwords from there; says nothing about the account. */
    public static final class Blocked extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Blocked() {
            super("blocked", null, false, false);
        }
    }

    /**
     * Compares name and password. Unknown, wrong and disabled look the same and cost the same time.
     *
     * @param login upper case and blanks around it are forgiven
     * @param marks what the browser keeps of earlier sign-ins, see {@link KnownBrowsers}; null: nothing, or no browser
     * @return empty: refused
     * @throws Blocked nothing was compared
     */
    public Optional<Account> enter(String login, String password, String address, @Nullable String marks) {
        String id = login.strip().toLowerCase(Locale.ROOT);
        String place = browsers.name(id, marks).map(name -> "browser " + name).orElse(address);
        if (!throttle.wait(id, place).isZero()) throw new Blocked();
        Optional<PersonRows.Secret> secret = LOGIN.matcher(id).matches() ? rows.secret(id) : Optional.empty();
        boolean right;
        if (secret.isPresent()) {
            right = passwords.matches(password, secret.get().hash())
                    && secret.get().active();
        } else {
            passwords.pretend(password);
            right = false;
        }
        if (!right) {
            throttle.failed(id, place);
            // what was typed may be a password in the wrong field: only the names of accounts are written down
            audit.record("people.signInRefused", null, secret.isPresent() ? id : "未知登录名");
            return Optional.empty();
        }
        throttle.succeeded(id, place);
        rows.signedIn(id);
        return account(id);
    }

    /** The account as it is now, or empty when it cannot sign in. */
    public Optional<Account> account(String personId) {
        return rows.secret(personId)
                .filter(PersonRows.Secret::active)
                .flatMap(secret -> rows.find(personId)
                        .map(person -> new Account(
                                person,
                                rows.sessionGroups(personId),
                                secret.api(),
                                secret.mustChange(),
                                secret.stamp(),
                                secret.passwordStamp())));
    }

    /**
     * What has become of a session's account: the same object when nothing changed (one row is read), a new one when
     * groups or names changed, empty when the session must end.
     */
    public Optional<Account> still(Account known) {
        Optional<PersonRows.Secret> secret = rows.secret(known.person().id());
        if (secret.isEmpty() || !secret.get().active() || secret.get().passwordStamp() != known.passwordStamp())
            return Optional.empty();
        return secret.get().stamp() == known.stamp()
                ? Optional.of(known)
                : account(known.person().id());
    }
}
