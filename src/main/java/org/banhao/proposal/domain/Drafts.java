package org.banhao.proposal.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseRow;
import org.banhao.document.Documents;
import org.banhao.document.StoredDocument;
import org.banhao.people.Member;
import org.banhao.people.People;
import org.banhao.people.Person;
import org.banhao.people.Roles;
import org.banhao.people.Unit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writing a proposal before it is handed in. Only the one who writes it sees a draft: the proposer, or the clerk who
 * types it in from paper.
 */
@Service
@Transactional
public class Drafts {

    private static final Pattern NUMBER = Pattern.compile("TA-\\d{4}-\\d{6}");

    static final String UNTITLED = "（未命名提案）";
    private static final int MOST_SUGGESTIONS = 30;
    private static final int MOST_CO_SIGNERS = 50;
    private static final int LONGEST_TEAM = 60;
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ChineseTime.ZONE);

    private final ProposalRows rows;
    private final Sessions sessions;
    private final CaseFiles caseFiles;
    private final People people;
    private final Documents documents;
    private final Audit audit;
    private final Clock clock;

    Drafts(
            ProposalRows rows,
            Sessions sessions,
            CaseFiles caseFiles,
            People people,
            Documents documents,
            Audit audit,
            Clock clock) {
        this.rows = rows;
        this.sessions = sessions;
        this.caseFiles = caseFiles;
        this.people = people;
        this.documents = documents;
        this.audit = audit;
        this.clock = clock;
    }

    /** What a proposal's own files are handed in with, see {@code StoredDocument.origin}. */
    static final String ORIGIN = "draft";

    /** Upload step of a draft's files, as {@code document} knows it. */
    public static String step(String caseNumber) {
        return "draft:" + caseNumber;
    }

    /**
     * Opens a case for a new draft of one's own.
     *
     * @return the case number
     * @throws Refusal the person is not that member nor contact of that organisation
     */
    public String begin(String person, String memberId) {
        Member proposer = people.membershipsOf(person).stream()
                .filter(member -> member.id().equals(memberId))
                .findFirst()
                .orElseThrow(() -> new Refusal("member", "您不能以这个身份提出提案，请重新选择提案者。"));
        return open(proposer, "my", null);
    }

    /**
     * A 模拟提案 in a session that the person's organisation conducts. It carries the team's name; who answers for it is the contact who
     * enters it, so that pupils need no account.
     *
     * @param memberId the organisation
     * @param team as the certificate will say it, with its school
     * @return the case number
     * @throws Refusal the session is closed, is not a mock one, or another organisation conducts it; no name of a team
     */
    public String beginMock(String person, String sessionId, String memberId, @Nullable String team) {
        Session session = openMock(sessions.get(sessionId));
        Member organizer = people.membershipsOf(person).stream()
                .filter(member -> member.id().equals(memberId)
                        && sessions.organizers(sessionId).contains(memberId))
                .findFirst()
                .orElseThrow(() -> new Refusal("member", session.name() + "不由您所在的单位承办，不能录入；请与提案委员会办公室联系。"));
        String name = Texts.line(team, LONGEST_TEAM, "team", "参赛队");
        if (name.isEmpty()) {
            throw new Refusal("team", "请填写「参赛队」，如 市一中“浊漳小队”。");
        }
        Instant now = clock.instant();
        CaseRow row =
                caseFiles.open(CaseFiles.MOCK, UNTITLED, session.id(), Status.DRAFT.code(), Status.DRAFT.label(), name);
        rows.insert(
                row.number(),
                session.id(),
                "single",
                null,
                "my",
                new Signature(1, organizer.id(), organizer.personId(), name, "first", "confirmed", "online", now),
                organizer.name() + "承办",
                null,
                null,
                now);
        caseFiles.party(row.number(), "firstProposer", organizer.personId(), false);
        audit.record("proposal.beginMock", row.number(), session.name() + "，" + name);
        return row.number();
    }

    /** @throws Refusal not a mock session, or not open */
    Session openMock(Session session) {
        if (!session.mockOpenAt(clock.instant())) {
            throw new Refusal(session.name() + "没有开放或者已经截止，不能再录入、提交；需要延长的，请与提案委员会办公室联系。");
        }
        return session;
    }

    /** Mock sessions in which this person's organisations may enter proposals now. */
    @Transactional(readOnly = true)
    public List<MockChoice> mocks(String person) {
        List<Member> memberships = people.membershipsOf(person);
        Set<String> own = memberships.stream().map(Member::id).collect(Collectors.toSet());
        List<MockChoice> choices = new ArrayList<>();
        for (Session session : sessions.mocksOf(own)) {
            List<String> organizers = sessions.organizers(session.id());
            if (session.mockOpenAt(clock.instant())) {
                choices.add(new MockChoice(
                        session,
                        memberships.stream()
                                .filter(member -> organizers.contains(member.id()))
                                .toList()));
            }
        }
        return choices;
    }

    /** @param organizers those of the person's organisations that conduct it */
    public record MockChoice(Session session, List<Member> organizers) {

        public String closesText() {
            return ChineseTime.text(session.closesAt());
        }
    }

    /**
     * The same by a clerk for somebody who handed in paper (代录入).
     *
     * @throws Refusal the clerk has not that role, or nobody of that id is in office
     */
    public String beginOnBehalf(String clerk, String memberId) {
        if (!people.groupsOf(clerk).contains(Roles.PROPOSAL_CLERK)) {
            throw new Refusal("只有提案委员会办公室工作人员可以代录入提案。");
        }
        Member proposer = people.members().stream()
                .filter(member -> member.id().equals(memberId))
                .findFirst()
                .orElseThrow(() -> new Refusal("member", "没有找到这位在任委员或单位，请重新选择提案者。"));
        return open(proposer, "onBehalf", clerk);
    }

    private String open(Member proposer, String channel, @Nullable String enteredBy) {
        Session session = sessions.current();
        Instant now = clock.instant();
        CaseRow row = caseFiles.open(
                "TA", UNTITLED, session.id(), Status.DRAFT.code(), Status.DRAFT.label(), proposer.name());
        CollectiveKind collective = Coded.find(CollectiveKind.class, proposer.kind());
        rows.insert(
                row.number(),
                session.id(),
                collective == null ? "single" : "collective",
                collective,
                channel,
                new Signature(
                        1, proposer.id(), proposer.personId(), proposer.name(), "first", "confirmed", "online", now),
                proposer.sector(),
                enteredBy,
                enteredBy == null ? null : people.nameOf(enteredBy),
                now);
        if (enteredBy == null) {
            caseFiles.party(row.number(), "firstProposer", proposer.personId(), false);
        } else {
            caseFiles.party(row.number(), "enteredBy", enteredBy, false);
        }
        audit.record("proposal.begin", row.number(), enteredBy == null ? "新建草稿" : "代录入 " + proposer.name());
        return row.number();
    }

    /** @param version to be sent with the next save */
    public record Saved(int version, Instant savedAt) {

        /** 已保存 15:32 */
        public String line() {
            return "已保存 " + HOUR.format(savedAt);
        }
    }

    /**
     * Keeps what is written so far; incomplete is fine.
     *
     * @param version the one the page was opened with or the last save returned
     * @throws Refusal not the writer's, already handed in, saved elsewhere in between, or a value out of bounds
     */
    public Saved save(String caseNumber, String person, int version, DraftContent content) {
        Proposal present = editable(caseNumber, person);
        Instant now = clock.instant();
        ProposalRows.Clean clean = clean(present, person, content);
        List<Signature> coSigners = coSigners(present, content.coSigners(), now);
        String kind = present.collective() ? "collective" : coSigners.isEmpty() ? "single" : "joint";
        if (!rows.save(clean, caseNumber, kind, version, now)) {
            throw new Refusal(
                    "这份草稿已在别处（" + HOUR.format(present.savedAt()) + "）保存过更新的内容，为避免覆盖，这次没有保存。请先复制这里新写的文字，再刷新页面继续。");
        }
        rows.deleteCoSigners(caseNumber);
        coSigners.forEach(signature -> rows.insertSignature(caseNumber, signature));
        if (present.collective()) {
            rows.seal(caseNumber, seal(present, person, content, now));
        }
        titled(caseNumber, clean.title());
        if (present.categoryWish() != clean.category()) {
            caseFiles.factsChanged(caseNumber);
        }
        audit.record("proposal.saveDraft", caseNumber, "保存草稿");
        return new Saved(version + 1, now);
    }

    /** The case carries the draft's title. */
    void titled(String caseNumber, String draftTitle) {
        String title = draftTitle.isEmpty() ? UNTITLED : draftTitle;
        CaseRow row = caseFiles.get(caseNumber);
        if (!row.title().equals(title)) {
            caseFiles.change(caseNumber, row.version(), title, row.status(), row.statusName(), row.unit());
        }
    }

    /** Removes the text for good; the case number is not used again. */
    public void delete(String caseNumber, String person) {
        Proposal draft = locked(caseNumber, person);
        for (StoredDocument document : documents.ofStep(step(caseNumber), person)) {
            documents.discard(document.id(), person);
        }
        rows.delete(caseNumber);
        CaseRow row = caseFiles.get(caseNumber);
        caseFiles.change(
                caseNumber, row.version(), UNTITLED, Status.DISCARDED.code(), Status.DISCARDED.label(), row.unit());
        if (!draft.onBehalf()) {
            caseFiles.partyEnds(caseNumber, "firstProposer", draft.proposerPerson());
        }
        caseFiles.close(caseNumber);
        audit.record("proposal.deleteDraft", caseNumber, "删除草稿");
    }

    /**
     * A draft as its page shows it.
     *
     * @param attachments without the scans of seal and original
     */
    public record View(
            Proposal proposal,
            Session session,
            List<Signature> coSigners,
            @Nullable Seal seal,
            List<StoredDocument> attachments,
            @Nullable StoredDocument sealDocument,
            @Nullable StoredDocument scanDocument) {}

    @Transactional(readOnly = true)
    public View view(String caseNumber, String person) {
        Proposal draft = editable(caseNumber, person);
        Seal seal = rows.seal(caseNumber).orElse(null);
        List<StoredDocument> uploaded = new ArrayList<>(documents.ofCase(caseNumber));
        documents.ofStep(step(caseNumber), person).stream()
                .filter(document ->
                        uploaded.stream().noneMatch(other -> other.id().equals(document.id())))
                .forEach(uploaded::add);
        String sealId = seal == null ? null : seal.documentId();
        return new View(
                draft,
                sessions.get(draft.sessionId()),
                coSigners(caseNumber),
                seal,
                uploaded.stream()
                        .filter(document ->
                                !document.id().equals(sealId) && !document.id().equals(draft.scanDocument()))
                        .toList(),
                uploaded.stream()
                        .filter(document -> document.id().equals(sealId))
                        .findFirst()
                        .orElse(null),
                uploaded.stream()
                        .filter(document -> document.id().equals(draft.scanDocument()))
                        .findFirst()
                        .orElse(null));
    }

    private List<Signature> coSigners(String caseNumber) {
        return rows.signatures(caseNumber).stream()
                .filter(signature -> signature.role().equals("co"))
                .toList();
    }

    /** Takes an attachment back before the draft is handed in. */
    public void discardAttachment(String caseNumber, String person, String documentId) {
        locked(caseNumber, person);
        boolean uploaded = documents.ofStep(step(caseNumber), person).stream()
                .anyMatch(document -> document.id().equals(documentId));
        if (!uploaded) {
            throw new Refusal("attachments", "这个附件不能删除：它不是在这份草稿里上传的，或者已经随提案提交过。");
        }
        documents.discard(documentId, person);
        audit.record("proposal.discardAttachment", caseNumber, documentId);
    }

    /** Who may confirm for that sector or group: conveners who stand for it; when none is known, all conveners. */
    @Transactional(readOnly = true)
    public List<Person> conveners(String memberId) {
        List<Person> all = people.membersOf(Roles.SECTOR_CONVENER).stream()
                .filter(Person::active)
                .toList();
        List<Person> own = all.stream()
                .filter(person -> people.membershipsOf(person.id()).stream()
                        .anyMatch(member -> member.id().equals(memberId)))
                .toList();
        return own.isEmpty() ? all : own;
    }

    /** Everything that stops the draft from being handed in, in the order of the page; empty: complete. */
    @Transactional(readOnly = true)
    public List<Missing> missing(String caseNumber, String person) {
        return missing(editable(caseNumber, person));
    }

    List<Missing> missing(Proposal draft) {
        Session session = sessions.get(draft.sessionId());
        List<Missing> missing = new ArrayList<>();
        textRules(session, draft.title(), draft.situation(), draft.analysis(), draft.suggestions(), missing);
        if (draft.categoryWish() == null) {
            missing.add(new Missing("category", "请选择类别。"));
        }
        if (draft.consent() == null) {
            missing.add(new Missing("consent", "请选择提案能否公开。"));
        }
        if (draft.wish().size() > session.wishLimit()) {
            missing.add(new Missing("wish", "希望的承办单位最多" + session.wishLimit() + "个，请减少。"));
        }
        if (draft.researchBased() && draft.researchForms().isEmpty()) {
            missing.add(new Missing("researchForms", "勾选了经调研形成，请选择调研的形式。"));
        }
        if (draft.raisedBefore() && draft.raisedBeforeNote().isBlank()) {
            missing.add(new Missing("raisedBeforeNote", "勾选了往年提过，请写明哪一年或提案号。"));
        }
        for (String former : formerly(draft)) {
            if (former.equals(draft.caseNumber())
                    || rows.find(former).filter(p -> p.submittedAt() != null).isEmpty()) {
                missing.add(new Missing("raisedBeforeNote", "没有找到往年的提案" + former + "，请核对提案号，或者改用文字写明。"));
            }
        }
        Set<String> inOffice = people.members().stream().map(Member::id).collect(Collectors.toSet());
        for (Signature coSigner : coSigners(draft.caseNumber())) {
            if (!inOffice.contains(coSigner.memberId())) {
                missing.add(new Missing("coSigners", coSigner.name() + "已不在任，不能联名，请从名单中去掉。"));
            }
        }
        if (draft.collective()) {
            Seal seal = rows.seal(draft.caseNumber()).orElse(null);
            boolean sealed = seal != null && seal.documentId() != null;
            boolean convened = draft.needsConvener() && seal != null && seal.convenerPerson() != null;
            if (!sealed && !convened) {
                missing.add(
                        draft.needsConvener()
                                ? new Missing("convener", "请选择召集人确认，或者上传召集人签名的扫描件。")
                                : new Missing("seal", "请上传盖章页的扫描件或照片。"));
            }
        }
        if (draft.onBehalf() && draft.scanDocument() == null) {
            missing.add(new Missing("scan", "代录入须上传提案者签名（盖章）原件的扫描件。"));
        }
        if (!draft.noSecret()) {
            missing.add(new Missing("noSecret", "请确认本提案不含国家秘密和工作秘密；含有的不得在本系统提交。"));
        }
        return missing;
    }

    /** Case numbers that the writer names as the same matter of an earlier year. */
    static List<String> formerly(Proposal draft) {
        return draft.raisedBefore()
                ? NUMBER.matcher(draft.raisedBeforeNote())
                        .results()
                        .map(MatchResult::group)
                        .distinct()
                        .toList()
                : List.of();
    }

    /** What he himself handed in and may name as the earlier one, newest first, 50 at most. */
    @Transactional(readOnly = true)
    public List<Proposal> earlier(Proposal draft, String person) {
        return rows.ofPerson(person).stream()
                .filter(p -> p.submittedAt() != null && !p.caseNumber().equals(draft.caseNumber()))
                .sorted(Comparator.comparing(Proposal::caseNumber).reversed())
                .limit(50)
                .toList();
    }

    /** The rules of the text itself; the same when a returned proposal is handed in again. */
    static void textRules(
            Session session,
            String title,
            String situation,
            String analysis,
            List<String> suggestions,
            List<Missing> missing) {
        if (title.isBlank()) {
            missing.add(new Missing("title", "请填写案由。"));
        } else if (title.length() < 6) {
            missing.add(new Missing("title", "案由至少6个字，请写成“关于……的提案”。"));
        } else if (title.length() > session.titleLimit()) {
            missing.add(new Missing("title", "案由最多" + session.titleLimit() + "字（现" + title.length() + "字），请缩短。"));
        }
        longText(missing, "situation", "情况", situation, session.textLimit());
        longText(missing, "analysis", "问题分析", analysis, session.textLimit());
        if (suggestions.isEmpty()) {
            missing.add(new Missing("suggestions", "请至少写一条具体建议。"));
        }
        for (int i = 0; i < suggestions.size(); i++) {
            String text = suggestions.get(i);
            if (text.isBlank()) {
                missing.add(new Missing("suggestion-" + (i + 1), "第" + (i + 1) + "条建议是空的，请填写或者删去。"));
            } else if (text.length() > session.suggestionLimit()) {
                missing.add(new Missing(
                        "suggestion-" + (i + 1),
                        "第" + (i + 1) + "条建议最多" + session.suggestionLimit() + "字（现" + text.length() + "字），请缩短或者分成两条。"));
            }
        }
    }

    private static void longText(List<Missing> missing, String field, String name, String text, int limit) {
        if (text.isBlank()) {
            missing.add(new Missing(field, "请填写" + name + "。"));
        } else if (text.length() > limit) {
            missing.add(new Missing(field, name + "最多" + limit + "字（现" + text.length() + "字），请缩短。"));
        }
    }

    /** @throws Refusal not his, or handed in: the same sentence for a foreign one as for none, so that nothing is told */
    Proposal editable(String caseNumber, String person) {
        Proposal draft = rows.find(caseNumber)
                .filter(found -> writer(found).equals(person))
                .orElseThrow(() -> new Refusal("没有这份草稿，请从“我的提案”重新进入。"));
        if (!draft.draft()) {
            throw new Refusal("这份提案已经提交，不能再改草稿。需要修改的，请撤回或者与提案委员会办公室联系。");
        }
        return draft;
    }

    /** The same, and nobody hands it in before the caller's transaction ends. A foreign one is not held. */
    Proposal locked(String caseNumber, String person) {
        editable(caseNumber, person);
        rows.lock(caseNumber);
        return editable(caseNumber, person);
    }

    static String writer(Proposal proposal) {
        String enteredBy = proposal.enteredBy();
        return enteredBy == null ? proposal.proposerPerson() : enteredBy;
    }

    // ---- cleaning

    private ProposalRows.Clean clean(Proposal present, String person, DraftContent content) {
        return new ProposalRows.Clean(
                Texts.line(content.title(), Texts.LONGEST_LINE, "title", "案由"),
                Texts.text(content.situation(), Texts.LONGEST_TEXT, "situation", "情况"),
                Texts.text(content.analysis(), Texts.LONGEST_TEXT, "analysis", "问题分析"),
                suggestions(content.suggestions()),
                choice(Category.class, content.category(), "category", "类别"),
                wish(content.wish(), sessions.get(present.sessionId())),
                choice(Consent.class, content.consent(), "consent", "能否公开"),
                content.researchBased(),
                content.researchBased()
                        ? choices(ResearchForm.class, content.researchForms(), "researchForms", "调研的形式")
                        : List.of(),
                content.raisedBefore(),
                content.raisedBefore()
                        ? Texts.line(content.raisedBeforeNote(), Texts.LONGEST_LINE, "raisedBeforeNote", "往年提案")
                        : "",
                choices(ContactWay.class, content.contactWays(), "contactWays", "希望的沟通方式"),
                content.referenceOnly(),
                content.secondable() && !present.mock(),
                choice(Source.class, content.source(), "source", "来源"),
                content.noSecret(),
                present.onBehalf() ? document(present, person, content.scan(), "scan", "原件扫描件") : null);
    }

    static List<String> suggestions(@Nullable List<@Nullable String> raw) {
        if (raw == null) {
            return List.of();
        }
        if (raw.size() > MOST_SUGGESTIONS) {
            throw new Refusal("suggestions", "建议最多" + MOST_SUGGESTIONS + "条，请合并相近的建议。");
        }
        List<String> clean = new ArrayList<>();
        for (String text : raw) {
            clean.add(Texts.text(text, Texts.LONGEST_TEXT, "suggestions", "建议").strip());
        }
        return clean;
    }

    List<String> wish(@Nullable List<String> raw, Session session) {
        if (raw == null) {
            return List.of();
        }
        Set<String> known = people.units().stream().map(Unit::id).collect(Collectors.toSet());
        LinkedHashSet<String> wish = new LinkedHashSet<>();
        for (String unit : raw) {
            if (!known.contains(unit)) {
                throw new Refusal("wish", "「希望的承办单位」中有不存在的单位，请重新选择。");
            }
            wish.add(unit);
        }
        int limit = session.wishLimit();
        if (wish.size() > limit) {
            throw new Refusal("wish", "「希望的承办单位」最多选" + limit + "个，请减少。");
        }
        return List.copyOf(wish);
    }

    private static <E extends Enum<E> & Coded> @Nullable E choice(
            Class<E> type, @Nullable String code, String field, String name) {
        return code == null || code.isEmpty() ? null : Coded.choice(type, code, field, name);
    }

    private static <E extends Enum<E> & Coded> List<E> choices(
            Class<E> type, @Nullable List<String> codes, String field, String name) {
        return codes == null
                ? List.of()
                : codes.stream()
                        .distinct()
                        .map(code -> Coded.choice(type, code, field, name))
                        .toList();
    }

    private List<Signature> coSigners(Proposal draft, @Nullable List<String> memberIds, Instant now) {
        if (draft.collective() || memberIds == null || memberIds.isEmpty()) {
            return List.of();
        }
        if (draft.mock()) {
            throw new Refusal("coSigners", "模拟提案不邀请委员联名；同队的人请写在参赛队名称里。");
        }
        List<String> wanted = memberIds.stream().distinct().toList();
        if (wanted.size() > MOST_CO_SIGNERS) {
            throw new Refusal("coSigners", "联名人最多" + MOST_CO_SIGNERS + "位，请减少。");
        }
        List<Member> members = people.members();
        List<Signature> signatures = new ArrayList<>();
        for (String id : wanted) {
            Member member = members.stream()
                    .filter(isMember(id))
                    .findFirst()
                    .orElseThrow(() -> new Refusal("coSigners", "联名人中有不在任的委员，请刷新页面后重新选择。"));
            if (member.id().equals(draft.proposerMember()) || member.personId().equals(draft.proposerPerson())) {
                throw new Refusal("coSigners", "第一提案人不必再选为联名人，请去掉。");
            }
            signatures.add(new Signature(
                    signatures.size() + 2, id, member.personId(), member.name(), "co", "chosen", "online", now));
        }
        return signatures;
    }

    private static Predicate<Member> isMember(String id) {
        return member -> member.id().equals(id) && member.kind().equals("member");
    }

    private @Nullable Seal seal(Proposal draft, String person, DraftContent content, Instant now) {
        String document = document(draft, person, content.seal(), "seal", "盖章页");
        Person convener = null;
        String convenerId = content.convener();
        if (draft.needsConvener() && convenerId != null && !convenerId.isEmpty()) {
            convener = conveners(draft.proposerMember()).stream()
                    .filter(candidate -> candidate.id().equals(convenerId))
                    .findFirst()
                    .orElseThrow(() -> new Refusal("convener", "「召集人」不在可选范围内，请重新选择。"));
        }
        if (document == null && convener == null) {
            return null;
        }
        return new Seal(
                document,
                convener == null ? null : convener.id(),
                convener == null ? null : convener.name(),
                "chosen",
                now);
    }

    private @Nullable String document(
            Proposal draft, String person, @Nullable String id, String field, String fieldName) {
        if (id == null || id.isEmpty()) {
            return null;
        }
        // what was attached when the proposal was handed in stays usable after it was taken back
        boolean attached = documents.ofCase(draft.caseNumber()).stream()
                .anyMatch(document -> document.id().equals(id));
        if (!attached && !documents.owned(step(draft.caseNumber()), person, List.of(id))) {
            throw new Refusal(field, "「" + fieldName + "」不是在这份草稿里上传的，请重新上传。");
        }
        return id;
    }
}
