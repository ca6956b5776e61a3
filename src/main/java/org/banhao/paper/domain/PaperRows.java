package org.banhao.paper.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.banhao.base.Actor;
import org.banhao.base.Overtaken;
import org.banhao.base.Refusal;
import org.banhao.paper.IssuedPapers;
import org.banhao.paper.PaperKind;
import org.banhao.paper.PaperSubject;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Repository;

/** Papers and their files in the database. Calls join the caller's transaction. */
@Repository
class PaperRows {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, String>> TEXTS = new TypeReference<>() {};

    private final JdbcClient jdbc;

    PaperRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long insert(
            PaperKind kind,
            PaperSubject subject,
            String issuerName,
            Map<String, String> inputs,
            Actor who,
            Instant now) {
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
            insert into paper_paper (kind, kind_name, subject, label, case_number, issuer, issuer_name, desk,
              inputs, state, made_by, made_name, made_at, version)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'draft', ?, ?, ?, 1)\
            """)
                .params(Arrays.asList(
                        kind.code(),
                        kind.name(),
                        subject.key(),
                        subject.label().length() > 400 ? subject.label().substring(0, 400) : subject.label(),
                        subject.caseNumber(),
                        subject.issuer(),
                        issuerName,
                        String.join(",", subject.desk()),
                        text(inputs),
                        who.id(),
                        who.name(),
                        now.atOffset(ZoneOffset.UTC)))
                .update(key, "id");
        Number id = key.getKey();
        if (id == null) throw new IllegalStateException("No key of a paper");
        return id.longValue();
    }

    /** @throws Refusal there is none */
    Paper get(long id) {
        return one("select * from paper_paper where id = ?", id);
    }

    /** Held until the transaction ends. @throws Overtaken somebody changed it since */
    Paper lock(long id, int version) {
        Paper paper = one("select * from paper_paper where id = ? for update", id);
        if (paper.version() != version) {
            throw new Overtaken("这份公文刚刚由同事修改过，请刷新页面后再试。");
        }
        return paper;
    }

    private Paper one(String sql, long id) {
        return jdbc.sql(sql)
                .param(id)
                .query(PaperRows::paper)
                .optional()
                .orElseThrow(() -> new Refusal("没有这份公文，请从公文页重新进入。"));
    }

    void inputs(long id, Map<String, String> inputs) {
        jdbc.sql("update paper_paper set inputs = ?, version = version + 1 where id = ?")
                .params(text(inputs), id)
                .update();
    }

    void touched(long id) {
        jdbc.sql("update paper_paper set version = version + 1 where id = ?")
                .param(id)
                .update();
    }

    /** @param number null: it is a sheet */
    void issued(
            long id, Issuers.@Nullable DocumentNumber number, LocalDate day, String signer, Actor who, Instant now) {
        jdbc.sql("""
            update paper_paper set state = 'issued', word = ?, given_in = ?, number = ?, number_text = ?,
              paper_day = ?, signer = ?, issued_name = ?, issued_at = ?, version = version + 1 where id = ?\
            """)
                .params(Arrays.asList(
                        number == null ? null : number.word(),
                        number == null ? null : number.year(),
                        number == null ? null : number.number(),
                        number == null ? null : number.text(),
                        day,
                        signer,
                        who.name(),
                        now.atOffset(ZoneOffset.UTC),
                        id))
                .update();
    }

    void ended(long id, Paper.State state, String reason, Actor who, Instant now) {
        jdbc.sql("""
            update paper_paper set state = ?, ended_reason = ?, ended_name = ?, ended_at = ?,
              version = version + 1 where id = ?\
            """)
                .params(state.code(), reason, who.name(), now.atOffset(ZoneOffset.UTC), id)
                .update();
    }

    /** Oldest first. */
    List<Paper> ofCase(String caseNumber) {
        return list("where case_number = ? order by id", caseNumber);
    }

    /** Oldest first. */
    List<Paper> about(String kind, Collection<String> subjects) {
        if (subjects.isEmpty()) return List.of();
        return jdbc.sql("select * from paper_paper where kind = :kind and subject in (:subjects) order by id")
                .param("kind", kind)
                .param("subjects", subjects)
                .query(PaperRows::paper)
                .list();
    }

    /** The latest first. */
    List<Paper> ofIssuers(Collection<String> issuers, int most) {
        if (issuers.isEmpty()) return List.of();
        return jdbc.sql("select * from paper_paper where issuer in (:issuers) order by id desc limit :most")
                .param("issuers", issuers)
                .param("most", most)
                .query(PaperRows::paper)
                .list();
    }

    /** 发文登记簿 of one word and year, voided ones too. */
    List<Paper> numbered(String issuer, int year) {
        return list("where issuer = ? and given_in = ? and number is not null order by word, number", issuer, year);
    }

    private List<Paper> list(String where, Object... values) {
        return jdbc.sql("select * from paper_paper " + where)
                .params(values)
                .query(PaperRows::paper)
                .list();
    }

    private static Paper paper(ResultSet row, int n) throws SQLException {
        OffsetDateTime issued = row.getObject("issued_at", OffsetDateTime.class);
        return new Paper(
                row.getLong("id"),
                row.getString("kind"),
                row.getString("kind_name"),
                row.getString("subject"),
                row.getString("label"),
                row.getString("case_number"),
                row.getString("issuer"),
                row.getString("issuer_name"),
                List.of(row.getString("desk").split(",")),
                texts(row.getString("inputs")),
                Paper.State.of(row.getString("state")),
                row.getString("number_text"),
                row.getObject("paper_day", LocalDate.class),
                row.getString("signer"),
                row.getString("issued_name"),
                issued == null ? null : issued.toInstant(),
                row.getString("ended_reason"),
                row.getString("ended_name"),
                row.getString("made_by"),
                row.getString("made_name"),
                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                row.getInt("version"));
    }

    void file(long paper, String purpose, String document, @Nullable Integer templateVersion, Actor who, Instant now) {
        jdbc.sql("""
            insert into paper_file (paper_id, version, purpose, document_id, template_version, person, person_name, at)
            values (?, (select coalesce(max(f.version), 0) + 1 from paper_file f where f.paper_id = ?), ?, ?, ?, ?, ?, ?)\
            """)
                .params(Arrays.asList(
                        paper,
                        paper,
                        purpose,
                        document,
                        templateVersion,
                        who.id(),
                        who.name(),
                        now.atOffset(ZoneOffset.UTC)))
                .update();
    }

    /** The latest last. */
    List<Paper.File> files(long paper) {
        return jdbc.sql("select * from paper_file where paper_id = ? order by version")
                .param(paper)
                .query((row, n) -> new Paper.File(
                        row.getInt("version"),
                        row.getString("purpose"),
                        row.getString("document_id"),
                        row.getObject("template_version", Integer.class),
                        row.getString("person_name"),
                        row.getObject("at", OffsetDateTime.class).toInstant()))
                .list();
    }

    Optional<Paper> ofDocument(String document) {
        return list("where id = (select paper_id from paper_file where document_id = ?)", document).stream()
                .findFirst();
    }

    /** Drafts, and what went out and has no sealed version. */
    List<Paper> unsealed(Collection<String> caseNumbers) {
        if (caseNumbers.isEmpty()) return List.of();
        return jdbc.sql("""
                        select * from paper_paper p where p.case_number in (:cases) and (p.state = 'draft' or p.state = 'issued'
                          and not exists (select 1 from paper_file f where f.paper_id = p.id and f.purpose = 'sealed'))
                        order by p.id""").param("cases", caseNumbers).query(PaperRows::paper).list();
    }

    /** Reason by document, of what had gone out. */
    Map<String, String> voided(String caseNumber) {
        Map<String, String> reasons = new LinkedHashMap<>();
        jdbc.sql("""
            select f.document_id, p.ended_reason from paper_paper p join paper_file f on f.paper_id = p.id
            where p.case_number = ? and p.state = 'void' and f.purpose in ('issued', 'sealed')\
            """).param(caseNumber).query(row -> {
            reasons.put(row.getString(1), row.getString(2));
        });
        return reasons;
    }

    /** By document, of what had gone out with a number. */
    Map<String, IssuedPapers.Imprint> imprints(String caseNumber) {
        Map<String, IssuedPapers.Imprint> all = new LinkedHashMap<>();
        jdbc.sql("""
            select f.document_id, p.number_text, p.issuer_name, p.paper_day from paper_paper p
              join paper_file f on f.paper_id = p.id
            where p.case_number = ? and p.number_text is not null and f.purpose in ('issued', 'sealed')\
            """).param(caseNumber).query(row -> {
            all.put(
                    row.getString(1),
                    new IssuedPapers.Imprint(row.getString(2), row.getString(3), row.getObject(4, LocalDate.class)));
        });
        return all;
    }

    Optional<Paper> lastIssued(String kind, String subject) {
        List<Paper> all =
                about(kind, List.of(subject)).stream().filter(Paper::issued).toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    private static String text(Map<String, String> inputs) {
        try {
            return JSON.writeValueAsString(inputs);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> texts(String json) {
        try {
            return JSON.readValue(json, TEXTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
