package org.banhao.proposal.domain.handling;

import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.people.People;
import org.banhao.people.Person;
import org.banhao.people.Roles;
import org.banhao.proposal.domain.Informing;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.Texts;
import org.banhao.proposal.domain.assignment.Assignment;
import org.banhao.proposal.domain.assignment.Assignments;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 联系与协商 as those see them who propose: each says whether what a unit or the committee entered about him was so, and may enter a
 * contact himself. An entry he disputes does not count as a contact with him; what he does not answer stands.
 */
@Service
@Transactional
public class OwnConsultations {

    private static final int LONGEST_OPINION = 500;

    /** Who receives what a proposer says: those who enter contacts. */
    private static final List<String> ENTERING = List.of("liaison", "handler");

    private final ConsultationRows rows;
    private final Consultations consultations;
    private final HandlingRows handlings;
    private final ProposersOf proposersOf;
    private final Assignments assignments;
    private final Proposals proposals;
    private final CaseFiles caseFiles;
    private final Informing informing;
    private final People people;
    private final Audit audit;
    private final Clock clock;

    OwnConsultations(
            ConsultationRows rows,
            Consultations consultations,
            HandlingRows handlings,
            ProposersOf proposersOf,
            Assignments assignments,
            Proposals proposals,
            CaseFiles caseFiles,
            Informing informing,
            People people,
            Audit audit,
            Clock clock) {
        this.rows = rows;
        this.consultations = consultations;
        this.handlings = handlings;
        this.proposersOf = proposersOf;
        this.assignments = assignments;
        this.proposals = proposals;
        this.caseFiles = caseFiles;
        this.informing = informing;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * An entry on the page of one proposal; of a consultation over several, only who proposes this one is named.
     *
     * @param mine who the reader is in it; null: somebody else of this proposal stands in it
     * @param asked the reader has not said yet whether it was so
     */
    public record Own(
            Consultation consultation,
            List<Consultation.Attendance> proposers,
            List<Consultation.Word> words,
            Consultation.@Nullable Attendance mine,
            boolean asked) {

        public boolean mayAnswer() {
            return mine != null && words.stream().noneMatch(word -> word.verdict() == ConsultationVerdict.ENTERED);
        }
    }

    /** A contact as who proposes enters it: with himself. */
    public record Contact(
            @Nullable ConsultationKind kind,
            @Nullable LocalDateTime heldAt,
            @Nullable String place,
            List<String> units,
            @Nullable String people,
            @Nullable String views) {}

    /** Ways a contact may have taken that who proposes can enter; a consultation with its minutes is entered by who convened it. */
    public static final List<ConsultationKind> KINDS = List.of(
            ConsultationKind.CALL, ConsultationKind.MESSAGE, ConsultationKind.VISIT, ConsultationKind.FACE_TO_FACE);

    /** Oldest first; none to who does not propose this very case. */
    @Transactional(readOnly = true)
    public List<Own> of(String caseNumber, String person) {
        if (self(caseNumber, person).isEmpty()) {
            return List.of();
        }
        return rows.withProposersOf(caseNumber).stream()
                .map(one -> own(one, caseNumber, person))
                .toList();
    }

    private Own own(Consultation one, String caseNumber, String person) {
        List<Consultation.Attendance> ofCase = one.proposers().stream()
                .filter(who -> who.caseNumber().equals(caseNumber))
                .toList();
        Consultation.Attendance mine = mine(ofCase, caseNumber, person);
        return new Own(
                one,
                ofCase,
                one.words().stream()
                        .filter(word -> word.caseNumber().equals(caseNumber))
                        .toList(),
                mine,
                mine != null && one.word(caseNumber, mine.personId()).isEmpty());
    }

    /** For an organisation its contact of today speaks, whoever was its contact in the entry. */
    private Consultation.@Nullable Attendance mine(
            List<Consultation.Attendance> ofCase, String caseNumber, String person) {
        boolean organisation = proposals.get(caseNumber).collective();
        return ofCase.stream()
                .filter(who -> organisation || who.personId().equals(person))
                .findFirst()
                .orElse(null);
    }

    /** He proposes this very case, and in whose name. */
    private Optional<ProposersOf.Proposer> self(String caseNumber, String person) {
        return proposersOf.all(caseNumber).stream()
                .filter(who ->
                        who.caseNumber().equals(caseNumber) && who.personId().equals(person))
                .findFirst();
    }

    /** Units he may have spoken with, by id and name; none while the proposal is not handled or to who does not propose it. */
    @Transactional(readOnly = true)
    public List<Consultations.Choices.UnitChoice> units(String caseNumber, String person) {
        return self(caseNumber, person).isEmpty()
                ? List.of()
                : assignments.holding(handledIn(caseNumber)).stream()
                        .map(row -> new Consultations.Choices.UnitChoice(row.unitId(), row.unitName()))
                        .distinct()
                        .toList();
    }

    private String handledIn(String caseNumber) {
        Proposal proposal = proposals.get(caseNumber);
        return proposal.merged() ? Objects.requireNonNull(proposal.leadCase()) : caseNumber;
    }

    /**
     * 确认纪要: he says that it was so, or what was otherwise. He may say something else later; the last word counts.
     *
     * @throws Refusal he does not stand in it, or does not say what was otherwise
     */
    public void say(
            long id,
            String caseNumber,
            @Nullable ConsultationVerdict verdict,
            @Nullable String opinion,
            String person) {
        Own own = of(caseNumber, person).stream()
                .filter(one -> one.consultation().id() == id && one.mayAnswer())
                .findFirst()
                .orElseThrow(() -> new Refusal("没有这次联系或协商，或者不需要您确认，请刷新页面查看。"));
        if (verdict == null || verdict == ConsultationVerdict.ENTERED) {
            throw new Refusal("verdict", "请选择登记的内容「是否属实」。");
        }
        String words = Texts.text(opinion, LONGEST_OPINION, "opinion", "说明").strip();
        if (verdict == ConsultationVerdict.DISPUTED && words.length() < 4) {
            throw new Refusal("opinion", "与实际不符的，请在「说明」里写明实际情况（至少4个字）。");
        }
        Consultation consultation = own.consultation();
        String name = people.nameOf(person);
        rows.word(id, Objects.requireNonNull(own.mine()), verdict, words, person, name, clock.instant());
        caseFiles.happened(
                caseNumber,
                verdict == ConsultationVerdict.DISPUTED ? "提案者对沟通记录有异议" : "提案者确认沟通记录",
                consultation.kind().label() + "，" + ChineseTime.text(consultation.heldAt())
                        + (words.isEmpty() ? "" : "：" + words));
        audit.record("proposal.wordOnConsultation", caseNumber, verdict.label());
        consultation.cases().forEach(consultations::contacted);
        if (verdict == ConsultationVerdict.DISPUTED) {
            disputed(consultation, caseNumber, name);
        }
    }

    /** Those who rely on the entry hear that it does not count: the units and the committee's office. */
    private void disputed(Consultation consultation, String caseNumber, String name) {
        Proposal handled =
                proposals.get(consultation.cases().contains(caseNumber) ? caseNumber : handledIn(caseNumber));
        String occasion = consultation.id() + "-" + clock.instant().getEpochSecond();
        Map<String, String> values = told(consultation, name);
        for (Assignment row : assignments.holding(handled.caseNumber())) {
            if (consultation.units().contains(row.unitName())) {
                informing.unit(handled, "consultationDisputed", occasion, row.unitId(), ENTERING, values);
            }
        }
        for (Person clerk : people.membersOf(Roles.PROPOSAL_CLERK)) {
            informing.staff(handled, "consultationDisputed", occasion, clerk.id(), values);
        }
    }

    private static Map<String, String> told(Consultation consultation, String name) {
        return Map.of(
                "kind",
                consultation.kind().label(),
                "held",
                ChineseTime.text(consultation.heldAt()),
                "unit",
                String.join("、", consultation.units()),
                "proposer",
                name);
    }

    /**
     * A contact he had, entered by himself; the units read it and are told. It counts as theirs.
     *
     * @param once as for {@link Consultations#record}
     * @throws Refusal not his proposal, it is not handled, something is missing or impossible; names the field
     */
    public long enter(String caseNumber, Contact contact, @Nullable String once, String person) {
        ProposersOf.Proposer self = self(caseNumber, person)
                .orElseThrow(() -> new Refusal("caseNumber", "没有这份提案，或者您不是它的提案者，请从“我的提案”重新进入。"));
        List<Consultations.Choices.UnitChoice> units = units(caseNumber, person);
        if (units.isEmpty()) {
            throw new Refusal("units", "提案还没有交办，没有可以登记联系的承办单位，请在交办以后登记。");
        }
        String page = Consultations.page(once);
        Optional<Long> before = consultations.before(page, person);
        if (before.isPresent()) {
            return before.get();
        }
        if (contact.kind() != null && !KINDS.contains(contact.kind())) {
            throw new Refusal("kind", "座谈、调研等由召集的单位登记，请改选「方式」。");
        }
        String handled = handledIn(caseNumber);
        Proposal proposal = proposals.get(handled);
        long id = consultations.write(
                new Consultations.Entry(
                        List.of(handled),
                        contact.units(),
                        contact.kind(),
                        stage(handled, contact.units()),
                        contact.heldAt(),
                        contact.place(),
                        null,
                        contact.people(),
                        null,
                        List.of(new Consultations.Presence(caseNumber, person, true, null)),
                        contact.views(),
                        List.of(),
                        null),
                new Consultations.Choices(
                        List.of(new Consultations.Choices.Case(
                                handled, proposals.numberLine(proposal), proposal.title())),
                        units,
                        List.of(new Consultations.Choices.ProposerChoice(caseNumber, person, self.name()))),
                List.of(),
                person,
                page);
        Consultation entered = rows.ofCase(handled).stream()
                .filter(one -> one.id() == id)
                .findFirst()
                .orElseThrow();
        String name = people.nameOf(person);
        rows.word(id, entered.proposers().get(0), ConsultationVerdict.ENTERED, "", person, name, clock.instant());
        contact.units()
                .forEach(unit -> informing.unit(
                        proposal, "consultationEntered", String.valueOf(id), unit, ENTERING, told(entered, name)));
        return id;
    }

    /** Nobody who telephones thinks in stages: before the unit has begun, while it works, after it has answered. */
    private ConsultationStage stage(String caseNumber, List<String> units) {
        List<Handling> all = handlings.ofCase(caseNumber).stream()
                .filter(row -> units.contains(row.unitId()))
                .toList();
        if (all.isEmpty()) {
            return ConsultationStage.BEFORE;
        }
        return all.stream().anyMatch(row -> row.state().open()) ? ConsultationStage.DURING : ConsultationStage.AFTER;
    }
}
