package org.banhao.people.domain;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Browsers in which a person has signed in before. Behind one address may sit a whole office: were wrong passwords counted by login and
 * address alone, a colleague could lock another one out. A known browser has a count of its own, which nobody elsewhere can raise.
 *
 * <p>The browser keeps a mark for each of the last few people who signed in with it: a random name, the day until which it is good,
 * and a signature over both and the login. No login stands in it, and it opens nothing: the password is asked all the same, and
 * whoever has stolen a mark has no more tries than anybody. The key lies in the database. Call outside of a transaction.
 */
@Component
public class KnownBrowsers {

    public static final Duration GOOD = Duration.ofDays(180);

    private static final int MOST = 6;
    private static final int NAME_BYTES = 12;
    private static final String KEY = "known-browser";
    private static final Pattern MARK = Pattern.compile("([A-Za-z0-9_-]{16})\\.([0-9]{1,10})\\.([A-Za-z0-9_-]{43})");
    private static final Base64.Encoder LETTERS = Base64.getUrlEncoder().withoutPadding();

    private final JdbcClient db;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private volatile @Nullable SecretKeySpec key;

    KnownBrowsers(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /**
     * Whether that login has signed in with this browser before.
     *
     * @param marks what the browser sent; anything at all
     * @return the browser's name for that login
     */
    public Optional<String> name(String login, @Nullable String marks) {
        return split(marks).stream()
                .filter(mark -> signed(login, mark))
                .map(mark -> mark.substring(0, mark.indexOf('.')))
                .findFirst();
    }

    /** What the browser keeps after that login has signed in: marks of others stay, the oldest go. */
    public String after(String login, @Nullable String marks) {
        List<String> all = new ArrayList<>();
        all.add(mark(login, name(login, marks).orElseGet(this::newName)));
        for (String mark : split(marks)) if (all.size() < MOST && !signed(login, mark)) all.add(mark);
        return String.join("~", all);
    }

    private static List<String> split(@Nullable String marks) {
        if (marks == null || marks.length() > MOST * 80) return List.of();
        return java.util.Arrays.stream(marks.split("~"))
                .filter(mark -> MARK.matcher(mark).matches())
                .limit(MOST)
                .toList();
    }

    private String newName() {
        byte[] name = new byte[NAME_BYTES];
        random.nextBytes(name);
        return LETTERS.encodeToString(name);
    }

    private String mark(String login, String name) {
        String said = name + "." + clock.instant().plus(GOOD).getEpochSecond();
        return said + "." + signature(login, said);
    }

    private boolean signed(String login, String mark) {
        int end = mark.lastIndexOf('.');
        String said = mark.substring(0, end);
        long until = Long.parseLong(said.substring(said.indexOf('.') + 1));
        return clock.instant().isBefore(Instant.ofEpochSecond(until))
                && MessageDigest.isEqual(
                        signature(login, said).getBytes(StandardCharsets.US_ASCII),
                        mark.substring(end + 1).getBytes(StandardCharsets.US_ASCII));
    }

    private String signature(String login, String said) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key());
            String whose = login.strip().toLowerCase(Locale.ROOT);
            return LETTERS.encodeToString(mac.doFinal((said + "|" + whose).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private SecretKeySpec key() {
        SecretKeySpec known = key;
        if (known == null) {
            known = new SecretKeySpec(Base64.getUrlDecoder().decode(stored()), "HmacSHA256");
            key = known;
        }
        return known;
    }

    private String stored() {
        Optional<String> there = read();
        if (there.isPresent()) return there.get();
        byte[] made = new byte[32];
        random.nextBytes(made);
        try {
            db.sql("insert into people_secret (name, secret, made_at) values (?, ?, ?)")
                    .params(KEY, LETTERS.encodeToString(made), clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
        } catch (DuplicateKeyException another) {
            // two first sign-ins at once: the other one's key holds
        }
        return read().orElseThrow();
    }

    private Optional<String> read() {
        return db.sql("select secret from people_secret where name = ?")
                .param(KEY)
                .query(String.class)
                .optional();
    }
}
