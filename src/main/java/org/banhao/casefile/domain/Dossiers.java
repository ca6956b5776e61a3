package org.banhao.casefile.domain;

import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.base.StandingIn;
import org.banhao.base.StandingIn.Absent;
import org.banhao.calendar.Deadline;
import org.banhao.calendar.Deadlines;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseLink;
import org.banhao.casefile.CaseRead;
import org.banhao.casefile.CaseReading;
import org.banhao.casefile.CaseRow;
import org.banhao.casefile.CaseView;
import org.banhao.casefile.DueLight;
import org.banhao.casefile.OpenStep;
import org.banhao.casefile.TimelineEntry;
import org.banhao.document.Documents;
import org.banhao.document.KeptUploads;
import org.banhao.document.StoredDocument;
import org.banhao.flow.StepForms;
import org.banhao.people.People;
import org.banhao.people.Person;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Puts the dossier of a case together for one reader, and says who may read what of it. */
@Component
public class Dossiers implements KeptUploads, CaseReading {
    private static final String START = "start:";
    private static final String DRAFT = "draft:";

    /** Kinds of links a person makes; others come about by what is decided. */
    private static final List<String> LINKS = List.of("similar", "followUp");

    private final CaseFiles cases;
    private final OpenStepRows steps;
    private final Deadlines deadlines;
    private final Documents documents;
    private final People people;
    private final Audit audit;
    private final Clock clock;
    private final StepForms forms;
    private final Suspensions suspensions;
    private final StandInSteps standIns;
    private final ArchiveRows archive;
    private final ObjectProvider<CaseView> views;
    private final ApplicationEventPublisher events;

    Dossiers(
            CaseFiles cases,
            OpenStepRows steps,
            Deadlines deadlines,
            Documents documents,
            People people,
            Audit audit,
            Clock clock,
            StepForms forms,
            Suspensions suspensions,
            StandInSteps standIns,
            ArchiveRows archive,
            ObjectProvider<CaseView> views,
            ApplicationEventPublisher events) {
        this.cases = cases;
        this.steps = steps;
        this.deadlines = deadlines;
        this.documents = documents;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
        this.forms = forms;
        this.suspensions = suspensions;
        this.standIns = standIns;
        this.archive = archive;
        this.views = views;
        this.events = events;
    }

    /**
     * Everything the page and the 卷宗 tab show.
     *
     * @param suspended the case rests (暂停办理); null: it does not
     * @param texts that have more than one version
     * @param links only to cases the reader may read as well, like those that are similar
     * @param kept the reader keeps the file, see {@link CaseView#keepers}
     * @param archived null: it does not lie in the archive
     */
    public record Dossier(
            CaseRow row,
            Suspensions.@Nullable Suspension suspended,
            Map<String, String> summary,
            List<CaseView.Section> sections,
            List<CaseView.Action> actions,
            List<WaitingStep> steps,
            List<DeadlineLine> deadlines,
            List<Paper> papers,
            List<CaseView.VersionedText> texts,
            List<CaseLink> links,
            List<SimilarCase> similar,
            List<TimelineEntry> timeline,
            boolean kept,
            @Nullable Archived archived) {}

    /**
     * @param older versions before, newest first
     * @param revisable this reader may hand in a new version
     * @param voided why it does not hold any more (作废); null: it does
     */
    public record Paper(
            StoredDocument latest,
            List<StoredDocument> older,
            boolean revisable,
            @Nullable String voided) {}

    /** @param title in pieces: those the other title has too are marked */
    public record SimilarCase(String number, List<Piece> title, String words, String statusName) {}

    public record Piece(String text, boolean marked) {}

    /** @param who 暴晓岚, or the groups that are asked: 提案委员会办公室工作人员（待签收） */
    public record WaitingStep(
            String name, String who, @Nullable Instant due, DueLight light) {}

    /** @param word what stands at the light: 还有3天, 已办, 已取消, 已过期限 */
    public record DeadlineLine(Deadline deadline, String light, String word) {

        /** Nobody owes it any more: how its date came about matters to nobody who reads what is to be done. */
        public boolean settled() {
            return deadline.state().equals("met") || deadline.state().equals("cancelled");
        }
    }

    /**
     * The dossier, and a line in the audit; empty when there is no such case or the person may not read it: the two are not
     * to be told apart.
     *
     * @param where page it is read on, for the audit
     */
    @Transactional
    public Optional<Dossier> read(String number, String personId, List<String> groups, String where) {
        if (!mayRead(number, personId, groups)) return Optional.empty();
        return cases.find(number).map(row -> {
            audit.record("casefile.read", number, where);
            events.publishEvent(new CaseRead(number, personId));
            return dossier(row, personId, groups);
        });
    }

    /** The case of an open task the person holds or that is offered to one of his groups, or whose case he may read. */
    @Transactional(readOnly = true)
    public Optional<String> caseOfTask(String taskId, String personId, List<String> groups) {
        return steps.find(taskId)
                .map(OpenStep::caseNumber)
                .filter(number -> !number.isEmpty() && mayRead(number, personId, groups));
    }

    /**
     * Who takes part in the case; who is asked in it at the moment, or stands in for who is, because nobody can answer without having
     * read; and the offices that have such cases in their charge.
     */
    @Transactional(readOnly = true)
    public boolean mayRead(String number, String personId, List<String> groups) {
        if (cases.mayRead(number, personId, groups)) return true;
        List<OpenStep> open = steps.ofCase(number);
        return open.stream()
                        .anyMatch(s -> personId.equals(s.assignee())
                                || s.groups().stream().anyMatch(groups::contains))
                || inCharge(number, groups)
                || standIns.asked(open, personId);
    }

    @Override
    @Transactional(readOnly = true)
    public Set<String> readable(Collection<String> numbers, String personId, List<String> groups) {
        Set<String> readable = new HashSet<>(cases.readable(numbers, personId, groups));
        Map<String, List<OpenStep>> open =
                steps
                        .ofCases(numbers.stream()
                                .filter(one -> !readable.contains(one))
                                .toList())
                        .stream()
                        .collect(Collectors.groupingBy(OpenStep::caseNumber));
        open.forEach((number, some) -> {
            if (some.stream()
                    .anyMatch(s ->
                            personId.equals(s.assignee()) || s.groups().stream().anyMatch(groups::contains))) {
                readable.add(number);
            }
        });
        Collection<CaseRow> others = cases.all(
                        numbers.stream().filter(one -> !readable.contains(one)).toList())
                .values();
        views.stream().forEach(view -> {
            List<CaseRow> some = others.stream()
                    .filter(row -> row.kind().equals(view.kind()))
                    .toList();
            if (some.isEmpty()) return;
            Map<String, List<String>> readers = view.readers(some);
            some.stream()
                    .map(CaseRow::number)
                    .filter(number ->
                            readers.getOrDefault(number, List.of()).stream().anyMatch(groups::contains))
                    .forEach(readable::add);
        });
        open.forEach((number, some) -> {
            if (!readable.contains(number) && standIns.asked(some, personId)) readable.add(number);
        });
        return readable;
    }

    private boolean inCharge(String number, List<String> groups) {
        return cases.find(number)
                .filter(row -> views.stream()
                        .filter(view -> view.kind().equals(row.kind()))
                        .anyMatch(view -> view.readers(row).stream().anyMatch(groups::contains)))
                .isPresent();
    }

    /**
     * Whether the person may upload for this step (see {@link StoredDocument#step()}): who writes the draft, who may start the process,
     * who holds the task or may take it. Reading a case is not enough, and nothing is added to a case that rests.
     *
     * @throws Refusal he may not
     */
    @Transactional(readOnly = true)
    public void requireUpload(String step, String personId, List<String> groups) {
        if (!mayUpload(step, personId, groups)) {
            throw new Refusal("step", "这个事项不由您办理或已办完，不能上传文件，请刷新页面。");
        }
        String number = step.startsWith(DRAFT)
                ? step.substring(DRAFT.length())
                : steps.find(step).map(OpenStep::caseNumber).orElse("");
        if (suspensions.of(number).isPresent()) {
            throw new Refusal("step", "案件" + number + "已暂停办理，恢复后才能上传文件。");
        }
    }

    private boolean mayUpload(String step, String personId, List<String> groups) {
        if (step.startsWith(START)) return forms.mayStart(step.substring(START.length()), personId, groups);
        if (step.startsWith(DRAFT)) return personId.equals(writer(step.substring(DRAFT.length())));
        return steps.find(step)
                        .filter(s -> s.assignee() == null
                                ? s.groups().stream().anyMatch(groups::contains)
                                : personId.equals(s.assignee()))
                        .isPresent()
                || standsIn(step, personId, groups);
    }

    /** What is recorded of the upload names both. */
    private boolean standsIn(String step, String personId, List<String> groups) {
        Absent absent = standIns.forTask(step, personId, groups);
        if (absent != null) StandingIn.beginIfAsked(absent);
        return absent != null;
    }

    /** Only who uploaded it sees it until it is handed in. */
    @Override
    @Transactional(readOnly = true)
    public boolean mayRead(StoredDocument document, String personId, List<String> groups) {
        String number = document.caseNumber();
        if (document.step() != null || number == null) {
            // what was handed in elsewhere is opened by those who keep it
            return document.origin() == null && document.personId().equals(personId);
        }
        CaseRow row = cases.get(number);
        StoredDocument first = first(document);
        return (document.personId().equals(personId) || open(row, first, personId, groups))
                        && mayRead(number, personId, groups)
                || view(row).filter(v -> v.broughtTo(row, first, personId)).isPresent();
    }

    /** All versions are open to whom the first one is. */
    private StoredDocument first(StoredDocument document) {
        return document.versionOf() == null
                ? document
                : documents.find(document.versionOf()).orElse(document);
    }

    @Override
    @Transactional(readOnly = true)
    public List<StoredDocument> papers(String number, String personId, List<String> groups) {
        return versions(cases.get(number), personId, groups).stream()
                .map(all -> all.get(all.size() - 1))
                .toList();
    }

    @Override
    @Transactional(readOnly = true)
    public Map<String, String> voided(String number) {
        return voided(cases.get(number));
    }

    private Map<String, String> voided(CaseRow row) {
        return view(row).map(v -> v.voided(row)).orElse(Map.of());
    }

    /** Each paper with all its versions, oldest first. */
    private List<List<StoredDocument>> versions(CaseRow row, String personId, List<String> groups) {
        Map<String, List<StoredDocument>> all = new LinkedHashMap<>();
        documents
                .ofCase(row.number())
                .forEach(one -> all.computeIfAbsent(one.first(), first -> new ArrayList<>())
                        .add(one));
        all.values().forEach(versions -> versions.sort(Comparator.comparingInt(StoredDocument::version)));
        return all.values().stream()
                .filter(versions ->
                        versions.stream().anyMatch(one -> one.personId().equals(personId))
                                || open(row, first(versions.get(0)), personId, groups))
                .toList();
    }

    /** Whoever handed in a version of it hands in the next one, as long as the case is at work. */
    private boolean revisable(CaseRow row, List<StoredDocument> versions, String personId) {
        return row.closed() == null
                && suspensions.of(row.number()).isEmpty()
                && !fixed(row, versions.get(0))
                && versions.stream().anyMatch(one -> one.personId().equals(personId));
    }

    private boolean fixed(CaseRow row, StoredDocument paper) {
        return views.stream().filter(view -> view.kind().equals(row.kind())).anyMatch(view -> view.fixed(row, paper));
    }

    /**
     * Hands in a new version of a paper; the ones before stay.
     *
     * @throws Refusal not a paper of this case, not his to change, the case is closed or rests; see {@link Documents#revise}
     */
    @Transactional
    public void revise(
            String number,
            String document,
            String name,
            InputStream content,
            @Nullable String reason,
            Person person,
            List<String> groups) {
        CaseRow row = cases.find(number)
                .filter(found -> mayRead(number, person.id(), groups))
                .orElseThrow(() -> new Refusal("没有这个案件，请核对案件编号后重试。"));
        List<StoredDocument> versions = versions(row, person.id(), groups).stream()
                .filter(all -> all.stream().anyMatch(one -> one.id().equals(document)))
                .findFirst()
                .orElseThrow(() -> new Refusal("file", "没有这份材料，请刷新页面后重试。"));
        if (fixed(row, versions.get(0))) {
            throw new Refusal("file", "已经发出的公文、答复和会办意见不能更新；公文有误的，请在“公文”页作废后重新拟稿；答复和会办意见有误的，请与提案委员会办公室联系。");
        }
        if (!revisable(row, versions, person.id())) {
            throw new Refusal("file", "只有提交这份材料的人可以更新它，而且案件要在办理之中；需要更新的，请与提交人联系。");
        }
        StoredDocument made = documents.revise(document, name, content, reason, person.id(), person.name());
        // who reads the history may not know of the paper: neither its name nor why
        cases.happened(number, "更新材料（第" + made.version() + "版）", null);
        audit.record("casefile.revisePaper", number, made.id());
    }

    /**
     * Links two cases as similar or as one following the other, for who keeps the file.
     *
     * @param kind {@code similar} or {@code followUp}
     * @throws Refusal not a keeper, no such case, or one he may not read
     */
    @Transactional
    public void link(String number, String kind, String to, String personId, List<String> groups) {
        requireKept(number, personId, groups);
        String other = to.strip().toUpperCase(Locale.ROOT);
        if (!LINKS.contains(kind)) throw new Refusal("kind", "请选择「关联方式」。");
        if (cases.find(other).isEmpty() || !mayRead(other, personId, groups)) {
            throw new Refusal("to", "没有找到案件" + other + "，请核对「关联案件」的编号，如TA-2026-000123。");
        }
        cases.link(number, kind, other);
    }

    /** @throws Refusal not a keeper */
    @Transactional
    public void unlink(String number, String kind, String to, String personId, List<String> groups) {
        requireKept(number, personId, groups);
        if (!LINKS.contains(kind)) throw new Refusal("kind", "这个关联由办理过程形成，不能在这里取消。");
        cases.unlink(number, kind, to);
        cases.unlink(to, kind, number);
    }

    private void requireKept(String number, String personId, List<String> groups) {
        boolean kept = mayRead(number, personId, groups)
                && cases.find(number).filter(row -> kept(row, groups)).isPresent();
        if (!kept) throw new Refusal("关联案件由管理案卷的人员办理，请与提案委员会办公室联系。");
    }

    private boolean kept(CaseRow row, List<String> groups) {
        return view(row)
                .filter(v -> v.keepers(row).stream().anyMatch(groups::contains))
                .isPresent();
    }

    private boolean open(CaseRow row, StoredDocument document, String personId, List<String> groups) {
        return document.personId().equals(personId)
                || view(row).filter(v -> v.shows(row, document, groups)).isPresent();
    }

    @Override
    @Transactional(readOnly = true)
    public List<TimelineEntry> timeline(String number, List<String> groups) {
        CaseRow row = cases.get(number);
        Optional<CaseView> view = view(row);
        return cases.timeline(number).stream()
                .filter(entry -> view.map(v -> v.tells(row, entry, groups)).orElse(true))
                .toList();
    }

    /** Who writes the draft of that number, or null. */
    private @Nullable String writer(String number) {
        CaseRow row = cases.find(number).orElse(null);
        if (row == null) return null;
        return view(row).map(v -> v.writer(row)).orElse(null);
    }

    /**
     * An upload waits for its form or draft: as long as the draft of the case has a writer, or somebody's half-filled form names the
     * file. Whatever else was never handed in may go.
     */
    @Override
    @Transactional(readOnly = true)
    public boolean keeps(StoredDocument upload) {
        String step = upload.step();
        if (step == null) return true;
        return step.startsWith(DRAFT)
                ? writer(step.substring(DRAFT.length())) != null
                : forms.drafted(step, upload.personId(), upload.id());
    }

    private Dossier dossier(CaseRow row, String personId, List<String> groups) {
        Instant now = clock.instant();
        String number = row.number();
        Optional<CaseView> view = view(row);
        Map<String, String> voided = voided(row);
        return new Dossier(
                view.map(v -> row.told(v.statusName(row, groups))).orElse(row),
                suspensions.of(number).orElse(null),
                view.map(v -> v.summary(row)).orElse(Map.of()),
                view.map(v -> v.sections(row, personId, groups)).orElse(List.of()),
                view.map(v -> v.actions(row, groups)).orElse(List.of()),
                steps.ofCase(number).stream().map(s -> waiting(s, now)).toList(),
                deadlines.of(number).stream()
                        .map(d -> line(d, now))
                        .sorted(Comparator.comparing(DeadlineLine::settled))
                        .toList(),
                versions(row, personId, groups).stream()
                        .map(all -> paper(row, all, voided, personId))
                        .toList(),
                view.map(v -> v.texts(row, personId, groups)).orElse(List.of()).stream()
                        .filter(text -> text.versions().size() > 1)
                        .toList(),
                cases.links(number).stream()
                        .filter(link -> mayRead(link.number(), personId, groups))
                        .map(link -> told(link, groups))
                        .toList(),
                view.map(v -> v.similar(row, groups)).orElse(List.of()).stream()
                        .filter(other -> mayRead(other.number(), personId, groups))
                        .map(other -> similar(other, groups))
                        .toList(),
                timeline(number, groups),
                kept(row, groups),
                archive.of(number).orElse(null));
    }

    private Paper paper(CaseRow row, List<StoredDocument> versions, Map<String, String> voided, String personId) {
        List<StoredDocument> older = new ArrayList<>(versions.subList(0, versions.size() - 1));
        Collections.reverse(older);
        return new Paper(
                versions.get(versions.size() - 1),
                older,
                revisable(row, versions, personId),
                voided.get(versions.get(0).id()));
    }

    private SimilarCase similar(CaseView.Similar other, List<String> groups) {
        CaseRow row = cases.get(other.number());
        return new SimilarCase(
                row.number(),
                marked(row.title(), other.words()),
                String.join("、", other.words()),
                view(row).map(v -> v.statusName(row, groups)).orElse(row.statusName()));
    }

    /** The title in pieces, with the words marked wherever they stand. */
    static List<Piece> marked(String title, List<String> words) {
        List<Piece> pieces = new ArrayList<>();
        int plain = 0;
        int at = 0;
        while (at < title.length()) {
            int from = at;
            String word = words.stream()
                    .filter(one -> !one.isEmpty() && title.startsWith(one, from))
                    .max(Comparator.comparingInt(String::length))
                    .orElse(null);
            if (word == null) {
                at++;
                continue;
            }
            if (plain < at) pieces.add(new Piece(title.substring(plain, at), false));
            pieces.add(new Piece(word, true));
            at += word.length();
            plain = at;
        }
        if (plain < title.length()) pieces.add(new Piece(title.substring(plain), false));
        return pieces;
    }

    private Optional<CaseView> view(CaseRow row) {
        return views.stream().filter(v -> v.kind().equals(row.kind())).findFirst();
    }

    private CaseLink told(CaseLink link, List<String> groups) {
        CaseRow other = cases.get(link.number());
        String statusName = view(other).map(v -> v.statusName(other, groups)).orElse(link.statusName());
        return new CaseLink(link.kind(), link.kindName(), link.outgoing(), link.number(), link.title(), statusName);
    }

    private WaitingStep waiting(OpenStep step, Instant now) {
        String who = step.assignee() != null
                ? people.nameOf(step.assignee())
                : String.join("、", step.groups().stream().map(people::groupName).toList()) + "（待签收）";
        return new WaitingStep(step.name(), who, step.due(), DueLight.of(step.due(), now));
    }

    private static DeadlineLine line(Deadline deadline, Instant now) {
        DueLight light = DueLight.of(deadline.due(), now);
        return switch (deadline.state()) {
            case "met" -> new DeadlineLine(deadline, "none", "已办");
            case "cancelled" -> new DeadlineLine(deadline, "none", "已取消");
            case "lapsed" -> new DeadlineLine(deadline, "late", "已过期限");
            default -> new DeadlineLine(deadline, light.light(), light.text());
        };
    }
}
