package org.banhao.people.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.banhao.base.Refusal;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Makes, checks and judges passwords. */
@Component
public class Passwords {

    /** The least cost of people's passwords: about 75 ms of a processor for a guess. */
    static final int LEAST_COST = 10;

    private static final String CURRENT = "bcrypt";
    /** Rows made by anything else, such as {@code {noop}}, are never accepted. */
    private static final String CURRENT_PREFIX = "{" + CURRENT + "}";

    private static final int SHORTEST = 10;
    /** bcrypt looks at no more. */
    private static final int MOST_BYTES = 72;

    private static final int FEWEST_DIFFERENT = 5;
    /** Without 0 O 1 l I: they are read aloud and typed from paper. */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private static final String RUNS =
            "0123456789 9876543210 abcdefghijklmnopqrstuvwxyz zyxwvutsrqponmlkjihgfedcba qwertyuiop asdfghjkl zxcvbnm";

    private final SecureRandom random = new SecureRandom();
    private final PasswordEncoder encoder;

    /**
     * @param cost of bcrypt, from {@value #LEAST_COST}; one more doubles the work
     * @param demonstration invented people, whose passwords lie in a file anyway: only they may be had for less
     * @throws IllegalStateException too little for real people; the application does not start
     */
    @Autowired
    Passwords(
            @Value("${banhao.people.password-cost}") int cost,
            @Value("${banhao.demonstration:false}") boolean demonstration) {
        if (cost < LEAST_COST && !demonstration)
            throw new IllegalStateException("banhao.people.password-cost 不能小于 " + LEAST_COST + "（现为 " + cost
                    + "），否则密码容易被破解，系统没有启动。请改正或去掉这项设置。");
        this.encoder = new DelegatingPasswordEncoder(CURRENT, Map.of(CURRENT, new BCryptPasswordEncoder(cost)));
    }

    /** 14 characters, about 81 bits. */
    public String generate() {
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < 14; i++) password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        return password.toString();
    }

    /** An address-safe secret of 256 bits. */
    String token() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Read to somebody over the telephone and typed in by him; 46 bits, so only behind a throttle. */
    String code() {
        return generate().substring(0, 8);
    }

    /** What is kept of a {@link #token}: too long to be guessed, so a quick digest is enough. */
    static String digest(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String hash(String password) {
        return encoder.encode(password);
    }

    /** Always costs the time of a comparison: else a password that is too long would tell which names exist. */
    boolean matches(String password, String hash) {
        if (!hash.startsWith(CURRENT_PREFIX) || password.length() > MOST_BYTES) {
            pretend(password);
            return false;
        }
        return encoder.matches(password, hash);
    }

    /** Costs the time of a comparison, so that an unknown name cannot be told from a wrong password. */
    void pretend(String password) {
        encoder.encode(password.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES ? password : "");
    }

    /** @throws Refusal the password is too easy */
    void judge(String login, String password) {
        if (password.length() < SHORTEST) throw new Refusal("password", "「密码」至少要有" + SHORTEST + "个字符，请加长。");
        if (password.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES)
            throw new Refusal("password", "「密码」过长，请不要超过" + MOST_BYTES + "个字母或数字。");
        if (password.chars().anyMatch(Character::isISOControl)) throw new Refusal("password", "「密码」里有不能输入的控制字符，请重新填写。");
        String lower = password.toLowerCase(Locale.ROOT);
        if (lower.contains(login)) throw new Refusal("password", "「密码」不能包含登录名，请换一个。");
        if (lower.chars().distinct().count() < FEWEST_DIFFERENT || run(lower))
            throw new Refusal("password", "「密码」过于简单（重复或连续的字符太多），请换一个。");
    }

    /** Most of it is one run along the keyboard or the alphabet. */
    private static boolean run(String lower) {
        int longest = 1;
        int now = 1;
        for (int i = 1; i < lower.length(); i++) {
            now = RUNS.contains(lower.substring(i - 1, i + 1)) ? now + 1 : 1;
            longest = Math.max(longest, now);
        }
        return longest * 2 > lower.length() && longest >= 6;
    }
}
