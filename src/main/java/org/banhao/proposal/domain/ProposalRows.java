package org.banhao.proposal.domain;

import static org.banhao.proposal.domain.Rows.at;
import static org.banhao.proposal.domain.Rows.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The proposal rows with what hangs on them. Every call joins the caller's transaction. */
@Repository
class ProposalRows {

    private final JdbcClient jdbc;

    ProposalRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(
            String caseNumber,
            String session,
            String kind,
            @Nullable CollectiveKind collectiveKind,
            String channel,
            Signature first,
            String proposerNote,
            @Nullable String enteredBy,
            @Nullable String enteredByName,
            Instant now) {
        jdbc.sql("""
                        insert into proposal_proposal (case_number, session_id, kind, collective_kind, title, situation, analysis,
                          research_based, research_forms, raised_before, raised_before_note, contact_ways, reference_only, no_secret,
                          channel, proposer_member, proposer_person, proposer_name, proposer_note, entered_by, entered_by_name,
                          created_at, saved_at, review_round, version)
                        values (:number, :session, :kind, :collective, '', '', '', false, '', false, '', '', false, false,
                          :channel, :member, :person, :name, :note, :enteredBy, :enteredByName, :now, :now, 1, 1)""")
                .param("number", caseNumber)
                .param("session", session)
                .param("kind", kind)
                .param("collective", Rows.code(collectiveKind))
                .param("channel", channel)
                .param("member", first.memberId())
                .param("person", first.personId())
                .param("name", first.name())
                .param("note", proposerNote)
                .param("enteredBy", enteredBy)
                .param("enteredByName", enteredByName)
                .param("now", at(now))
                .update();
        insertSignature(caseNumber, first);
    }

    Optional<Proposal> find(String caseNumber) {
        return list("p.case_number = :x", "x", caseNumber).stream().findFirst();
    }

    Proposal get(String caseNumber) {
        return find(caseNumber).orElseThrow(() -> new Refusal("没有这份提案，请从列表重新进入。"));
    }

    /** Holds the row until the transaction ends: two confirmations at the same moment go one after the other. */
    Proposal lock(String caseNumber) {
        return list("p.case_number = :x", "x", caseNumber, " for update").stream()
                .findFirst()
                .orElseThrow(() -> new Refusal("没有这份提案，请从列表重新进入。"));
    }

    List<Proposal> ofPerson(String person) {
        return list("p.proposer_person = :x or p.entered_by = :x", "x", person);
    }

    /** What was handed in for these members or organisations, whoever spoke for them on that day. */
    List<Proposal> ofMembers(Collection<String> memberIds) {
        return memberIds.isEmpty()
                ? List.of()
                : list("p.handed_in_at is not null and p.proposer_member in (:x)", "x", memberIds);
    }

    List<Proposal> all(Collection<String> caseNumbers) {
        return caseNumbers.isEmpty() ? List.of() : list("p.case_number in (:x)", "x", caseNumbers);
    }

    /** Holds them until the transaction ends: nobody withdraws one while its number changes. */
    List<Proposal> lockNumbered(String session) {
        jdbc.sql("""
                        select case_number from proposal_proposal where session_id = :session and file_number is not null
                        order by case_number for update""").param("session", session).query(String.class).list();
        return numbered(session);
    }

    List<Proposal> numbered(String session) {
        return list("p.session_id = :x and p.file_number is not null", "x", session);
    }

    List<Proposal> handedIn(String session) {
        return list("p.session_id = :x and p.handed_in_at is not null", "x", session);
    }

    /** Those of the session that others may second as far as their own row says; whether 交办 is over says the case. */
    List<Proposal> secondable(String session) {
        return list(
                "p.session_id = :x and p.secondable and p.handed_in_at is not null and p.withdrawn_at is null "
                        + "and p.consent <> 'internal' and (p.verdict is null or p.verdict = 'file')",
                "x",
                session);
    }

    /** Those that live with this one: neither withdrawn nor taken out again. */
    List<Proposal> mergedInto(String leadCase) {
        return list("p.lead_case = :x and p.verdict = 'merge' and p.withdrawn_at is null", "x", leadCase);
    }

    /** All that are merged now, whatever their session. */
    List<Proposal> merged() {
        return list("p.verdict = :x and p.withdrawn_at is null", "x", Verdict.MERGE.code());
    }

    boolean any() {
        return jdbc.sql("select count(*) from proposal_proposal")
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Title, number and session of everything ever handed in and not withdrawn, for comparing titles; mocks are nobody's equal. */
    List<Titled> titled() {
        return jdbc.sql("""
                        select case_number, session_id, title, verdict, submitted_at from proposal_proposal
                        where handed_in_at is not null and withdrawn_at is null and case_number not like :mock
                        order by case_number""")
                .param("mock", CaseFiles.MOCK + "-%")
                .query((row, i) -> new Titled(
                        row.getString("case_number"),
                        row.getString("session_id"),
                        row.getString("title"),
                        Rows.value(Verdict.class, row.getString("verdict")),
                        instant(row, "submitted_at") != null))
                .list();
    }

    /** @param submitted its signatures are settled and review has begun */
    record Titled(
            String caseNumber,
            String sessionId,
            String title,
            @Nullable Verdict verdict,
            boolean submitted) {}

    private List<Proposal> list(String where, String name, Object value) {
        return list(where, name, value, "");
    }

    /** What hangs on the rows is read after them: of a locked one it is what the last holder of the lock left. */
    private List<Proposal> list(String where, String name, Object value, String lock) {
        Map<String, List<String>> suggestions = new HashMap<>();
        Map<String, List<String>> wishes = new HashMap<>();
        List<Proposal> found = jdbc.sql(
                        "select p.* from proposal_proposal p where " + where + " order by p.case_number" + lock)
                .param(name, value)
                .query((row, i) -> proposal(row, suggestions, wishes))
                .list();
        if (!found.isEmpty()) {
            jdbc.sql("select 1 as part, c.case_number, c.number as place, c.content as v from proposal_suggestion c"
                            + " join proposal_proposal p on p.case_number = c.case_number where (" + where + ")"
                            + " union all select 2, c.case_number, c.position, c.unit_id from proposal_wished_unit c"
                            + " join proposal_proposal p on p.case_number = c.case_number where (" + where + ")"
                            + " order by 1, 2, 3")
                    .param(name, value)
                    .query(row -> {
                        Map<String, List<String>> part = row.getInt("part") == 1 ? suggestions : wishes;
                        part.getOrDefault(row.getString("case_number"), new ArrayList<>())
                                .add(row.getString("v"));
                    });
        }
        return found;
    }

    /** Lists that are filled afterwards. */
    private static List<String> later(Map<String, List<String>> lists, String caseNumber) {
        return Collections.unmodifiableList(lists.computeIfAbsent(caseNumber, number -> new ArrayList<>()));
    }

    private static Proposal proposal(
            ResultSet row, Map<String, List<String>> suggestions, Map<String, List<String>> wishes)
            throws SQLException {
        String number = row.getString("case_number");
        return new Proposal(
                number,
                row.getString("session_id"),
                row.getString("kind"),
                Rows.value(CollectiveKind.class, row.getString("collective_kind")),
                row.getString("period"),
                row.getString("title"),
                row.getString("situation"),
                row.getString("analysis"),
                later(suggestions, number),
                later(wishes, number),
                Rows.value(Category.class, row.getString("category_wish")),
                Rows.value(Category.class, row.getString("category_decided")),
                Rows.value(Consent.class, row.getString("consent")),
                row.getBoolean("research_based"),
                Rows.values(ResearchForm.class, row.getString("research_forms")),
                row.getBoolean("raised_before"),
                row.getString("raised_before_note"),
                Rows.values(ContactWay.class, row.getString("contact_ways")),
                row.getBoolean("reference_only"),
                row.getBoolean("secondable"),
                Rows.value(Source.class, row.getString("source")),
                row.getBoolean("no_secret"),
                row.getString("channel"),
                row.getString("proposer_member"),
                row.getString("proposer_person"),
                row.getString("proposer_name"),
                row.getString("proposer_note"),
                row.getString("entered_by"),
                row.getString("entered_by_name"),
                row.getString("scan_document"),
                Rows.present(row, "saved_at"),
                instant(row, "handed_in_at"),
                instant(row, "submitted_at"),
                row.getInt("review_round"),
                Rows.value(Verdict.class, row.getString("verdict")),
                instant(row, "decided_at"),
                row.getString("decided_by"),
                Rows.value(Destination.class, row.getString("destination")),
                row.getString("lead_case"),
                Rows.integer(row, "file_number"),
                instant(row, "filed_at"),
                instant(row, "resubmission_overdue_at"),
                instant(row, "withdrawn_at"),
                row.getString("instance_id"),
                row.getInt("version"));
    }

    /** @return false: somebody saved in between */
    boolean save(Clean draft, String caseNumber, String kind, int expectedVersion, Instant now) {
        int rows = jdbc.sql("""
                        update proposal_proposal set title = :title, situation = :situation, analysis = :analysis, kind = :kind,
                          category_wish = :category, consent = :consent, research_based = :researchBased, research_forms = :researchForms,
                          raised_before = :raisedBefore, raised_before_note = :raisedBeforeNote, contact_ways = :contactWays,
                          reference_only = :referenceOnly, secondable = :secondable, source = :source, no_secret = :noSecret, scan_document = :scan,
                          saved_at = :now, version = version + 1
                        where case_number = :number and version = :version and handed_in_at is null""")
                .param("title", draft.title())
                .param("situation", draft.situation())
                .param("analysis", draft.analysis())
                .param("kind", kind)
                .param("category", Rows.code(draft.category()))
                .param("consent", Rows.code(draft.consent()))
                .param("researchBased", draft.researchBased())
                .param("researchForms", Rows.codes(draft.researchForms()))
                .param("raisedBefore", draft.raisedBefore())
                .param("raisedBeforeNote", draft.raisedBeforeNote())
                .param("contactWays", Rows.codes(draft.contactWays()))
                .param("referenceOnly", draft.referenceOnly())
                .param("secondable", draft.secondable())
                .param("source", Rows.code(draft.source()))
                .param("noSecret", draft.noSecret())
                .param("scan", draft.scan())
                .param("now", at(now))
                .param("number", caseNumber)
                .param("version", expectedVersion)
                .update();
        if (rows == 0) {
            return false;
        }
        suggestions(caseNumber, draft.suggestions());
        wish(caseNumber, draft.wish());
        return true;
    }

    /** A draft's values after cleaning and typing. */
    record Clean(
            String title,
            String situation,
            String analysis,
            List<String> suggestions,
            @Nullable Category category,
            List<String> wish,
            @Nullable Consent consent,
            boolean researchBased,
            List<ResearchForm> researchForms,
            boolean raisedBefore,
            String raisedBeforeNote,
            List<ContactWay> contactWays,
            boolean referenceOnly,
            boolean secondable,
            @Nullable Source source,
            boolean noSecret,
            @Nullable String scan) {}

    void text(
            String caseNumber, String title, String situation, String analysis, List<String> suggestions, Instant now) {
        jdbc.sql("""
                        update proposal_proposal set title = :title, situation = :situation, analysis = :analysis,
                          saved_at = :now, version = version + 1 where case_number = :number""")
                .param("title", title)
                .param("situation", situation)
                .param("analysis", analysis)
                .param("now", at(now))
                .param("number", caseNumber)
                .update();
        suggestions(caseNumber, suggestions);
    }

    private void suggestions(String caseNumber, List<String> suggestions) {
        jdbc.sql("delete from proposal_suggestion where case_number = :number")
                .param("number", caseNumber)
                .update();
        for (int i = 0; i < suggestions.size(); i++) {
            jdbc.sql("insert into proposal_suggestion (case_number, number, content) values (:number, :i, :text)")
                    .param("number", caseNumber)
                    .param("i", i + 1)
                    .param("text", suggestions.get(i))
                    .update();
        }
    }

    void wish(String caseNumber, List<String> units) {
        jdbc.sql("delete from proposal_wished_unit where case_number = :number")
                .param("number", caseNumber)
                .update();
        for (int i = 0; i < units.size(); i++) {
            jdbc.sql("insert into proposal_wished_unit (case_number, position, unit_id) values (:number, :i, :unit)")
                    .param("number", caseNumber)
                    .param("i", i + 1)
                    .param("unit", units.get(i))
                    .update();
        }
    }

    void handedIn(String caseNumber, String kind, String period, Instant now) {
        jdbc.sql("""
                        update proposal_proposal set kind = :kind, period = :period, handed_in_at = :now,
                          version = version + 1 where case_number = :number""")
                .param("kind", kind)
                .param("period", period)
                .param("now", at(now))
                .param("number", caseNumber)
                .update();
    }

    void recalled(String caseNumber) {
        jdbc.sql("""
                        update proposal_proposal set period = null, handed_in_at = null, instance_id = null, version = version + 1 where case_number = :number""").param("number", caseNumber).update();
    }

    void instance(String caseNumber, String instanceId) {
        jdbc.sql("update proposal_proposal set instance_id = :instance where case_number = :number")
                .param("instance", instanceId)
                .param("number", caseNumber)
                .update();
    }

    void submitted(String caseNumber, String kind, Instant now) {
        jdbc.sql("""
                        update proposal_proposal set kind = :kind, submitted_at = :now, version = version + 1
                        where case_number = :number""")
                .param("kind", kind)
                .param("now", at(now))
                .param("number", caseNumber)
                .update();
    }

    void nextRound(String caseNumber) {
        jdbc.sql("""
                        update proposal_proposal set review_round = review_round + 1, resubmission_overdue_at = null,
                          version = version + 1 where case_number = :number""").param("number", caseNumber).update();
    }

    void decided(
            String caseNumber,
            Verdict verdict,
            @Nullable Category category,
            @Nullable Destination destination,
            @Nullable String leadCase,
            String by,
            Instant now) {
        jdbc.sql("""
                        update proposal_proposal set verdict = :verdict, category_decided = :category, destination = :destination,
                          lead_case = :lead, decided_by = :by, decided_at = :now, version = version + 1 where case_number = :number""")
                .param("verdict", verdict.code())
                .param("category", Rows.code(category))
                .param("destination", Rows.code(destination))
                .param("lead", leadCase)
                .param("by", by)
                .param("now", at(now))
                .param("number", caseNumber)
                .update();
    }

    /** Takes the final decision back: what was decided stays in the conclusions, review begins another round. */
    void undecided(String caseNumber) {
        jdbc.sql("""
                        update proposal_proposal set verdict = null, category_decided = null, destination = null, lead_case = null,
                          decided_by = null, decided_at = null, review_round = review_round + 1, resubmission_overdue_at = null,
                          version = version + 1 where case_number = :number""").param("number", caseNumber).update();
    }

    void fileNumber(String caseNumber, @Nullable Integer number, @Nullable Instant filedAt) {
        jdbc.sql("""
                        update proposal_proposal set file_number = :file, filed_at = coalesce(cast(:at as timestamp with time zone), filed_at),
                          version = version + 1 where case_number = :number""")
                .param("file", number, java.sql.Types.INTEGER)
                .param("at", at(filedAt), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("number", caseNumber)
                .update();
    }

    void resubmissionOverdue(String caseNumber, Instant now) {
        jdbc.sql("update proposal_proposal set resubmission_overdue_at = :now where case_number = :number")
                .param("now", at(now))
                .param("number", caseNumber)
                .update();
    }

    void withdrawn(String caseNumber, Instant now) {
        jdbc.sql("update proposal_proposal set withdrawn_at = :now, version = version + 1 where case_number = :number")
                .param("now", at(now))
                .param("number", caseNumber)
                .update();
    }

    void delete(String caseNumber) {
        jdbc.sql("delete from proposal_proposal where case_number = :number")
                .param("number", caseNumber)
                .update();
    }

    void version(String caseNumber, Proposal text, @Nullable String note, String who, Instant now) {
        int next = jdbc.sql(
                        "select coalesce(max(number), 0) + 1 from proposal_text_version where case_number = :number")
                .param("number", caseNumber)
                .query(Integer.class)
                .single();
        jdbc.sql("""
                        insert into proposal_text_version (case_number, number, title, situation, analysis, suggestions, note, who, at)
                        values (:number, :next, :title, :situation, :analysis, :suggestions, :note, :who, :now)""")
                .param("number", caseNumber)
                .param("next", next)
                .param("title", text.title())
                .param("situation", text.situation())
                .param("analysis", text.analysis())
                .param("suggestions", String.join("\n\n", text.suggestions()))
                .param("note", note)
                .param("who", who)
                .param("now", at(now))
                .update();
    }

    // ---- a draft's text before another one took its place

    private static final String PARTS = "\u001E";

    void before(String caseNumber, DraftText text, Instant now) {
        jdbc.sql("delete from proposal_draft_before where case_number = :number")
                .param("number", caseNumber)
                .update();
        jdbc.sql("""
                        insert into proposal_draft_before (case_number, title, situation, analysis, suggestions, at)
                        values (:number, :title, :situation, :analysis, :suggestions, :now)""")
                .param("number", caseNumber)
                .param("title", text.title())
                .param("situation", text.situation())
                .param("analysis", text.analysis())
                .param("suggestions", String.join(PARTS, text.suggestions()))
                .param("now", at(now))
                .update();
    }

    Optional<DraftText> before(String caseNumber) {
        return jdbc.sql("select * from proposal_draft_before where case_number = :number")
                .param("number", caseNumber)
                .query((row, i) -> new DraftText(
                        row.getString("title"),
                        row.getString("situation"),
                        row.getString("analysis"),
                        row.getString("suggestions").isEmpty()
                                ? List.of()
                                : List.of(row.getString("suggestions").split(PARTS, -1))))
                .optional();
    }

    Optional<Instant> beforeAt(String caseNumber) {
        return jdbc.sql("select at from proposal_draft_before where case_number = :number")
                .param("number", caseNumber)
                .query((row, i) -> Rows.present(row, "at"))
                .optional();
    }

    /** Every text that was handed in, oldest first. */
    List<TextVersion> versions(String caseNumber) {
        return jdbc.sql("select * from proposal_text_version where case_number = :number order by number")
                .param("number", caseNumber)
                .query((row, i) -> new TextVersion(
                        row.getInt("number"),
                        row.getString("title"),
                        row.getString("situation"),
                        row.getString("analysis"),
                        row.getString("suggestions"),
                        row.getString("note"),
                        row.getString("who"),
                        Rows.present(row, "at")))
                .list();
    }

    /** @param suggestions parted by empty lines */
    record TextVersion(
            int number,
            String title,
            String situation,
            String analysis,
            String suggestions,
            @Nullable String note,
            String who,
            Instant at) {}

    // ---- signatures

    List<Signature> signatures(String caseNumber) {
        return jdbc.sql("select * from proposal_signature where case_number = :number order by position")
                .param("number", caseNumber)
                .query((row, i) -> signature(row))
                .list();
    }

    /** Of many proposals in one look, by case number. */
    Map<String, List<Signature>> signatures(Collection<String> caseNumbers) {
        Map<String, List<Signature>> found = new HashMap<>();
        if (!caseNumbers.isEmpty()) {
            jdbc.sql("select * from proposal_signature where case_number in (:numbers) order by case_number, position")
                    .param("numbers", caseNumbers)
                    .query(row -> {
                        found.computeIfAbsent(row.getString("case_number"), k -> new ArrayList<>())
                                .add(signature(row));
                    });
        }
        return found;
    }

    private static Signature signature(ResultSet row) throws SQLException {
        return new Signature(
                row.getInt("position"),
                row.getString("member_id"),
                row.getString("person_id"),
                row.getString("name"),
                row.getString("role"),
                row.getString("state"),
                row.getString("how"),
                Rows.present(row, "at"));
    }

    void insertSignature(String caseNumber, Signature signature) {
        jdbc.sql("""
                        insert into proposal_signature (case_number, position, member_id, person_id, name, role, state, how, at)
                        values (:number, :position, :member, :person, :name, :role, :state, :how, :at)""")
                .param("number", caseNumber)
                .param("position", signature.position())
                .param("member", signature.memberId())
                .param("person", signature.personId())
                .param("name", signature.name())
                .param("role", signature.role())
                .param("state", signature.state())
                .param("how", signature.how())
                .param("at", at(signature.at()))
                .update();
    }

    void deleteCoSigners(String caseNumber) {
        jdbc.sql("delete from proposal_signature where case_number = :number and role = 'co'")
                .param("number", caseNumber)
                .update();
    }

    /** Of one session. @param drafts not handed in */
    record Numbers(int drafts, int handedIn) {}

    Numbers numbersOf(String session) {
        return jdbc.sql("""
                        select count(*) - count(handed_in_at), count(handed_in_at) from proposal_proposal
                        where session_id = :session""")
                .param("session", session)
                .query((row, i) -> new Numbers(row.getInt(1), row.getInt(2)))
                .single();
    }

    /** What review of that session's proposals has concluded so far. */
    Filing filing(Session session) {
        return jdbc.sql("""
                        select count(case when withdrawn_at is null then 1 end) as collected,
                          count(withdrawn_at) as withdrawn,
                          count(case when withdrawn_at is null and verdict = 'file' then 1 end) as filed,
                          count(case when withdrawn_at is null and verdict = 'merge' then 1 end) as merged,
                          count(case when withdrawn_at is null and verdict = 'convert' then 1 end) as converted,
                          count(case when withdrawn_at is null and verdict = 'notFile' then 1 end) as not_filed
                        from proposal_proposal where session_id = :session and handed_in_at is not null""")
                .param("session", session.id())
                .query((row, i) -> new Filing(
                        row.getInt("collected"),
                        row.getInt("withdrawn"),
                        row.getInt("filed"),
                        row.getInt("merged"),
                        row.getInt("converted"),
                        row.getInt("not_filed"),
                        session.mergedFiled()))
                .single();
    }

    /** 大会提案 of that session that still ask for signatures. */
    List<Proposal> collecting(String session) {
        return list(
                "p.session_id = :x and p.period = 'plenary' and p.handed_in_at is not null and p.submitted_at is null "
                        + "and p.withdrawn_at is null",
                "x",
                session);
    }

    void signatureState(String caseNumber, String member, String state, String how, Instant now) {
        jdbc.sql("""
                        update proposal_signature set state = :state, how = :how, at = :now
                        where case_number = :number and member_id = :member""")
                .param("state", state)
                .param("how", how)
                .param("now", at(now))
                .param("number", caseNumber)
                .param("member", member)
                .update();
    }

    /** Case numbers in which the person was asked to sign or confirm and the text was handed in. */
    List<String> invitations(String person) {
        return jdbc.sql("""
                        select s.case_number from proposal_signature s where s.person_id = :person and s.role = 'co' and s.state in ('invited', 'confirmed')
                        union
                        select z.case_number from proposal_seal z where z.convener_person = :person and z.state in ('invited', 'confirmed')""").param("person", person).query(String.class).list();
    }

    // ---- seal

    Optional<Seal> seal(String caseNumber) {
        return jdbc.sql("select * from proposal_seal where case_number = :number")
                .param("number", caseNumber)
                .query((row, i) -> seal(row))
                .optional();
    }

    /** Of many proposals in one look, by case number; those without one are left out. */
    Map<String, Seal> seals(Collection<String> caseNumbers) {
        Map<String, Seal> found = new HashMap<>();
        if (!caseNumbers.isEmpty()) {
            jdbc.sql("select * from proposal_seal where case_number in (:numbers)")
                    .param("numbers", caseNumbers)
                    .query(row -> {
                        found.put(row.getString("case_number"), seal(row));
                    });
        }
        return found;
    }

    private static Seal seal(ResultSet row) throws SQLException {
        return new Seal(
                row.getString("document_id"),
                row.getString("convener_person"),
                row.getString("convener_name"),
                row.getString("state"),
                Rows.present(row, "at"));
    }

    void seal(String caseNumber, @Nullable Seal seal) {
        jdbc.sql("delete from proposal_seal where case_number = :number")
                .param("number", caseNumber)
                .update();
        if (seal != null) {
            jdbc.sql("""
                            insert into proposal_seal (case_number, document_id, convener_person, convener_name, state, at)
                            values (:number, :document, :person, :name, :state, :at)""")
                    .param("number", caseNumber)
                    .param("document", seal.documentId())
                    .param("person", seal.convenerPerson())
                    .param("name", seal.convenerName())
                    .param("state", seal.state())
                    .param("at", at(seal.at()))
                    .update();
        }
    }

    // ---- objections against a merge

    void insertObjection(Objection objection) {
        jdbc.sql("""
                        insert into proposal_objection (case_number, lead_case, person_id, person_name, reason, at)
                        values (:number, :lead, :person, :name, :reason, :at)""")
                .param("number", objection.caseNumber())
                .param("lead", objection.leadCase())
                .param("person", objection.personId())
                .param("name", objection.personName())
                .param("reason", objection.reason())
                .param("at", at(objection.at()))
                .update();
    }

    /** Oldest first, by case number; also those of merges that have ended. */
    Map<String, List<Objection>> objections(Collection<String> caseNumbers) {
        Map<String, List<Objection>> found = new HashMap<>();
        if (!caseNumbers.isEmpty()) {
            jdbc.sql("select * from proposal_objection where case_number in (:numbers) order by id")
                    .param("numbers", caseNumbers)
                    .query(row -> {
                        found.computeIfAbsent(row.getString("case_number"), k -> new ArrayList<>())
                                .add(new Objection(
                                        row.getString("case_number"),
                                        row.getString("lead_case"),
                                        row.getString("person_id"),
                                        row.getString("person_name"),
                                        row.getString("reason"),
                                        Rows.present(row, "at")));
                    });
        }
        return found;
    }
}
