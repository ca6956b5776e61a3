package org.banhao.people.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Wrong passwords are counted per login and place. A place is an address, so that a stranger at another desk cannot lock a person out,
 * or a {@link KnownBrowsers browser the person has signed in with before}, so that a colleague behind the same address cannot. From the
 * fifth failure on the pair waits 1 s, 2 s, 4 s … at most 15 min; asking while blocked neither hashes nor prolongs.
 * Kept in a table, because there may be two nodes. Each statement stands for itself: call outside of a transaction.
 */
@Component
public class SignInThrottle {

    private static final int FREE = 5;
    private static final Duration LONGEST = Duration.ofMinutes(15);
    /** A pair that was quiet so long begins anew. */
    private static final Duration FORGET = Duration.ofHours(24);

    private final JdbcClient db;
    private final Clock clock;

    SignInThrottle(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** How long this pair still has to wait; zero: go on. */
    public Duration wait(String login, String address) {
        return db.sql("select blocked_until from people_sign_in_failure"
                        + " where login = ? and address = ? and blocked_until is not null")
                .params(key(login), place(address))
                .query((rs, n) -> rs.getObject(1, OffsetDateTime.class))
                .optional()
                .map(until -> Duration.between(clock.instant(), until.toInstant()))
                .filter(left -> !left.isNegative())
                .orElse(Duration.ZERO);
    }

    public void failed(String login, String address) {
        Instant now = clock.instant();
        String key = key(login);
        String place = place(address);
        if (!count(key, place, now)) {
            try {
                db.sql("insert into people_sign_in_failure (login, address, failures, last_at) values (?, ?, 1, ?)")
                        .params(key, place, at(now))
                        .update();
            } catch (DuplicateKeyException another) {
                // two first failures of one pair at the same moment: the other one made the row
                count(key, place, now);
            }
        }
        int failures = db.sql("select failures from people_sign_in_failure where login = ? and address = ?")
                .params(key, place)
                .query(Integer.class)
                .optional()
                .orElse(0);
        if (failures < FREE) return;
        Duration pause = Duration.ofSeconds(1L << Math.min(failures - FREE, 10));
        if (pause.compareTo(LONGEST) > 0) pause = LONGEST;
        db.sql("update people_sign_in_failure set blocked_until = ? where login = ? and address = ?")
                .params(at(now.plus(pause)), key, place)
                .update();
    }

    public void succeeded(String login, String address) {
        db.sql("delete from people_sign_in_failure where login = ? and address = ?")
                .params(key(login), place(address))
                .update();
    }

    /** Rows of guessed names must not pile up. */
    @Scheduled(fixedDelay = 3_600_000, initialDelay = 600_000)
    void forget() {
        db.sql("delete from people_sign_in_failure where last_at < ?")
                .param(at(clock.instant().minus(FORGET)))
                .update();
    }

    private boolean count(String login, String address, Instant now) {
        return db.sql("update people_sign_in_failure set failures = case when last_at < ? then 1 else failures + 1 end,"
                                + " last_at = ? where login = ? and address = ?")
                        .params(at(now.minus(FORGET)), at(now), login, address)
                        .update()
                > 0;
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static String key(String login) {
        String key = login.replace("\0", "").strip().toLowerCase(Locale.ROOT);
        return key.length() > 64 ? key.substring(0, 64) : key;
    }

    private static String place(String address) {
        return address.length() > 64 ? address.substring(0, 64) : address;
    }
}
