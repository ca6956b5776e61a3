package org.banhao.bench;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.banhao.BanhaoApplication;
import org.banhao.testing.Accounts;
import org.banhao.testing.RunningApp;
import org.banhao.testing.WebSession;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;

/**
 * The page of the case list, with its count, as a browser asks for it: our application twice, beside each other, one with few closed cases
 * and one with many. Asked by who has all of them in charge, by one unit's liaison and by a proposer; the first page, one from the
 * middle, a filter, a search. System properties: {@code bench.few} (1,000), {@code bench.many} (1,000,000), {@code bench.words} (pairs of
 * characters in a text, 150), {@code bench.rounds}, {@code bench.warmup}. Cases, who takes part and lines of the list are put in by SQL:
 * the page looks at nothing else.
 */
final class CaseListBench {

    private static final String PASSWORD = "bench-password";
    private static final int UNITS = 56;
    private static final Pattern NEXT = Pattern.compile("rel=\"next\" href=\"([^\"]+)\"");

    private CaseListBench() {}

    public static void main(String[] arguments) throws Exception {
        int few = Integer.getInteger("bench.few", 1_000);
        int many = Integer.getInteger("bench.many", 1_000_000);
        int rounds = Integer.getInteger("bench.rounds", 6);
        int warmUp = Integer.getInteger("bench.warmup", 4);
        Path data = Contestants.temporary();
        try (Postgres postgres = new Postgres();
                RunningApp small = Contestants.ours(
                        BanhaoApplication.class.getName(),
                        data.resolve("few"),
                        Contestants.with(postgres.settings("few"), "--banhao.demonstration=false"));
                RunningApp large = Contestants.ours(
                        BanhaoApplication.class.getName(),
                        data.resolve("many"),
                        Contestants.with(postgres.settings("many"), "--banhao.demonstration=false"))) {
            seed(postgres, "few", few);
            seed(postgres, "many", many);
            postgres.execute("postgres", "checkpoint");
            for (String who : List.of("clerk", "liaison", "member")) {
                WebSession one = signedIn(small, who);
                WebSession other = signedIn(large, who);
                compare(who + ", first page", small, one, large, other, "/cases?all=yes", "/cases?all=yes", warmUp, rounds);
                compare(who + ", fifth page", small, one, large, other, page(one, 5), page(other, 5), 1, rounds);
            }
            WebSession one = signedIn(small, "clerk");
            WebSession other = signedIn(large, "clerk");
            String status = "/cases?status=" + encoded("办理中");
            compare("clerk, the open ones", small, one, large, other, status, status, 1, rounds);
            String text = "/cases?q=" + encoded("停车学校 养老");
            compare("clerk, found by text", small, one, large, other, text, text, 1, rounds);
            String letters = "/cases?q=czswabc";
            compare("clerk, found by letters", small, one, large, other, letters, letters, 1, rounds);
        } finally {
            Contestants.delete(data);
        }
    }

    private static WebSession signedIn(RunningApp app, String who) {
        return new WebSession(app.url("")).signIn(new Accounts.Account(who, PASSWORD, "", ""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Address of that page, by the links people follow; the last one when there are fewer. */
    private static String page(WebSession session, int number) {
        String address = "/cases?all=yes";
        for (int i = 1; i < number; i++) {
            Matcher next = NEXT.matcher(asked(session, address).body());
            if (!next.find()) break;
            address = next.group(1).replace("&amp;", "&");
        }
        return address;
    }

    private static HttpResponse<String> asked(WebSession session, String address) {
        HttpResponse<String> answer = session.get(address);
        if (answer.statusCode() != 200) throw new IllegalStateException(address + " " + answer.statusCode() + " " + answer.body());
        return answer;
    }

    private static void compare(
            String what,
            RunningApp small,
            WebSession one,
            RunningApp large,
            WebSession other,
            String ofSmall,
            String ofLarge,
            int warmUp,
            int rounds)
            throws Exception {
        System.out.printf("%n%s: ours = many, bare = few%n", what);
        new Slices(1, 2.5)
                .compare(
                        new Slices.Contestant("few", small.pid(), client -> !asked(one, ofSmall).body().isEmpty()),
                        new Slices.Contestant("many", large.pid(), client -> !asked(other, ofLarge).body().isEmpty()),
                        warmUp,
                        0,
                        rounds);
    }

    // ---- cases as the application writes them

    private static void seed(Postgres postgres, String database, int cases) throws SQLException {
        long begun = System.nanoTime();
        int words = Integer.getInteger("bench.words", 150);
        try (Connection connection = postgres.open(database);
                Statement statement = connection.createStatement()) {
            people(connection);
            // made once at the end, like an index of an installation that has grown
            statement.execute("drop index casefile_listed_words_grams");
            statement.execute("create temporary table vocabulary as select array[" + vocabulary() + "] as w");
            String numbers = " from generate_series(1, " + cases + ") i";
            String number = "'TA-2026-' || lpad(i::text, 7, '0')";
            String opened = "timestamptz '2020-01-01 08:00:00+08' + i * interval '3 minutes'";
            statement.execute("insert into casefile_case (number, kind, title, session_id, file_number, status, status_name, unit,"
                    + " opened, closed, changed, changed_by) select " + number + ", 'TA', '关于' || w[1 + i % 97] || w[1 + i % 89]"
                    + " || '的提案', null, null, case when i % 20000 = 0 then 'handling' else 'closed' end, '已办结', '委员' || i % 5000, "
                    + opened + ", " + opened + " + interval '90 days', " + opened + ", '系统'" + numbers + ", vocabulary");
            for (String party : List.of(
                    "'firstProposer', case when i % 5000 = 1 then 'member' else 'proposer' || i % 5000 end, false",
                    "'assigningOffice', 'government-office-assigner', true",
                    "'handlingUnit', 'unit' || i % " + UNITS + " || '.liaison', true",
                    "'handlingUnit', 'unit' || i % " + UNITS + " || '.handler', true")) {
                statement.execute("insert into casefile_party (case_number, role, holder, is_group, since, opened) select "
                        + number + ", " + party + ", " + opened + ", " + opened + numbers);
            }
            statement.execute("insert into casefile_listed (number, kind, title, file_key, status, status_name, important, opened,"
                    + " closed, proposer, category, period, supervision, open_to) select c.number, c.kind, c.title, '-999999999',"
                    + " c.status, c.status_name, false, c.opened, c.closed, c.unit, '社会建设', '大会提案', '', 'bench'"
                    + " from casefile_case c");
            statement.execute("insert into casefile_listed_unit (number, unit_id, unit_name, unit_order, position, role_name,"
                    + " state_name, sent, answered, owes, result_class, result_class_name, present_class, look_back) select "
                    + number + ", 'unit' || i % " + UNITS + ", '第' || i % " + UNITS + " || '单位', i % " + UNITS
                    + ", 1, '独办', '答复已送达', " + opened + ", " + opened + ", true, 'A', '已经解决或者采纳', '', ''" + numbers);
            statement.execute("insert into casefile_listed_words (number, words) select " + number + ", lower(" + number
                    + ") || E'\\n' || (select string_agg(w[1 + abs(hashint4(i * 1009 + k)) % 200], '') from generate_series(1, "
                    + words + ") k) || E'\\n' || translate(md5(i::text), '0123456789', 'ghijklmnop')" + numbers + ", vocabulary");
            statement.execute("insert into casefile_reader (open_to, group_id) values ('bench', 'proposal-clerk'),"
                    + " ('bench', 'committee-director')");
            statement.execute("create index casefile_listed_words_grams on casefile_listed_words using gin (casefile_grams(words))");
        }
        postgres.execute(database, "vacuum analyze");
        System.out.printf("%s: %d cases in %.0f s%n", database, cases, (System.nanoTime() - begun) / 1e9);
    }

    private static void people(Connection connection) throws SQLException {
        String hash = PasswordEncoderFactories.createDelegatingPasswordEncoder().encode(PASSWORD);
        try (Statement statement = connection.createStatement()) {
            statement.execute("insert into people_unit (id, name, unit_system, protocol_order, active) select 'unit' || i,"
                    + " '第' || i || '单位', '政府', i, true from generate_series(0, " + (UNITS - 1) + ") i");
            statement.execute("insert into people_group (id, name, unit_id, staff) values"
                    + " ('unit1.liaison', '第1单位·联络员', 'unit1', true)");
        }
        try (PreparedStatement person = connection.prepareStatement("insert into people_person (id, password_hash, name, post,"
                        + " active, api, must_change_password, stamp, password_stamp, created_at)"
                        + " values (?, ?, ?, '', true, false, false, 0, 0, now())");
                PreparedStatement membership = connection.prepareStatement(
                        "insert into people_membership (person_id, group_id, since) values (?, ?, now())")) {
            for (String[] one : List.of(
                    new String[] {"clerk", "proposal-clerk"},
                    new String[] {"liaison", "unit1.liaison"},
                    new String[] {"member", "member"})) {
                person.setString(1, one[0]);
                person.setString(2, hash);
                person.setString(3, one[0]);
                person.execute();
                membership.setString(1, one[0]);
                membership.setString(2, one[1]);
                membership.execute();
            }
        }
    }

    /** 200 words of two characters; those searched for are among them. */
    private static String vocabulary() {
        Random random = new Random(1);
        List<String> words = new ArrayList<>(List.of("停车", "学校", "养老", "长治", "商务"));
        IntStream.range(0, 195)
                .forEach(i -> words.add("" + (char) (0x4e00 + random.nextInt(2500)) + (char) (0x4e00 + random.nextInt(2500))));
        return "'" + String.join("','", words) + "'";
    }
}
