package org.banhao.paper.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Counters;
import org.banhao.base.CurrentActor;
import org.banhao.base.Overtaken;
import org.banhao.base.Refusal;
import org.banhao.paper.PaperSeries;
import org.banhao.people.People;
import org.banhao.people.Unit;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * 发文机关: their names as they stand on papers, the words of their numbers, and the numbers themselves. Source: GB/T 9704-2012 §7.2.5
 * 发文字号 = 发文机关代字、年份、发文顺序号; the year in full in 〔〕, the number without leading zero and without 第.
 */
@Service
@Transactional
public class Issuers {

    /** The committee is no unit that handles cases, but issues papers. */
    public static final String COMMITTEE = "proposal-committee";

    private static final String COMMITTEE_NAME = "提案委员会";
    private static final Pattern WORD = Pattern.compile("[\\p{IsHan}]{2,12}");
    private static final int LONGEST_NAME = 20;
    private static final int HIGHEST = 9999;
    private static final String TURN = "issuers";

    private final JdbcClient jdbc;
    private final Counters counters;
    private final Turns turns;
    private final People people;
    private final CurrentActor actor;
    private final Audit audit;
    private final Clock clock;

    Issuers(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Turns turns,
            People people,
            CurrentActor actor,
            Audit audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.counters = new Counters(jdbc, transactions);
        this.turns = turns;
        this.people = people;
        this.actor = actor;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param unitId {@link #COMMITTEE} or a unit
     * @param unitName as the application calls it
     * @param name on its papers: 长治市教育局
     * @param words by series; empty: it issues none
     * @param changedAt null: nobody has entered it
     */
    public record Issuer(
            String unitId,
            String unitName,
            String name,
            Map<PaperSeries, String> words,
            String address,
            String changedName,
            @Nullable Instant changedAt) {

        public String word(PaperSeries series) {
            return words.getOrDefault(series, "");
        }

        /** 长教函、长教会函 */
        public String wordLine() {
            return String.join(
                    "、", words.values().stream().filter(word -> !word.isEmpty()).toList());
        }
    }

    /** The committee first, then the units in protocol order. */
    @Transactional(readOnly = true)
    public List<Issuer> list() {
        Map<String, Issuer> known = new LinkedHashMap<>();
        jdbc.sql("select * from paper_issuer")
                .query(Issuers::entered)
                .list()
                .forEach(one -> known.put(one.unitId(), one));
        List<Issuer> all = new ArrayList<>();
        all.add(issuer(known.get(COMMITTEE), COMMITTEE, COMMITTEE_NAME));
        for (Unit unit : people.units()) all.add(issuer(known.get(unit.id()), unit.id(), unit.name()));
        return all;
    }

    /** As entered; the unit's name is to be added. */
    private static Issuer entered(ResultSet row, int n) throws SQLException {
        return new Issuer(
                row.getString("unit_id"),
                "",
                row.getString("name"),
                words(row.getString("letter_word"), row.getString("opinion_word"), row.getString("notice_word")),
                row.getString("address"),
                row.getString("changed_name"),
                row.getObject("changed_at", OffsetDateTime.class).toInstant());
    }

    private static Map<PaperSeries, String> words(String letter, String opinion, String notice) {
        Map<PaperSeries, String> words = new LinkedHashMap<>();
        words.put(PaperSeries.LETTER, letter);
        words.put(PaperSeries.OPINION, opinion);
        words.put(PaperSeries.NOTICE, notice);
        return words;
    }

    /** What somebody typed, to be shown to him again; nothing of it is checked. */
    public static Issuer typed(
            String unitId, String name, String letter, String opinion, String notice, String address) {
        return new Issuer(unitId, "", name, words(letter, opinion, notice), address, "", null);
    }

    private static Issuer issuer(@Nullable Issuer known, String id, String unitName) {
        return known == null
                ? new Issuer(id, unitName, unitName, words("", "", ""), "", "", null)
                : new Issuer(
                        id,
                        unitName,
                        known.name(),
                        known.words(),
                        known.address(),
                        known.changedName(),
                        known.changedAt());
    }

    /** A unit that was closed since still has its name. */
    @Transactional(readOnly = true)
    public Issuer get(String unitId) {
        String name = unitId.equals(COMMITTEE)
                ? COMMITTEE_NAME
                : people.unit(unitId).map(Unit::name).orElse(unitId);
        return issuer(
                jdbc.sql("select * from paper_issuer where unit_id = ?")
                        .param(unitId)
                        .query(Issuers::entered)
                        .optional()
                        .orElse(null),
                unitId,
                name);
    }

    /** @throws Refusal names the field */
    public void change(
            String unitId,
            @Nullable String name,
            @Nullable String letter,
            @Nullable String opinion,
            @Nullable String notice,
            @Nullable String address) {
        if (!unitId.equals(COMMITTEE) && people.unit(unitId).isEmpty()) {
            throw new Refusal("unit", "没有这个单位，请刷新页面。");
        }
        String called = clean(name);
        if (called.isEmpty() || called.length() > LONGEST_NAME) {
            throw new Refusal("name", "请填写「机关全称」，最多" + LONGEST_NAME + "字，红头排成一行。");
        }
        String where = clean(address);
        if (where.length() > 200) throw new Refusal("address", "「地址与电话」最多200字，请缩短。");
        String[] words = {
            word(letter, "函件代字", "letter"), word(opinion, "会办意见函代字", "opinion"), word(notice, "通知代字", "notice")
        };
        // a word that two organs take at once would be both's
        turns.take(TURN);
        for (String word : words) unused(word, unitId);
        List<String> given =
                Arrays.stream(words).filter(word -> !word.isEmpty()).toList();
        if (given.stream().distinct().count() < given.size()) {
            throw new Refusal("letter", "三个代字各编各的号，不能相同，请修改其中一个。");
        }
        Actor who = actor.get();
        Object[] values = {
            called,
            words[0],
            words[1],
            words[2],
            where,
            who.id(),
            who.name(),
            clock.instant().atOffset(ZoneOffset.UTC),
            unitId
        };
        int changed = jdbc.sql("""
            update paper_issuer set name = ?, letter_word = ?, opinion_word = ?, notice_word = ?, address = ?,
              changed_by = ?, changed_name = ?, changed_at = ? where unit_id = ?\
            """).params(values).update();
        if (changed == 0) {
            jdbc.sql("""
                insert into paper_issuer (name, letter_word, opinion_word, notice_word, address, changed_by,
                  changed_name, changed_at, unit_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?)\
                """).params(values).update();
        }
        audit.record("paper.changeIssuer", null, called);
    }

    private static String clean(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    private static String word(@Nullable String text, String label, String field) {
        String word = clean(text);
        if (!word.isEmpty() && !WORD.matcher(word).matches()) {
            throw new Refusal(field, "「" + label + "」填2至12个汉字，不带年份和号，例如“长教函”。");
        }
        return word;
    }

    /** Two organs with one word would share its numbers. */
    private void unused(String word, String unitId) {
        if (word.isEmpty()) return;
        list().stream()
                .filter(other -> !other.unitId().equals(unitId) && other.words().containsValue(word))
                .findFirst()
                .ifPresent(other -> {
                    throw new Refusal("letter", "代字“" + word + "”已由" + other.unitName() + "使用，请另取一个。");
                });
    }

    /** The word a paper of this organ is numbered with. @throws Refusal nobody has entered it; says who does */
    static String word(Issuer issuer, PaperSeries series) {
        String word = issuer.word(series);
        if (word.isEmpty()) throw new Refusal(withoutWord(issuer, series));
        return word;
    }

    static String withoutWord(Issuer issuer, PaperSeries series) {
        return "“" + issuer.unitName() + "”还没有" + series.label() + "的发文代字，请规则与代码管理员在“公文模板”页填写后再发文。";
    }

    /** @param number 1, 2, 3 … */
    public record DocumentNumber(String word, int year, int number) {

        /** 长教函〔2026〕15号 */
        public String text() {
            return text(word, year, String.valueOf(number));
        }

        static String text(String word, int year, String number) {
            return word + "〔" + year + "〕" + number + "号";
        }
    }

    /** The next number of this word this year (Asia/Shanghai), held until the transaction ends: none is given twice or left out. */
    @Transactional(propagation = Propagation.MANDATORY)
    DocumentNumber next(String word) {
        int year = ChineseTime.day(clock.instant()).getYear();
        int number = counters.next("paper_number", "word = ? and given_in = ?", "word, given_in", word, year);
        audit.record("paper.takeNumber", null, DocumentNumber.text(word, year, String.valueOf(number)));
        return new DocumentNumber(word, year, number);
    }

    /** The last number given of a word this year; empty: none. */
    @Transactional(readOnly = true)
    public Optional<Integer> last(String word) {
        return jdbc.sql("select last_number from paper_number where word = ? and given_in = ?")
                .params(word, ChineseTime.day(clock.instant()).getYear())
                .query(Integer.class)
                .optional();
    }

    /**
     * The office has numbered by its own book until now: the series goes on after that number.
     *
     * @throws Refusal a number was given here already, so that the series would have a gap
     */
    public void beginAfter(String unitId, String series, int used) {
        turns.take(TURN);
        Issuer issuer = get(unitId);
        PaperSeries which = Arrays.stream(PaperSeries.values())
                .filter(one -> one.code().equals(series))
                .findFirst()
                .orElseThrow(() -> new Refusal("series", "没有这一类发文字号，请刷新页面。"));
        String word = word(issuer, which);
        if (used < 1 || used > HIGHEST) throw new Refusal("used", "「已用到第几号」填1至" + HIGHEST + "。");
        if (last(word).isPresent()) throw new Refusal("used", "“" + word + "”今年已经在本系统编过号，起始号不能再改。");
        int year = ChineseTime.day(clock.instant()).getYear();
        try {
            jdbc.sql("insert into paper_number (word, given_in, last_number) values (?, ?, ?)")
                    .params(word, year, used)
                    .update();
        } catch (DuplicateKeyException e) {
            throw new Overtaken("“" + word + "”刚刚编出今年的第一个号，起始号不能再改，请刷新页面。");
        }
        audit.record("paper.beginNumbers", null, DocumentNumber.text(word, year, String.valueOf(used)) + "以前的在系统外编号");
    }
}
