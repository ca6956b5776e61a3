package org.banhao.proposal.domain.handling;

import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.calendar.Deadlines;
import org.banhao.casefile.CaseFiles;
import org.banhao.document.Documents;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.banhao.people.Unit;
import org.banhao.proposal.domain.Informing;
import org.banhao.proposal.domain.MergeEnded;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.Texts;
import org.banhao.proposal.domain.assignment.Assignment;
import org.banhao.proposal.domain.assignment.Assignments;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 联系与协商: entries made at any time, over one or several cases and units; nobody completes a step to say that he telephoned.
 * The way to sign-off looks at them.
 */
@Service
@Transactional
public class Consultations {

    /** What files of an entry are handed in with, see {@code StoredDocument.origin}. */
    static final String ORIGIN = "consultation";

    private static final int LONGEST_VIEWS = 3_000;
    private static final int LONGEST_LINES = 1_000;
    private static final int LONGEST_REASON = 200;
    private static final int LONGEST_ONCE = 36;

    private final ConsultationRows rows;
    private final HandlingRows handlings;
    private final Assignments assignments;
    private final Proposals proposals;
    private final ProposersOf proposersOf;
    private final CaseFiles caseFiles;
    private final Documents documents;
    private final Deadlines deadlines;
    private final People people;
    private final Audit audit;
    private final Informing informing;
    private final Clock clock;

    Consultations(
            ConsultationRows rows,
            HandlingRows handlings,
            Assignments assignments,
            Proposals proposals,
            ProposersOf proposersOf,
            CaseFiles caseFiles,
            Documents documents,
            Deadlines deadlines,
            People people,
            Audit audit,
            Informing informing,
            Clock clock) {
        this.rows = rows;
        this.handlings = handlings;
        this.assignments = assignments;
        this.proposals = proposals;
        this.proposersOf = proposersOf;
        this.caseFiles = caseFiles;
        this.documents = documents;
        this.deadlines = deadlines;
        this.people = people;
        this.audit = audit;
        this.informing = informing;
        this.clock = clock;
    }

    /**
     * An entry as it was typed.
     *
     * @param caseNumbers the first one is the case it was entered at
     * @param units whose contact it is
     * @param proposers of all these cases, each present or not
     */
    public record Entry(
            List<String> caseNumbers,
            List<String> units,
            @Nullable ConsultationKind kind,
            @Nullable ConsultationStage stage,
            @Nullable LocalDateTime heldAt,
            @Nullable String place,
            @Nullable String convener,
            @Nullable String people,
            @Nullable String unitLeader,
            List<Presence> proposers,
            @Nullable String views,
            List<Agreed> agreed,
            @Nullable String differences) {}

    public record Presence(
            String caseNumber,
            String personId,
            boolean present,
            @Nullable String absenceReason) {}

    /** @param unit id of the unit that owns it, one of those whose contact it is */
    public record Agreed(
            @Nullable String content,
            @Nullable String unit,
            @Nullable LocalDate due) {}

    public record Upload(String name, InputStream content) {}

    /** What the page offers for these cases. */
    public record Choices(List<Case> cases, List<UnitChoice> units, List<ProposerChoice> proposers) {

        public record Case(String caseNumber, String numberLine, String title) {}

        public record UnitChoice(String id, String line) {}

        public record ProposerChoice(String caseNumber, String personId, String name) {}
    }

    /** @throws Refusal there is no such case, it is not handled, or the person takes no part in it */
    @Transactional(readOnly = true)
    public Choices choices(List<String> caseNumbers, String person) {
        List<String> mine = people.groupsOf(person);
        Set<String> numbers = new LinkedHashSet<>(caseNumbers);
        List<Choices.Case> cases = new ArrayList<>();
        Set<Choices.UnitChoice> units = new LinkedHashSet<>();
        List<Choices.ProposerChoice> proposers = new ArrayList<>();
        for (String number : numbers) {
            List<Assignment> holding = takesPart(number, mine);
            Proposal proposal = proposals.get(number);
            cases.add(new Choices.Case(number, proposals.numberLine(proposal), proposal.title()));
            holding.forEach(
                    assignment -> units.add(new Choices.UnitChoice(assignment.unitId(), assignment.unitName())));
            proposersOf
                    .all(number)
                    .forEach(one -> proposers.add(
                            new Choices.ProposerChoice(one.caseNumber(), one.personId(), one.line(number))));
        }
        return new Choices(
                cases, List.copyOf(units), proposers.stream().distinct().toList());
    }

    /** Who enters takes part himself: a unit's liaison or handler, or the committee. */
    private List<Assignment> takesPart(String caseNumber, List<String> groups) {
        List<Assignment> holding = assignments.holding(caseNumber);
        boolean unit = holding.stream()
                .anyMatch(assignment -> groups.contains(assignment.unitId() + ".liaison")
                        || groups.contains(assignment.unitId() + ".handler"));
        if (!committee(groups) && !unit) {
            throw new Refusal("caseNumber", "没有这件提案，或者不由您的单位承办，请核对案号。");
        }
        if (holding.isEmpty()) {
            throw new Refusal("caseNumber", "提案" + caseNumber + "还没有交办，不能登记联系或协商，请核对案号。");
        }
        return holding;
    }

    /** The same where nothing can be sent twice. */
    public long record(Entry entry, List<Upload> files, String person) {
        return record(entry, files, person, null);
    }

    /**
     * Records it; agreed items join the register of commitments, files the case. First contacts that are thereby complete are met. An
     * item stands in each of the cases in which its owner takes part, and is looked back at in each: it is the answer to the proposers
     * of that case.
     *
     * @param once what the page carries that it was typed on: sent a second time, nothing is recorded again. Null: never sent twice
     * @return id of the entry, of the earlier one when it was sent before
     * @throws Refusal something is missing or impossible; names the field
     */
    public long record(Entry entry, List<Upload> files, String person, @Nullable String once) {
        String page = page(once);
        Optional<Long> before = before(page, person);
        if (before.isPresent()) {
            return before.get();
        }
        if (entry.caseNumbers().isEmpty()) {
            throw new Refusal("caseNumber", "请填写「提案」。");
        }
        Choices choices = choices(entry.caseNumbers(), person);
        ownUnitTakesPart(entry.units(), person);
        return write(entry, choices, files, person, page);
    }

    static @Nullable String page(@Nullable String once) {
        return once == null || once.isBlank() || once.length() > LONGEST_ONCE ? null : once.strip();
    }

    /** What was recorded from that very page. */
    Optional<Long> before(@Nullable String page, String person) {
        return page == null ? Optional.empty() : rows.ofPage(page, person);
    }

    /** @param choices that the entry is measured against: cases, units and who of those that propose stands in it */
    long write(Entry entry, Choices choices, List<Upload> files, String person, @Nullable String page) {
        List<String> numbers =
                choices.cases().stream().map(Choices.Case::caseNumber).toList();
        ConsultationKind kind = entry.kind();
        if (kind == null) {
            throw new Refusal("kind", "请选择「方式」。");
        }
        ConsultationStage stage = entry.stage();
        if (stage == null) {
            throw new Refusal("stage", "请选择「阶段」：办前、办中或者办后。");
        }
        if (entry.heldAt() == null) {
            throw new Refusal("heldAt", "请填写「时间」。");
        }
        Instant now = clock.instant();
        Instant heldAt = entry.heldAt().atZone(ChineseTime.ZONE).toInstant();
        if (heldAt.isAfter(now)) {
            throw new Refusal("heldAt", "「时间」还没有到，请在联系或协商以后登记。");
        }
        if (heldAt.isBefore(now.minus(java.time.Duration.ofDays(3 * 366)))) {
            throw new Refusal("heldAt", "「时间」在三年以前，请核对年份。");
        }
        String place = Texts.line(entry.place(), 200, "place", "地点");
        if (kind.inPerson() && place.isEmpty()) {
            throw new Refusal("place", "当面进行的请填写「地点」。");
        }
        String convener = Texts.line(entry.convener(), 100, "convener", "召集人");
        String present =
                Texts.text(entry.people(), LONGEST_LINES, "people", "参加人员").strip();
        if (kind.inPerson() && present.isEmpty()) {
            throw new Refusal("people", "当面进行的请填写「参加人员」，一行一人，写明职务。");
        }
        String leader = Texts.line(entry.unitLeader(), 200, "unitLeader", "参加的单位领导");
        String views = Texts.text(entry.views(), LONGEST_VIEWS, "views", "各方意见").strip();
        if (views.length() < 2) {
            throw new Refusal("views", "请填写「各方意见」，写提案者怎么说、单位怎么答。");
        }
        String differences = Texts.text(entry.differences(), LONGEST_LINES, "differences", "未取得一致的问题")
                .strip();
        List<Unit> units = units(entry.units(), choices);
        boolean committee = committee(people.groupsOf(person));
        List<Consultation.Attendance> attendance = attendance(entry.proposers(), choices);
        List<ConsultationRows.Agreed> agreed = agreed(entry.agreed(), units);
        String name = people.nameOf(person);

        long id = rows.insert(
                kind,
                stage,
                heldAt,
                place,
                convener,
                present,
                leader,
                views,
                differences,
                person,
                name,
                committee,
                now);
        if (page != null) {
            try {
                rows.onPage(id, page);
            } catch (DuplicateKeyException twice) {
                // two clicks at the same moment: the other one is recorded
                throw new Refusal("这次联系或协商已经登记，请勿重复提交，请刷新案件页查看。");
            }
        }
        numbers.forEach(number -> rows.ofCase(id, number));
        units.forEach(unit -> rows.ofUnit(id, unit));
        attendance.forEach(one -> rows.attended(id, one));
        for (String number : numbers) {
            for (Assignment part : assignments.holding(number)) {
                agreed.stream()
                        .filter(one -> one.owner().id().equals(part.unitId()))
                        .forEach(one -> rows.agreed(id, part, one, now));
            }
        }
        attach(id, numbers.get(0), files, person, name);
        for (String number : numbers) {
            String told = present(number, attendance);
            caseFiles.happened(
                    number,
                    stage.label() + "沟通：" + kind.label(),
                    units.stream().map(Unit::name).collect(Collectors.joining("、"))
                            + (told.isEmpty() ? "，提案者没有参加" : "与" + told));
            audit.record("proposal.consultation", number, kind.label());
            contacted(number);
        }
        attendance.stream()
                .filter(one -> !one.personId().equals(person))
                .forEach(one -> ask(id, one, kind, heldAt, units));
        return id;
    }

    private static boolean committee(List<String> groups) {
        return groups.contains(Roles.PROPOSAL_CLERK) || groups.contains(Roles.COMMITTEE_DIRECTOR);
    }

    /** Those of this case and of what is merged into it: who proposes another one of the same consultation is none of theirs to read. */
    private String present(String caseNumber, List<Consultation.Attendance> attendance) {
        Set<String> own = proposals.mergedInto(caseNumber).stream()
                .map(Proposal::caseNumber)
                .collect(Collectors.toSet());
        return attendance.stream()
                .filter(Consultation.Attendance::present)
                .filter(one -> one.caseNumber().equals(caseNumber) || own.contains(one.caseNumber()))
                .map(Consultation.Attendance::name)
                .collect(Collectors.joining("、"));
    }

    /** 确认纪要: each who stands in it is asked whether it was so, in his own case. */
    private void ask(long id, Consultation.Attendance who, ConsultationKind kind, Instant heldAt, List<Unit> units) {
        informing.one(
                proposals.get(who.caseNumber()),
                "consultationRecorded",
                String.valueOf(id),
                who.personId(),
                Map.of(
                        "kind",
                        kind.label(),
                        "held",
                        ChineseTime.text(heldAt),
                        "unit",
                        units.stream().map(Unit::name).collect(Collectors.joining("、"))));
    }

    /** A unit enters what it took part in; the committee what it knows of. @throws Refusal another unit's contact */
    private void ownUnitTakesPart(List<String> units, String person) {
        List<String> groups = people.groupsOf(person);
        if (!committee(groups)
                && !units.isEmpty()
                && units.stream().noneMatch(unit -> groups.stream().anyMatch(group -> group.startsWith(unit + ".")))) {
            throw new Refusal("units", "请在「单位」里选上本单位；没有参加的联系由参加的单位登记。");
        }
    }

    private List<Unit> units(List<String> wanted, Choices choices) {
        Set<String> ids = new LinkedHashSet<>(wanted);
        if (ids.isEmpty()) {
            throw new Refusal("units", "请选择「单位」，至少一个。");
        }
        return ids.stream()
                .map(id -> {
                    if (choices.units().stream().noneMatch(unit -> unit.id().equals(id))) {
                        throw new Refusal("units", "选了不承办这些提案的「单位」，请重新选择。");
                    }
                    return people.unit(id).orElseThrow(() -> new Refusal("units", "选了不承办这些提案的「单位」，请重新选择。"));
                })
                .toList();
    }

    private static List<Consultation.Attendance> attendance(List<Presence> presences, Choices choices) {
        List<Consultation.Attendance> attendance = new ArrayList<>();
        for (Choices.ProposerChoice proposer : choices.proposers()) {
            Presence presence = presences.stream()
                    .filter(one -> one.caseNumber().equals(proposer.caseNumber())
                            && one.personId().equals(proposer.personId()))
                    .findFirst()
                    .orElseThrow(() -> new Refusal("proposers", "请选择" + proposer.name() + "是否参加。"));
            String reason =
                    Texts.line(presence.absenceReason(), LONGEST_REASON, "proposers", proposer.name() + "没有参加的原因");
            if (!presence.present() && reason.isEmpty()) {
                throw new Refusal("proposers", proposer.name() + "没有参加的，请写明原因。");
            }
            attendance.add(new Consultation.Attendance(
                    proposer.caseNumber(),
                    proposer.personId(),
                    proposer.name(),
                    presence.present(),
                    presence.present() ? "" : reason));
        }
        return attendance;
    }

    private static List<ConsultationRows.Agreed> agreed(List<Agreed> lines, List<Unit> units) {
        List<ConsultationRows.Agreed> agreed = new ArrayList<>();
        for (Agreed line : lines) {
            String content = Texts.line(line.content(), 300, "agreed", "商定事项");
            String owner = line.unit() == null ? "" : line.unit();
            if (content.isEmpty()) {
                if (!owner.isEmpty() || line.due() != null) {
                    throw new Refusal("agreed", "「商定事项」有责任单位或日期却没有内容，请补上或者整行清空。");
                }
                continue;
            }
            if (owner.isEmpty()) {
                throw new Refusal("agreed", "请选择「商定事项」的责任单位：" + content + "。");
            }
            Unit unit = units.stream()
                    .filter(one -> one.id().equals(owner))
                    .findFirst()
                    .orElseThrow(() -> new Refusal("agreed", "「商定事项」的责任单位须是上面勾选的「单位」，请一并勾选或者另选：" + content + "。"));
            agreed.add(new ConsultationRows.Agreed(content, unit, line.due()));
        }
        return agreed;
    }

    private void attach(long id, String caseNumber, List<Upload> files, String person, String name) {
        List<String> ids = files.stream()
                .map(file -> documents
                        .store(caseNumber, "draft:" + caseNumber, file.name(), file.content(), person, name)
                        .id())
                .toList();
        if (!ids.isEmpty()) {
            documents.attach(caseNumber, ids, ORIGIN);
            ids.forEach(document -> rows.document(id, document));
        }
    }

    /** With one proposer less to be reached, all may be. */
    @EventListener
    public void on(MergeEnded event) {
        contacted(event.leadCase());
    }

    /** First contacts of this case that are complete by now are met. */
    void contacted(String caseNumber) {
        for (Handling row : handlings.ofCase(caseNumber)) {
            String instance = row.instanceId();
            if (instance != null && row.state().open() && withoutContact(row).isEmpty()) {
                deadlines.met(instance, Handlings.CONTACT);
            }
        }
    }

    /** Who handles a second time speaks with the proposers a second time. */
    private static Instant since(Handling row) {
        return row.again() ? row.startedAt() : Instant.EPOCH;
    }

    /** Those who propose and were not reached by this unit, in words. */
    @Transactional(readOnly = true)
    public List<String> withoutContact(Handling row) {
        List<ConsultationRows.Met> met = rows.met(row.caseNumber(), row.unitId(), since(row));
        return proposersOf.all(row.caseNumber()).stream()
                .filter(proposer -> met.stream()
                        .noneMatch(one -> one.caseNumber().equals(proposer.caseNumber())
                                && one.person().equals(proposer.personId())))
                .map(proposer -> proposer.line(row.caseNumber()))
                .toList();
    }

    /** The unit has sat opposite somebody who proposes. */
    @Transactional(readOnly = true)
    public boolean metFaceToFace(Handling row) {
        return rows.met(row.caseNumber(), row.unitId(), since(row)).stream()
                .anyMatch(one -> one.kind().inPerson());
    }

    /** Oldest first. */
    @Transactional(readOnly = true)
    public List<Consultation> of(String caseNumber) {
        return rows.ofCase(caseNumber);
    }
}
