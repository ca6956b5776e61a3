package org.banhao.paper.domain;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.CurrentActor;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.document.Documents;
import org.banhao.document.StoredDocument;
import org.banhao.paper.IssuedPapers;
import org.banhao.paper.PaperFacts;
import org.banhao.paper.PaperForm;
import org.banhao.paper.PaperKind;
import org.banhao.paper.PaperSeries;
import org.banhao.paper.PaperSubject;
import org.banhao.people.DemonstrationCast;
import org.banhao.people.People;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Papers from the first draft to the sealed version. A draft can be made anew as often as wanted and costs no number; the number is given
 * when the paper is issued (编号发文), in the same transaction as its final text. A voided paper keeps its number. No seal is ever drawn:
 * the sealed scan or the signed file is taken back in.
 */
@Service
@Transactional
public class PaperDesk implements IssuedPapers {

    private static final String STEP = "paper";
    private static final int LONGEST_REASON = 200;
    private static final int LONGEST_SIGNER = 20;
    private static final int LATEST = 200;

    /** §7.3.5.5 in Arabic digits, no leading zeros. */
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy年M月d日");

    private final PaperRows rows;
    private final PaperKinds kinds;
    private final Templates templates;
    private final Issuers issuers;
    private final Turns turns;
    private final Documents documents;
    private final CaseFiles caseFiles;
    private final People people;
    private final DemonstrationCast demonstration;
    private final CurrentActor actor;
    private final Audit audit;
    private final Clock clock;

    PaperDesk(
            PaperRows rows,
            PaperKinds kinds,
            Templates templates,
            Issuers issuers,
            Turns turns,
            Documents documents,
            CaseFiles caseFiles,
            People people,
            DemonstrationCast demonstration,
            CurrentActor actor,
            Audit audit,
            Clock clock) {
        this.rows = rows;
        this.kinds = kinds;
        this.templates = templates;
        this.issuers = issuers;
        this.turns = turns;
        this.documents = documents;
        this.caseFiles = caseFiles;
        this.people = people;
        this.demonstration = demonstration;
        this.actor = actor;
        this.audit = audit;
        this.clock = clock;
    }

    // ---- what can be made

    /** @param papers made about it already, oldest first */
    public record Offer(PaperKind kind, PaperSubject subject, List<Paper> papers) {

        public boolean waiting() {
            return papers.stream().noneMatch(paper -> paper.draft() || paper.issued());
        }
    }

    /** What this person may issue in this case. */
    @Transactional(readOnly = true)
    public List<Offer> offers(String caseNumber, String person) {
        return offers(
                kinds.sources().stream().flatMap(source -> source.ofCase(caseNumber).stream()),
                rows.ofCase(caseNumber),
                person);
    }

    private List<Offer> offers(Stream<PaperSubject> subjects, List<Paper> papers, String person) {
        List<String> groups = people.groupsOf(person);
        Map<String, List<Paper>> made = new LinkedHashMap<>();
        papers.forEach(paper -> made.computeIfAbsent(paper.kind() + "/" + paper.subject(), any -> new ArrayList<>())
                .add(paper));
        return subjects.filter(subject -> groups.stream().anyMatch(subject.desk()::contains))
                .map(subject -> new Offer(
                        kinds.get(subject.kind()),
                        subject,
                        made.getOrDefault(subject.kind() + "/" + subject.key(), List.of())))
                .toList();
    }

    /** Papers about the whole session that this person may issue. */
    @Transactional(readOnly = true)
    public List<Offer> sessionOffers(String person) {
        return kinds.sources().stream()
                .flatMap(source -> source.ofSession().stream())
                .filter(subject -> mine(subject.desk(), person))
                .map(subject -> new Offer(
                        kinds.get(subject.kind()), subject, rows.about(subject.kind(), List.of(subject.key()))))
                .toList();
    }

    /** All of one kind that this person may issue, for making many at once. @throws Refusal no such kind */
    @Transactional(readOnly = true)
    public List<Offer> all(String kind, String person) {
        List<PaperSubject> subjects = kinds.source(kind).all(kind);
        List<Paper> papers =
                rows.about(kind, subjects.stream().map(PaperSubject::key).toList());
        return offers(subjects.stream(), papers, person);
    }

    /** Kinds of which this person makes many at once. */
    @Transactional(readOnly = true)
    public List<PaperKind> batchKinds(String person) {
        List<String> groups = people.groupsOf(person);
        return kinds.sources().stream()
                .flatMap(source -> source.manyAtOnce(groups).stream())
                .map(kinds::get)
                .toList();
    }

    /**
     * The page on which a paper is made.
     *
     * @param inputs what stands in the fields, by name
     * @param missing why it cannot be made yet; empty: it can
     */
    public record Sheet(PaperKind kind, PaperSubject subject, Map<String, String> inputs, List<String> missing) {}

    /** @throws Refusal nothing of the kind, or not this person's business */
    @Transactional(readOnly = true)
    public Sheet sheet(String kindCode, String key, String person) {
        PaperKind kind = kinds.get(kindCode);
        PaperSubject subject = subject(kindCode, key, person);
        PaperFacts facts = kinds.source(kindCode).facts(subject);
        return new Sheet(kind, subject, suggested(kind, facts), missing(kind, subject, facts));
    }

    private PaperSubject subject(String kind, String key, String person) {
        PaperSubject subject =
                kinds.source(kind).find(kind, key).orElseThrow(() -> new Refusal("没有可以出这份公文的事项，请从案件页重新进入。"));
        if (!mine(subject.desk(), person)) throw new Refusal("这份公文不由您的岗位办理，请从公文页重新进入。");
        return subject;
    }

    private boolean mine(Collection<String> desk, String person) {
        return people.groupsOf(person).stream().anyMatch(desk::contains);
    }

    private static Map<String, String> suggested(PaperKind kind, PaperFacts facts) {
        Map<String, String> inputs = new LinkedHashMap<>();
        kind.inputs()
                .forEach(input -> inputs.put(input.name(), facts.suggested().getOrDefault(input.name(), "")));
        return inputs;
    }

    private List<String> missing(PaperKind kind, PaperSubject subject, PaperFacts facts) {
        List<String> missing = new ArrayList<>(facts.missing());
        PaperSeries series = kind.series();
        if (series != null) {
            Issuers.Issuer issuer = issuers.get(subject.issuer());
            if (issuer.word(series).isEmpty()) missing.add(Issuers.withoutWord(issuer, series));
        }
        return missing;
    }

    // ---- making

    /**
     * Makes a draft.
     *
     * @param typed by input; others are ignored
     * @return its id
     * @throws Refusal what is missing, or not this person's business
     */
    public long make(String kindCode, String key, Map<String, String> typed, String person) {
        PaperKind kind = kinds.get(kindCode);
        PaperSubject subject = subject(kindCode, key, person);
        Map<String, String> inputs = checked(kind, typed);
        return made(kind, subject, complete(kind, subject), inputs);
    }

    private long made(PaperKind kind, PaperSubject subject, PaperFacts facts, Map<String, String> inputs) {
        Issuers.Issuer issuer = issuers.get(subject.issuer());
        long id = rows.insert(kind, subject, issuer.name(), inputs, who(), clock.instant());
        Paper paper = rows.get(id);
        file(paper, "draft", render(paper, facts, null, null), templates.used(kind.code()));
        audit.record("paper.make", subject.caseNumber(), kind.name() + "，" + id);
        return id;
    }

    /**
     * Makes and issues the first paper about something, in the words the case suggests: one of many. Whoever makes many for that organ
     * at the same time waits.
     *
     * @return its id
     * @throws Refusal what is missing, not this person's business, or there is one already
     */
    @Transactional(propagation = Propagation.MANDATORY)
    long first(String kindCode, String key, @Nullable String signer, @Nullable LocalDate day, String person) {
        PaperKind kind = kinds.get(kindCode);
        PaperSubject subject = subject(kindCode, key, person);
        turns.take("batch/" + subject.issuer());
        if (rows.about(kindCode, List.of(key)).stream().anyMatch(paper -> paper.draft() || paper.issued())) {
            throw new Refusal("已经有一份了，没有重复生成。");
        }
        PaperFacts facts = complete(kind, subject);
        long id = made(kind, subject, facts, checked(kind, suggested(kind, facts)));
        issue(rows.get(id), kind, facts, signer, day);
        return id;
    }

    /** The same draft with other words, as a further version. @throws Refusal it was issued */
    public void change(long id, int version, Map<String, String> typed, String person) {
        Paper paper = held(id, version, person);
        requireDraft(paper);
        rows.inputs(id, checked(kinds.get(paper.kind()), typed));
        Paper changed = rows.get(id);
        file(changed, "draft", render(changed, complete(changed), null, null), templates.used(paper.kind()));
        audit.record("paper.change", paper.caseNumber(), paper.title() + "，" + id);
    }

    /**
     * A draft that was changed in Word by hand. Where number, date and signer stand in the draft must have stayed as it was: they are put
     * in when it is issued.
     *
     * @throws Refusal what is wrong with it
     */
    public void edited(long id, int version, InputStream content, String person) {
        Paper paper = held(id, version, person);
        requireDraft(paper);
        byte[] bytes = TemplateCheck.safe(content);
        byte[] draft = rows.files(id).stream()
                .filter(file -> file.purpose().equals("draft"))
                .reduce((a, b) -> b)
                .map(this::content)
                .orElseThrow();
        HandEdited.requirePlaces(bytes, draft);
        rows.touched(id);
        file(paper, "edited", bytes, null);
        audit.record("paper.editByHand", paper.caseNumber(), paper.title() + "，" + id);
    }

    private void requireDraft(Paper paper) {
        if (!paper.draft()) throw new Refusal("这份公文" + paper.state().label() + "，不能再改；需要更正的，请作废后重新拟稿。");
    }

    private Paper held(long id, int version, String person) {
        Paper paper = rows.lock(id, version);
        if (!mine(paper.desk(), person)) throw new Refusal("这份公文不由您的岗位办理，请从公文页重新进入。");
        return paper;
    }

    private static Map<String, String> checked(PaperKind kind, Map<String, String> typed) {
        Map<String, String> inputs = new LinkedHashMap<>();
        for (PaperKind.Input input : kind.inputs()) {
            String text =
                    Objects.requireNonNullElse(typed.get(input.name()), "").strip();
            if (input.lines() == 1) text = text.replaceAll("\\s*\\R\\s*", " ");
            if (input.needed() && text.isEmpty()) {
                throw new Refusal(input.name(), "请填写「" + input.name() + "」。");
            }
            if (text.length() > input.longest()) {
                throw new Refusal(
                        input.name(), "「" + input.name() + "」最多" + input.longest() + "字，现有" + text.length() + "字，请缩短。");
            }
            inputs.put(input.name(), text);
        }
        return inputs;
    }

    /** @throws Refusal the case has changed so that nothing can be written about it any more, or something is missing */
    private PaperFacts complete(Paper paper) {
        return complete(
                kinds.get(paper.kind()),
                kinds.source(paper.kind())
                        .find(paper.kind(), paper.subject())
                        .orElseThrow(() -> new Refusal("案件的情况变了，不能再出这份公文，请刷新页面。")));
    }

    private PaperFacts complete(PaperKind kind, PaperSubject subject) {
        PaperFacts facts = kinds.source(kind.code()).facts(subject);
        List<String> missing = missing(kind, subject, facts);
        if (!missing.isEmpty()) throw new Refusal(missing.get(0));
        return facts;
    }

    /** @param number null: a draft */
    private byte[] render(Paper paper, PaperFacts facts, @Nullable String number, @Nullable LocalDate day) {
        PaperKind kind = kinds.get(paper.kind());
        Map<String, String> texts = new LinkedHashMap<>(facts.texts());
        texts.putAll(paper.inputs());
        texts.put(DefaultTemplate.ORGAN, paper.issuerName());
        texts.put(DefaultTemplate.NUMBER, number == null ? pendingNumber(paper, kind) : number);
        texts.put(DefaultTemplate.DAY, day == null ? HandEdited.pendingDay(year()) : DAY.format(day));
        texts.put(DefaultTemplate.PRINTED, day == null ? HandEdited.pendingDay(year()) : DAY.format(day));
        texts.put(DefaultTemplate.SIGNER, Objects.requireNonNullElse(paper.signer(), HandEdited.PENDING_SIGNER));
        texts.put(DefaultTemplate.CONTACT, issuers.get(paper.issuer()).address());
        texts.put(DefaultTemplate.DEMONSTRATION, demonstration.loaded() ? "演示" : "");
        return Filling.fill(
                templates.content(paper.kind(), templates.used(paper.kind())),
                kind,
                texts,
                facts.tables(),
                facts.code2d());
    }

    private String pendingNumber(Paper paper, PaperKind kind) {
        PaperSeries series = kind.series();
        return series == null
                ? ""
                : Issuers.DocumentNumber.text(Issuers.word(issuers.get(paper.issuer()), series), year(), "　");
    }

    private int year() {
        return ChineseTime.day(clock.instant()).getYear();
    }

    private void file(Paper paper, String purpose, byte[] content, @Nullable Integer templateVersion) {
        Actor who = who();
        String name = (paper.title() + ".docx").replaceAll("[\\\\/:*?\"<>|]", "");
        StoredDocument stored =
                documents.store(null, STEP, name, new ByteArrayInputStream(content), who.id(), who.name());
        keep(paper, stored, purpose);
        rows.file(paper.id(), purpose, stored.id(), templateVersion, who, clock.instant());
    }

    /** Drafts belong to the desk; what was issued belongs to the case, where it has one. */
    private void keep(Paper paper, StoredDocument stored, String purpose) {
        String number = paper.caseNumber();
        if (number == null || purpose.equals("draft") || purpose.equals("edited")) {
            documents.keep(stored.id(), "paperDraft/" + paper.id(), stored.personId());
        } else {
            documents.attach(number, List.of(stored.id()), ORIGIN + paper.kind());
        }
    }

    private Actor who() {
        return actor.get();
    }

    // ---- issuing

    /**
     * 编号发文: the number of this moment, and the final text with it. Of a sheet (表单), which has no number, the text of this day.
     *
     * @param day 成文日期: the day on which it was signed; not after today
     * @param signer 签发人; may be empty for sheets
     * @throws Refusal what is missing; the number is not spent then
     */
    public void issue(long id, int version, @Nullable String signer, @Nullable LocalDate day, String person) {
        Paper paper = held(id, version, person);
        if (!paper.draft()) throw new Refusal("这份公文" + paper.state().label() + "，不用再编号。");
        // asked of a text that was changed by hand too: it states the same facts
        issue(paper, kinds.get(paper.kind()), complete(paper), signer, day);
    }

    private void issue(
            Paper paper, PaperKind kind, PaperFacts facts, @Nullable String signer, @Nullable LocalDate day) {
        long id = paper.id();
        String by = signer == null ? "" : signer.strip();
        if (kind.numbered() && by.isEmpty()) throw new Refusal("signer", "请填写「签发人」，没有签发的公文不能编号。");
        if (by.length() > LONGEST_SIGNER) throw new Refusal("signer", "「签发人」最多" + LONGEST_SIGNER + "字，请缩短。");
        LocalDate today = ChineseTime.day(clock.instant());
        if (day == null) throw new Refusal("day", "请填写「成文日期」。");
        if (day.isAfter(today)) throw new Refusal("day", "「成文日期」不能晚于今天，请改为签发的日期。");
        if (kind.numbered() && day.getYear() != today.getYear()) {
            throw new Refusal("day", "「成文日期」与文号的年份（" + today.getYear() + "年）不一致，请改为今年的日期。");
        }
        Issuers.DocumentNumber number = number(paper, kind);
        List<Paper.File> files = rows.files(id);
        Paper.File last = files.get(files.size() - 1);
        rows.issued(id, number, day, by, who(), clock.instant());
        Paper issued = rows.get(id);
        byte[] text = last.purpose().equals("edited")
                ? HandEdited.filled(content(last), number, DAY.format(day), by)
                : render(issued, facts, number == null ? "" : number.text(), day);
        file(issued, "issued", text, last.purpose().equals("edited") ? null : templates.used(paper.kind()));
        told(issued, kind, "发出" + issued.title());
        audit.record("paper.issue", issued.caseNumber(), issued.title() + "，" + id);
    }

    /** A number that was given by hand beside the series is not given twice. */
    private Issuers.@Nullable DocumentNumber number(Paper paper, PaperKind kind) {
        PaperSeries series = kind.series();
        if (series == null) return null;
        String word = Issuers.word(issuers.get(paper.issuer()), series);
        Issuers.DocumentNumber number = issuers.next(word);
        while (usedElsewhere(paper.issuer(), number.text())) number = issuers.next(word);
        return number;
    }

    private boolean usedElsewhere(String issuer, String number) {
        return kinds.sources().stream().anyMatch(source -> source.usedElsewhere(issuer, number));
    }

    /** Everybody who reads the case is told of a paper that everybody may read. */
    private void told(Paper paper, PaperKind kind, String what) {
        String number = paper.caseNumber();
        if (number != null) caseFiles.happened(number, kind.open() ? what : INSIDE + what, null);
    }

    /**
     * The sealed scan, or the file that the city's seal system signed. Each one is kept; the latest counts.
     *
     * @throws Refusal it was not issued, or the file is of a kind that is not taken
     */
    public void seal(long id, int version, String name, InputStream content, String person) {
        Paper paper = held(id, version, person);
        if (!paper.issued()) throw new Refusal("这份公文还没有编号发文，不能收存盖章件；请先编号发文。");
        Actor who = who();
        StoredDocument stored = documents.store(null, STEP, name, content, who.id(), who.name());
        if (!List.of("application/pdf", "application/ofd", "image/png", "image/jpeg")
                .contains(stored.mediaType())) {
            throw new Refusal("file", "盖章件收PDF、OFD或扫描图片，请转换后再上传。");
        }
        keep(paper, stored, "sealed");
        rows.file(id, "sealed", stored.id(), null, who, clock.instant());
        rows.touched(id);
        told(paper, kinds.get(paper.kind()), paper.title() + "已盖章归卷");
        audit.record("paper.seal", paper.caseNumber(), paper.title() + "，" + id);
    }

    /** 作废: the number stays spent and the register says why. A draft is dropped and had none. */
    public void end(long id, int version, @Nullable String reason, String person) {
        Paper paper = held(id, version, person);
        String why = reason == null ? "" : reason.strip();
        if (why.isEmpty() || why.length() > LONGEST_REASON) {
            throw new Refusal("reason", "请填写「原因」，最多" + LONGEST_REASON + "字。");
        }
        if (!paper.draft() && !paper.issued())
            throw new Refusal("这份公文" + paper.state().label() + "，不用再办。");
        boolean wasIssued = paper.issued();
        rows.ended(id, wasIssued ? Paper.State.VOID : Paper.State.DROPPED, why, who(), clock.instant());
        if (wasIssued) told(paper, kinds.get(paper.kind()), paper.title() + "作废");
        audit.record(wasIssued ? "paper.void" : "paper.drop", paper.caseNumber(), paper.title() + "，" + id);
    }

    // ---- reading

    /** @param signer who would sign it, as far as the case tells */
    public record View(Paper paper, PaperKind kind, List<Paper.File> files, String signer, String today) {

        public boolean sealed() {
            return files.stream().anyMatch(Paper.File::sealed);
        }
    }

    /** @throws Refusal there is none, or not this person's business: the same sentence */
    public View read(long id, String person) {
        Paper paper = visible(id, person);
        PaperKind kind = kinds.get(paper.kind());
        String signer = paper.signer();
        if (signer == null && paper.draft()) signer = kinds.source(paper.kind()).signer(paper.kind(), paper.subject());
        audit.record("paper.read", paper.caseNumber(), paper.title() + "，" + id);
        return new View(
                paper,
                kind,
                rows.files(id),
                signer == null ? "" : signer,
                ChineseTime.day(clock.instant()).toString());
    }

    private Paper visible(long id, String person) {
        Paper paper = rows.get(id);
        if (!mine(paper.desk(), person)) throw new Refusal("没有这份公文，请从公文页重新进入。");
        return paper;
    }

    /** @param content to be closed */
    public record Opened(StoredDocument document, InputStream content) {}

    /** @throws Refusal no such file, or not this person's business */
    public StoredDocument file(long id, int fileVersion, String person) {
        Paper paper = visible(id, person);
        Paper.File file = rows.files(id).stream()
                .filter(one -> one.version() == fileVersion)
                .findFirst()
                .orElseThrow(() -> new Refusal("没有这份公文的这个文本，请刷新页面。"));
        audit.record("paper.readFile", paper.caseNumber(), paper.title() + "，" + file.purposeLabel() + fileVersion);
        return documents.find(file.documentId()).orElseThrow(() -> new Refusal("没有这份公文的这个文本，请刷新页面。"));
    }

    /** @throws Refusal no such file, or not this person's business */
    public Opened open(long id, int fileVersion, String person) {
        StoredDocument document = file(id, fileVersion, person);
        return new Opened(document, documents.open(document.id()));
    }

    /** The sealed one, where there is one. @throws Refusal there is no such paper, or not this person's business */
    StoredDocument latestText(long id, String person) {
        visible(id, person);
        List<Paper.File> files = rows.files(id);
        return file(id, files.get(files.size() - 1).version(), person);
    }

    private byte[] content(Paper.File file) {
        try (InputStream in = documents.open(file.documentId())) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 发文稿纸 of a numbered paper, with what is known of who said what. */
    public byte[] signingSheet(long id, String person) {
        Paper paper = visible(id, person);
        PaperKind kind = kinds.get(paper.kind());
        if (!kind.numbered()) throw new Refusal("“" + kind.name() + "”是表单，不用发文稿纸。");
        Map<String, String> texts = new TreeMap<>();
        kinds.source(paper.kind())
                .find(paper.kind(), paper.subject())
                .ifPresent(subject ->
                        texts.putAll(kinds.source(paper.kind()).facts(subject).signing()));
        texts.put(DefaultTemplate.ORGAN, paper.issuerName());
        texts.put(DefaultTemplate.NUMBER, Objects.requireNonNullElse(paper.number(), pendingNumber(paper, kind)));
        texts.put("标题", paper.kindName() + "（" + paper.label() + "）");
        texts.put(DefaultTemplate.MAIN_TO, paper.inputs().getOrDefault(DefaultTemplate.MAIN_TO, ""));
        texts.put(DefaultTemplate.COPY_TO, paper.inputs().getOrDefault(DefaultTemplate.COPY_TO, ""));
        texts.put("拟稿单位", paper.issuerName());
        texts.putIfAbsent("拟稿人", paper.madeName() + "　" + DAY.format(ChineseTime.day(paper.madeAt())));
        texts.putIfAbsent("缓急", "平件");
        LocalDate day = paper.day();
        if (day != null) texts.put(DefaultTemplate.DAY, DAY.format(day));
        String signer = paper.signer();
        if (signer != null) texts.put(DefaultTemplate.SIGNER, signer);
        audit.record("paper.signingSheet", paper.caseNumber(), paper.title() + "，" + id);
        String sheet = PaperKinds.SIGNING_SHEET.code();
        return Filling.fill(
                templates.content(sheet, templates.used(sheet)), PaperKinds.SIGNING_SHEET, texts, Map.of(), null);
    }

    /** The latest papers of the organs this person works for. */
    @Transactional(readOnly = true)
    public List<Paper> latest(String person) {
        List<String> groups = people.groupsOf(person);
        return rows.ofIssuers(issuersOf(person), LATEST).stream()
                .filter(paper -> groups.stream().anyMatch(paper.desk()::contains))
                .toList();
    }

    /** Organs in whose name this person makes papers. */
    private List<String> issuersOf(String person) {
        return kinds.sources().stream()
                .flatMap(source -> source.issuersOf(people.groupsOf(person)).stream())
                .distinct()
                .toList();
    }

    /** 发文登记簿: every number of a year, with those that were voided. */
    public record Register(Issuers.Issuer issuer, int year, List<Paper> papers) {}

    /** @param year 0: this one */
    public List<Register> registers(int year, String person) {
        int wanted = year == 0 ? ChineseTime.day(clock.instant()).getYear() : year;
        List<Register> all = issuersOf(person).stream()
                .map(unit -> new Register(issuers.get(unit), wanted, rows.numbered(unit, wanted)))
                .toList();
        audit.record("paper.readRegister", null, wanted + "年");
        return all;
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Issued> latest(String kind, String subjectKey) {
        return rows.lastIssued(kind, subjectKey)
                .map(paper -> new Issued(
                        paper.id(),
                        Objects.requireNonNullElse(paper.number(), ""),
                        Objects.requireNonNull(paper.day()),
                        Objects.requireNonNullElse(paper.signer(), ""),
                        rows.files(paper.id()).stream().anyMatch(Paper.File::sealed)));
    }

    @Override
    @Transactional(readOnly = true)
    public List<WentOut> ofCase(String caseNumber) {
        return rows.ofCase(caseNumber).stream()
                .filter(paper -> paper.issuedAt() != null)
                .map(PaperDesk::wentOut)
                .toList();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<WentOut> ofDocument(String documentId) {
        return rows.ofDocument(documentId).map(PaperDesk::wentOut);
    }

    @Override
    @Transactional(readOnly = true)
    public Map<String, List<String>> unfinished(Collection<String> caseNumbers) {
        Map<String, List<String>> all = new HashMap<>();
        for (Paper paper : rows.unsealed(caseNumbers)) {
            String what = paper.draft()
                    ? "公文“" + paper.title() + "”还在拟稿，没有发文也没有撤稿"
                    : sealable(kinds.get(paper.kind())) ? "缺“" + paper.title() + "”的盖章件" : null;
            if (what != null) {
                all.computeIfAbsent(Objects.requireNonNull(paper.caseNumber()), one -> new ArrayList<>())
                        .add(what);
            }
        }
        return all;
    }

    private static WentOut wentOut(Paper paper) {
        return new WentOut(paper.kind(), paper.subject(), paper.title());
    }

    @Override
    @Transactional(readOnly = true)
    public Map<String, String> voided(String caseNumber) {
        return rows.voided(caseNumber);
    }

    @Override
    @Transactional(readOnly = true)
    public Map<String, Imprint> imprints(String caseNumber) {
        return rows.imprints(caseNumber);
    }

    /** Sheets are no letters: they have neither number nor seal. */
    public static boolean sealable(PaperKind kind) {
        return kind.form() != PaperForm.SHEET;
    }
}
