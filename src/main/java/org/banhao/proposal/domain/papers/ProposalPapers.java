package org.banhao.proposal.domain.papers;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.banhao.base.ChineseTime;
import org.banhao.calendar.Deadline;
import org.banhao.calendar.Deadlines;
import org.banhao.paper.PaperFacts;
import org.banhao.paper.PaperKind;
import org.banhao.paper.PaperSource;
import org.banhao.paper.PaperSubject;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.banhao.people.Unit;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.Review;
import org.banhao.proposal.domain.Reviews;
import org.banhao.proposal.domain.Session;
import org.banhao.proposal.domain.Sessions;
import org.banhao.proposal.domain.Signature;
import org.banhao.proposal.domain.Verdict;
import org.banhao.proposal.domain.assignment.Assignment;
import org.banhao.proposal.domain.assignment.AssignmentRole;
import org.banhao.proposal.domain.assignment.Assignments;
import org.banhao.proposal.domain.assignment.Plan;
import org.banhao.proposal.domain.assignment.ReturnRequest;
import org.banhao.proposal.domain.feedback.Feedback;
import org.banhao.proposal.domain.feedback.Feedbacks;
import org.banhao.proposal.domain.handling.CoOpinion;
import org.banhao.proposal.domain.handling.Commitment;
import org.banhao.proposal.domain.handling.Consultation;
import org.banhao.proposal.domain.handling.ConsultationKind;
import org.banhao.proposal.domain.handling.Consultations;
import org.banhao.proposal.domain.handling.Extension;
import org.banhao.proposal.domain.handling.ExtensionState;
import org.banhao.proposal.domain.handling.Extensions;
import org.banhao.proposal.domain.handling.Handling;
import org.banhao.proposal.domain.handling.Handlings;
import org.banhao.proposal.domain.handling.Opinion;
import org.banhao.proposal.domain.handling.OpinionStep;
import org.banhao.proposal.domain.handling.Reply;
import org.banhao.proposal.domain.revisit.Revisit;
import org.banhao.proposal.domain.revisit.RevisitOutcome;
import org.banhao.proposal.domain.revisit.Revisits;
import org.banhao.proposal.domain.selection.KeySelection;
import org.banhao.proposal.domain.selection.KeyTopic;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The papers of proposals: what there is to write about at the moment, who issues it, and what stands in it. */
@Component
@Transactional(readOnly = true)
class ProposalPapers implements PaperSource {

    /** As {@code org.banhao.paper} calls the committee. */
    static final String COMMITTEE = "proposal-committee";

    private static final String COMMITTEE_NAME = "市政协提案委员会";

    private static final String PARTY_OFFICE = "city-party-office";
    private static final String GOVERNMENT_OFFICE = "city-government-office";
    private static final List<String> COMMITTEE_DESK = List.of(Roles.PROPOSAL_CLERK, Roles.COMMITTEE_DIRECTOR);
    private static final List<String> OFFICES =
            List.of(Roles.PARTY_OFFICE_ASSIGNER, Roles.GOVERNMENT_OFFICE_ASSIGNER, Roles.ASSIGNING_OFFICE_LEADER);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy年M月d日");
    private static final Set<String> OF_SESSION = Set.of(ProposalPaperKinds.BULLETIN, ProposalPaperKinds.COMMENDATION);

    private final Proposals proposals;
    private final Sessions sessions;
    private final Reviews reviews;
    private final Assignments assignments;
    private final Handlings handlings;
    private final Extensions extensions;
    private final Consultations consultations;
    private final Feedbacks feedbacks;
    private final Revisits revisits;
    private final KeySelection keys;
    private final SessionFigures figures;
    private final Deadlines deadlines;
    private final People people;
    private final Clock clock;
    private final String address;
    private final List<PaperKind> kinds = ProposalPaperKinds.all();

    ProposalPapers(
            Proposals proposals,
            Sessions sessions,
            Reviews reviews,
            Assignments assignments,
            Handlings handlings,
            Extensions extensions,
            Consultations consultations,
            Feedbacks feedbacks,
            Revisits revisits,
            KeySelection keys,
            SessionFigures figures,
            Deadlines deadlines,
            People people,
            Clock clock,
            @Value("${banhao.address:}") String address) {
        this.proposals = proposals;
        this.sessions = sessions;
        this.reviews = reviews;
        this.assignments = assignments;
        this.handlings = handlings;
        this.extensions = extensions;
        this.consultations = consultations;
        this.feedbacks = feedbacks;
        this.revisits = revisits;
        this.keys = keys;
        this.figures = figures;
        this.deadlines = deadlines;
        this.people = people;
        this.clock = clock;
        this.address = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    @Override
    public List<PaperKind> kinds() {
        return kinds;
    }

    // ---- subjects

    @Override
    public List<PaperSubject> ofCase(String caseNumber) {
        Proposal proposal = proposals.find(caseNumber).orElse(null);
        if (proposal == null || proposal.mock() || proposal.submittedAt() == null) return List.of();
        List<PaperSubject> all = new ArrayList<>();
        String line = proposals.numberLine(proposal);
        committee(all, ProposalPaperKinds.RECEIPT, proposal, line);
        if (proposal.withdrawnAt() != null) return all;
        if (proposal.verdict() == Verdict.FILE) committee(all, ProposalPaperKinds.FILING_NOTICE, proposal, line);
        if (proposal.verdict() == Verdict.CONVERT) committee(all, ProposalPaperKinds.CONVERSION_LETTER, proposal, line);
        if (proposal.merged()) committee(all, ProposalPaperKinds.MERGE_NOTICE, proposal, line);
        assigned(all, proposal);
        handled(all, proposal);
        for (Consultation one : consultations.of(caseNumber)) {
            if (one.kind().inPerson()) all.add(minutes(proposal, one));
        }
        for (Feedback one : feedbacks.ofCase(caseNumber)) all.add(opinionForm(one));
        for (Revisit one : revisits.ofCase(caseNumber)) all.add(revisit(one));
        for (KeyTopic topic : keys.selected(caseNumber)) {
            for (String kind : List.of(ProposalPaperKinds.SUPERVISION_PLAN, ProposalPaperKinds.SUPERVISION_REPORT))
                all.add(new PaperSubject(
                        kind, key(caseNumber, topic.id()), caseNumber, topic.name(), COMMITTEE, COMMITTEE_DESK));
        }
        return all;
    }

    /** Whether people of these groups may have papers to issue in this case: in two statements, for its page. */
    boolean concerns(String caseNumber, List<String> groups) {
        Proposal proposal = proposals.find(caseNumber).orElse(null);
        if (proposal == null || proposal.mock() || proposal.submittedAt() == null) return false;
        if (groups.stream().anyMatch(COMMITTEE_DESK::contains)) return true;
        List<Assignment> holding = assignments.holding(caseNumber);
        boolean offices = groups.stream().anyMatch(OFFICES::contains);
        return !holding.isEmpty() && offices
                || holding.stream()
                        .anyMatch(row -> groups.contains(row.unitId() + ".liaison")
                                || groups.contains(row.unitId() + ".handler"));
    }

    private static void committee(List<PaperSubject> all, String kind, Proposal proposal, String label) {
        all.add(new PaperSubject(kind, proposal.caseNumber(), proposal.caseNumber(), label, COMMITTEE, COMMITTEE_DESK));
    }

    private void assigned(List<PaperSubject> all, Proposal proposal) {
        String number = proposal.caseNumber();
        Plan plan = assignments.plan(number).filter(Plan::sent).orElse(null);
        if (plan == null) return;
        List<Assignment> rows = assignments.of(number);
        for (Assignment row : rows) {
            if (row.state().holds()) {
                all.add(new PaperSubject(
                        ProposalPaperKinds.TRANSFER_SLIP,
                        key(number, row.id()),
                        number,
                        row.unitName() + "，" + row.roleLine(),
                        office(plan.office()),
                        List.of(plan.office())));
            }
            if (row.state().outstanding()) {
                all.add(unit(
                        ProposalPaperKinds.RETURN_REQUEST,
                        key(number, row.id()),
                        number,
                        row.unitName(),
                        row.unitId()));
            }
        }
        Map<Long, Assignment> byId = rows.stream().collect(Collectors.toMap(Assignment::id, one -> one));
        for (ReturnRequest request : assignments.requests(number)) {
            Assignment row = byId.get(request.assignmentId());
            if (request.ruling() != null && row != null) {
                all.add(new PaperSubject(
                        ProposalPaperKinds.RETURN_RULING,
                        key(number, request.id()),
                        number,
                        row.unitName() + "第" + request.number() + "次申请",
                        office(plan.office()),
                        List.of(plan.office(), Roles.ASSIGNING_OFFICE_LEADER)));
            }
        }
    }

    private void handled(List<PaperSubject> all, Proposal proposal) {
        String number = proposal.caseNumber();
        String office = assignments.plan(number).map(Plan::office).orElse(Roles.GOVERNMENT_OFFICE_ASSIGNER);
        for (Handling row : handlings.ofCase(number)) {
            String key = Handlings.paperKey(row);
            boolean answers = handlings.owesReply(row.id());
            if (answers
                    && handlings
                            .reply(row.id())
                            .filter(reply -> reply.signedAt() != null)
                            .isPresent())
                all.add(unit(ProposalPaperKinds.REPLY_LETTER, key, number, label(row), row.unitId()));
            if (!answers
                    && handlings
                            .coOpinion(row.id())
                            .filter(one -> one.signedAt() != null)
                            .isPresent())
                all.add(unit(ProposalPaperKinds.CO_OPINION, key, number, label(row), row.unitId()));
            if (answers && row.state().open() && !row.again())
                all.add(unit(ProposalPaperKinds.EXTENSION_REQUEST, key, number, label(row), row.unitId()));
            for (Extension one : extensions.of(row.id())) {
                if (one.state() == ExtensionState.GRANTED || one.state() == ExtensionState.REFUSED)
                    all.add(new PaperSubject(
                            ProposalPaperKinds.EXTENSION_REPLY,
                            key + "/" + one.id(),
                            number,
                            row.unitName() + "，" + one.state().label(),
                            office(office),
                            List.of(office, Roles.ASSIGNING_OFFICE_LEADER)));
            }
            if (row.state().open()) {
                for (String kind : List.of(ProposalPaperKinds.URGE, ProposalPaperKinds.SUPERVISION_NOTICE))
                    all.add(new PaperSubject(
                            kind,
                            key,
                            number,
                            label(row),
                            office(office),
                            List.of(office, Roles.ASSIGNING_OFFICE_LEADER)));
            }
            if (row.again()) {
                all.add(new PaperSubject(
                        ProposalPaperKinds.REHANDLE_NOTICE, key, number, row.unitName(), COMMITTEE, COMMITTEE_DESK));
            }
        }
    }

    private static String label(Handling row) {
        return row.unitName() + (row.again() ? "，再次办理" : "");
    }

    private static PaperSubject unit(String kind, String key, String number, String label, String unit) {
        return new PaperSubject(kind, key, number, label, unit, List.of(unit + ".liaison", unit + ".handler"));
    }

    private PaperSubject minutes(Proposal proposal, Consultation one) {
        String number = proposal.caseNumber();
        List<Handling> with = handlings.ofCase(number).stream()
                .filter(row -> one.units().contains(row.unitName()))
                .toList();
        List<String> desk = new ArrayList<>(COMMITTEE_DESK);
        with.forEach(row -> desk.addAll(List.of(row.unitId() + ".liaison", row.unitId() + ".handler")));
        return new PaperSubject(
                ProposalPaperKinds.MINUTES,
                key(number, one.id()),
                number,
                one.kind().label() + "，" + ChineseTime.text(one.heldAt()),
                with.isEmpty() ? COMMITTEE : with.get(0).unitId(),
                desk.stream().distinct().toList());
    }

    private PaperSubject opinionForm(Feedback one) {
        Handling row = handlings.get(one.handlingId());
        return new PaperSubject(
                ProposalPaperKinds.OPINION_FORM,
                key(one.caseNumber(), one.id()),
                one.caseNumber(),
                one.name() + "对" + label(row),
                COMMITTEE,
                List.of(
                        Roles.PROPOSAL_CLERK,
                        Roles.COMMITTEE_DIRECTOR,
                        row.unitId() + ".liaison",
                        row.unitId() + ".handler"));
    }

    private static PaperSubject revisit(Revisit one) {
        return new PaperSubject(
                ProposalPaperKinds.REVISIT_FORM,
                key(one.caseNumber(), one.id()),
                one.caseNumber(),
                one.unitName() + "，" + one.causeLine(),
                one.unitId(),
                List.of(
                        Roles.PROPOSAL_CLERK,
                        Roles.COMMITTEE_DIRECTOR,
                        one.unitId() + ".liaison",
                        one.unitId() + ".handler"));
    }

    private static String key(String caseNumber, long id) {
        return caseNumber + "/" + id;
    }

    private static String office(String group) {
        return group.equals(Roles.PARTY_OFFICE_ASSIGNER) ? PARTY_OFFICE : GOVERNMENT_OFFICE;
    }

    @Override
    public List<PaperSubject> ofSession() {
        return sessions.open().stream()
                .flatMap(session -> OF_SESSION.stream().sorted().map(kind -> session(kind, session)))
                .toList();
    }

    private static PaperSubject session(String kind, Session session) {
        return new PaperSubject(kind, session.id(), null, session.name(), COMMITTEE, COMMITTEE_DESK);
    }

    @Override
    public List<PaperSubject> all(String kind) {
        Session session = sessions.open().orElse(null);
        if (session == null) return List.of();
        return switch (kind) {
            case ProposalPaperKinds.RECEIPT -> each(kind, session, proposal -> proposal.submittedAt() != null);
            case ProposalPaperKinds.FILING_NOTICE -> each(kind, session, proposal -> proposal.fileNumber() != null);
            case ProposalPaperKinds.CONVERSION_LETTER ->
                each(kind, session, proposal -> proposal.verdict() == Verdict.CONVERT);
            case ProposalPaperKinds.MERGE_NOTICE -> each(kind, session, Proposal::merged);
            case ProposalPaperKinds.ASSIGNMENT_NOTICE -> notices(session, allUnits());
            case ProposalPaperKinds.TRANSFER_SLIP -> slips(session);
            default -> List.of();
        };
    }

    private List<PaperSubject> each(String kind, Session session, java.util.function.Predicate<Proposal> wanted) {
        List<PaperSubject> all = new ArrayList<>();
        proposals.handedIn(session.id()).stream()
                .filter(proposal -> !proposal.mock() && proposal.withdrawnAt() == null)
                .filter(wanted)
                .forEach(proposal ->
                        committee(all, kind, proposal, numberLine(session, proposal) + "《" + proposal.title() + "》"));
        return all;
    }

    private static String numberLine(Session session, Proposal proposal) {
        String number = proposal.fileNumberText();
        return number == null ? proposal.caseNumber() : session.name() + number;
    }

    /** One notice for each unit and office, with everything it holds. */
    private List<PaperSubject> notices(Session session, List<String> units) {
        Map<String, PaperSubject> found = new LinkedHashMap<>();
        for (Held held : held(session, units)) {
            String key =
                    session.id() + "/" + held.row().unitId() + "/" + held.plan().office();
            found.putIfAbsent(
                    key,
                    new PaperSubject(
                            ProposalPaperKinds.ASSIGNMENT_NOTICE,
                            key,
                            null,
                            held.row().unitName() + "，" + session.name(),
                            office(held.plan().office()),
                            List.of(held.plan().office())));
        }
        return List.copyOf(found.values());
    }

    private List<PaperSubject> slips(Session session) {
        return held(session, allUnits()).stream()
                .map(held -> new PaperSubject(
                        ProposalPaperKinds.TRANSFER_SLIP,
                        key(held.row().caseNumber(), held.row().id()),
                        held.row().caseNumber(),
                        held.row().unitName() + "，" + numberLine(session, held.proposal()),
                        office(held.plan().office()),
                        List.of(held.plan().office())))
                .toList();
    }

    private List<String> allUnits() {
        return people.units().stream().map(Unit::id).toList();
    }

    private record Held(Proposal proposal, Plan plan, Assignment row) {}

    /** What units of this session hold, unit by unit in protocol order; a constant number of statements. */
    private List<Held> held(Session session, List<String> units) {
        Map<String, List<Assignment>> rows =
                assignments.ofUnits(units).stream().collect(Collectors.groupingBy(Assignment::unitId));
        Set<String> numbers = rows.values().stream()
                .flatMap(List::stream)
                .map(Assignment::caseNumber)
                .collect(Collectors.toSet());
        Map<String, Proposal> known = proposals.all(numbers).stream()
                .filter(proposal -> proposal.sessionId().equals(session.id()))
                .filter(proposal -> proposal.verdict() == Verdict.FILE && !proposal.mock())
                .collect(Collectors.toMap(Proposal::caseNumber, one -> one));
        Map<String, Plan> plans = assignments.plans(known.keySet()).stream()
                .filter(Plan::sent)
                .collect(Collectors.toMap(Plan::caseNumber, one -> one));
        List<Held> all = new ArrayList<>();
        for (String unit : units) {
            for (Assignment row : rows.getOrDefault(unit, List.of())) {
                Proposal proposal = known.get(row.caseNumber());
                Plan plan = plans.get(row.caseNumber());
                if (proposal != null && plan != null) all.add(new Held(proposal, plan, row));
            }
        }
        return all;
    }

    @Override
    public Optional<PaperSubject> find(String kind, String key) {
        if (OF_SESSION.contains(kind)) {
            return sessions.all().stream()
                    .filter(session -> session.id().equals(key))
                    .map(session -> session(kind, session))
                    .findFirst();
        }
        if (kind.equals(ProposalPaperKinds.ASSIGNMENT_NOTICE)) {
            return sessions.all().stream()
                    .filter(session -> key.startsWith(session.id() + "/"))
                    .flatMap(session ->
                            notices(
                                    session,
                                    List.of(key.substring(session.id().length() + 1)
                                            .split("/")[0]))
                                    .stream())
                    .filter(subject -> subject.key().equals(key))
                    .findFirst();
        }
        return ofCase(key.split("/", 2)[0]).stream()
                .filter(subject -> subject.kind().equals(kind) && subject.key().equals(key))
                .findFirst();
    }

    @Override
    public List<String> issuersOf(List<String> groups) {
        Set<String> issuers = new LinkedHashSet<>();
        for (String group : groups) {
            if (COMMITTEE_DESK.contains(group)) issuers.add(COMMITTEE);
            if (group.equals(Roles.PARTY_OFFICE_ASSIGNER)) issuers.add(PARTY_OFFICE);
            if (group.equals(Roles.GOVERNMENT_OFFICE_ASSIGNER)) issuers.add(GOVERNMENT_OFFICE);
            if (group.equals(Roles.ASSIGNING_OFFICE_LEADER)) issuers.addAll(List.of(PARTY_OFFICE, GOVERNMENT_OFFICE));
            if (group.endsWith(".liaison") || group.endsWith(".handler"))
                issuers.add(group.substring(0, group.lastIndexOf('.')));
        }
        return List.copyOf(issuers);
    }

    @Override
    public List<String> manyAtOnce(List<String> groups) {
        List<String> kinds = new ArrayList<>();
        if (groups.stream().anyMatch(COMMITTEE_DESK::contains)) {
            kinds.addAll(List.of(
                    ProposalPaperKinds.RECEIPT,
                    ProposalPaperKinds.FILING_NOTICE,
                    ProposalPaperKinds.CONVERSION_LETTER,
                    ProposalPaperKinds.MERGE_NOTICE));
        }
        if (groups.contains(Roles.PARTY_OFFICE_ASSIGNER) || groups.contains(Roles.GOVERNMENT_OFFICE_ASSIGNER)) {
            kinds.addAll(List.of(ProposalPaperKinds.ASSIGNMENT_NOTICE, ProposalPaperKinds.TRANSFER_SLIP));
        }
        return kinds;
    }

    @Override
    public boolean usedElsewhere(String issuer, String number) {
        return handlings.numberUsed(issuer, number);
    }

    // ---- facts

    @Override
    public PaperFacts facts(PaperSubject subject) {
        PaperFacts facts = about(subject);
        String copies = facts.suggested().getOrDefault("抄送", "");
        List<String> named = new ArrayList<>(List.of(copies.replace("。", "").split("[，、]")));
        if (named.removeAll(withoutCopy(subject, facts))) {
            facts.suggest("抄送", named.isEmpty() ? "" : String.join("，", named) + "。");
        }
        return facts;
    }

    /** Whose paper it is and to whom it goes has it already. */
    private List<String> withoutCopy(PaperSubject subject, PaperFacts facts) {
        List<String> all =
                new ArrayList<>(List.of(facts.suggested().getOrDefault("主送", "").split("[，、]")));
        all.add(
                subject.issuer().equals(COMMITTEE)
                        ? COMMITTEE_NAME
                        : people.unit(subject.issuer()).map(Unit::name).orElse(""));
        return all;
    }

    private PaperFacts about(PaperSubject subject) {
        PaperFacts facts = new PaperFacts();
        String number = subject.caseNumber();
        if (number == null) {
            Session session = sessions.get(subject.key().split("/", 2)[0]);
            facts.text("届次", session.name());
            return subject.kind().equals(ProposalPaperKinds.ASSIGNMENT_NOTICE)
                    ? assignmentNotice(subject, session, facts)
                    : ofSession(subject, session, facts);
        }
        Proposal proposal = proposals.get(number);
        ofCase(proposal, facts);
        long id = id(subject.key());
        return switch (subject.kind()) {
            case ProposalPaperKinds.RECEIPT ->
                toProposers(proposal, facts)
                        .text("提交日期", day(proposal.submittedAt()))
                        .text("提案性质", "interim".equals(proposal.period()) ? "平时提案" : "大会提案");
            case ProposalPaperKinds.FILING_NOTICE ->
                toProposers(proposal, facts)
                        .needed(
                                "案号",
                                proposal.fileNumber() == null ? null : proposals.numberLine(proposal),
                                "提案还没有编定案号，请先在“立案编号”页编号。")
                        .text("立案日期", day(proposal.filedAt() == null ? proposal.decidedAt() : proposal.filedAt()));
            case ProposalPaperKinds.CONVERSION_LETTER -> conversion(proposal, facts);
            case ProposalPaperKinds.MERGE_NOTICE -> merge(proposal, facts);
            case ProposalPaperKinds.TRANSFER_SLIP -> slip(proposal, assignments.get(id), facts);
            case ProposalPaperKinds.RETURN_REQUEST -> returnRequest(proposal, assignments.get(id), facts);
            case ProposalPaperKinds.RETURN_RULING -> ruling(proposal, id, facts);
            case ProposalPaperKinds.MINUTES -> minutes(number, id, facts);
            case ProposalPaperKinds.OPINION_FORM -> opinionForm(feedbacks.get(id), facts);
            case ProposalPaperKinds.REVISIT_FORM -> revisit(revisits.get(id), facts);
            case ProposalPaperKinds.SUPERVISION_PLAN, ProposalPaperKinds.SUPERVISION_REPORT ->
                supervision(number, id, facts);
            case ProposalPaperKinds.EXTENSION_REPLY -> {
                String[] parts = subject.key().split("/");
                yield extensionReply(handlings.get(Long.parseLong(parts[1])), Long.parseLong(parts[2]), facts);
            }
            default -> handling(subject.kind(), proposal, handlings.get(id), facts);
        };
    }

    @Override
    public String signer(String kind, String key) {
        String name =
                switch (kind) {
                    case ProposalPaperKinds.REPLY_LETTER ->
                        handlings.reply(id(key)).map(Reply::signedName).orElse(null);
                    case ProposalPaperKinds.CO_OPINION ->
                        handlings.coOpinion(id(key)).map(CoOpinion::signedName).orElse(null);
                    case ProposalPaperKinds.EXTENSION_REPLY ->
                        extensions.of(Long.parseLong(key.split("/")[1])).stream()
                                .filter(one -> one.id() == id(key))
                                .map(Extension::decidedName)
                                .filter(Objects::nonNull)
                                .findFirst()
                                .orElse(null);
                    case ProposalPaperKinds.RETURN_RULING ->
                        assignments.requests(key.split("/")[0]).stream()
                                .filter(one -> one.id() == id(key))
                                .map(ReturnRequest::ruledByName)
                                .filter(Objects::nonNull)
                                .findFirst()
                                .orElse(null);
                    default -> null;
                };
        return Objects.requireNonNullElse(name, "");
    }

    private static long id(String key) {
        String[] parts = key.split("/");
        return parts.length < 2 ? 0 : Long.parseLong(parts[parts.length == 3 ? 2 : 1]);
    }

    private void ofCase(Proposal proposal, PaperFacts facts) {
        facts.text("案由", proposal.title())
                .text("案号", proposals.numberLine(proposal))
                .text("流水号", proposal.caseNumber())
                .text("提案者", proposals.proposerLine(proposal))
                .text("类别", proposal.categoryName())
                .text("届次", proposals.session(proposal).name());
    }

    /** 抄送 by rule: the committee, the office that assigned, those who co-handle, the official who leads a key proposal; each may be changed. */
    private String copies(String number) {
        Set<String> copies = new LinkedHashSet<>();
        copies.add(COMMITTEE_NAME);
        assignments.plan(number).filter(Plan::sent).ifPresent(plan -> copies.add(plan.officeName()));
        assignments.holding(number).stream()
                .filter(row -> row.role() == AssignmentRole.CO)
                .forEach(row -> copies.add(row.unitName()));
        keys.selected(number).stream()
                .map(KeyTopic::officialName)
                .filter(Objects::nonNull)
                .forEach(name -> copies.add(name + "同志"));
        return copies.isEmpty() ? "" : String.join("，", copies) + "。";
    }

    private PaperFacts toProposers(Proposal proposal, PaperFacts facts) {
        return facts.suggest("主送", addressed(proposal)).suggest("抄送", "");
    }

    /** 卫林书、原知夏委员, or the organisation. */
    private String addressed(Proposal proposal) {
        if (proposal.collective()) return proposal.proposerName();
        String names = proposals.signatures(List.of(proposal)).getOrDefault(proposal.caseNumber(), List.of()).stream()
                .filter(signer -> signer.role().equals("first") || signer.confirmed())
                .map(Signature::name)
                .distinct()
                .collect(Collectors.joining("、"));
        return (names.isEmpty() ? proposal.proposerName() : names) + "委员";
    }

    private PaperFacts conversion(Proposal proposal, PaperFacts facts) {
        List<Review> said = reviews.of(proposal.caseNumber()).stream()
                .filter(review -> review.verdict() == Verdict.CONVERT)
                .toList();
        String reason = said.isEmpty() ? "" : said.get(said.size() - 1).opinion();
        return toProposers(proposal, facts)
                .needed(
                        "去向",
                        proposal.destination() == null
                                ? null
                                : proposal.destination().label(),
                        "审查结论没有写明转为什么，请先在终审结论里补正。")
                .suggest("理由", reason);
    }

    private PaperFacts merge(Proposal proposal, PaperFacts facts) {
        String leadCase = proposal.leadCase();
        Proposal lead = leadCase == null ? null : proposals.find(leadCase).orElse(null);
        return toProposers(proposal, facts)
                .needed("主案案由", lead == null ? null : lead.title(), "没有找到并入的主案，请先在“并案”页核对。")
                .text("主案案号", lead == null ? "" : proposals.numberLine(lead));
    }

    // ---- assignment

    private PaperFacts assignmentNotice(PaperSubject subject, Session session, PaperFacts facts) {
        String[] parts = subject.key().split("/");
        List<Held> rows = held(session, List.of(parts[1])).stream()
                .filter(held -> held.row().unitId().equals(parts[1])
                        && held.plan().office().equals(parts[2]))
                .toList();
        String unit = rows.isEmpty()
                ? people.unit(parts[1]).map(Unit::name).orElse(parts[1])
                : rows.get(0).row().unitName();
        List<Map<String, String>> table = new ArrayList<>();
        for (Held held : rows) {
            Map<String, String> line = new LinkedHashMap<>();
            line.put("序号", String.valueOf(table.size() + 1));
            line.put(
                    "案号",
                    Objects.requireNonNullElse(
                            held.proposal().fileNumberText(), held.proposal().caseNumber()));
            line.put("案由", held.proposal().title());
            line.put("提案者", addressed(held.proposal()));
            line.put("承办方式", held.row().roleLine());
            line.put("答复期限", dueText(held.row()));
            table.add(line);
        }
        long answers = rows.stream().filter(held -> held.row().role().answers()).count();
        return facts.text("承办单位", unit)
                .text("件数", String.valueOf(rows.size()))
                .text("答复件数", String.valueOf(answers))
                .text("会办件数", String.valueOf(rows.size() - answers))
                .text(
                        "交办日期",
                        rows.stream()
                                .map(held -> held.row().sentAt())
                                .filter(Objects::nonNull)
                                .max(Instant::compareTo)
                                .map(ProposalPapers::day)
                                .orElse(""))
                .table("目录", table)
                .suggest("主送", unit)
                .suggest("抄送", COMMITTEE_NAME + "。")
                .suggest("办理要求", """
                    一、及时签收。自收到之日起在规定期限内签收；不属于本单位职责的，经主要负责人签字后书面说明理由申请退回，不得自行转送。
                    二、加强沟通。办理中主动与提案者联系，充分听取意见；重点提案要当面协商。
                    三、按期答复。在目录所列期限前书面答复，会办单位按期将意见送主办单位。
                    四、注重落实。答复中承诺的事项要列出时间，按期兑现。\
                    """);
    }

    /** The day on which the unit owes its reply or its opinion; before handling began the term does not stand yet. */
    private String dueText(Assignment row) {
        return handlings.ofCase(row.caseNumber()).stream()
                .filter(handling -> handling.assignmentId() == row.id())
                .flatMap(handling -> owed(handling).stream())
                .map(deadline -> day(deadline.due()))
                .findFirst()
                .orElse("按规定期限");
    }

    private Optional<Deadline> owed(Handling row) {
        String instance = row.instanceId();
        Set<String> wanted = Set.of("reply", "coOpinion", "rehandle");
        return deadlines.of(row.caseNumber()).stream()
                .filter(deadline -> instance != null && instance.equals(deadline.instanceId()))
                .filter(deadline ->
                        wanted.contains(deadline.key()) && !deadline.state().equals("cancelled"))
                .findFirst();
    }

    private PaperFacts slip(Proposal proposal, Assignment row, PaperFacts facts) {
        Plan plan = assignments.plan(row.caseNumber()).orElseThrow();
        String others = assignments.holding(row.caseNumber()).stream()
                .filter(other -> other.id() != row.id())
                .map(other -> other.unitName() + "（" + other.role().label() + "）")
                .collect(Collectors.joining("、"));
        return facts.text("承办单位", row.unitName())
                .text("承办方式", row.roleLine())
                .text("其他承办单位", others.isEmpty() ? "没有" : others)
                .text("交办单位", plan.officeName())
                .text("交办日期", day(row.sentAt()))
                .text("答复期限", dueText(row))
                .text(
                        "办理要求",
                        Stream.of(plan.requirement(), row.requirement())
                                .filter(text -> !text.isBlank())
                                .collect(Collectors.joining("\n")))
                .text("领导批示", plan.leaderInstruction())
                .text("交办联系人", plan.contactLine())
                .text("情况", proposal.situation())
                .text("分析", proposal.analysis())
                .text("建议", numbered(proposal.suggestions()));
    }

    private static String numbered(List<String> lines) {
        return IntStream.range(0, lines.size())
                .mapToObj(i -> (i + 1) + "．" + lines.get(i))
                .collect(Collectors.joining("\n"));
    }

    private PaperFacts returnRequest(Proposal proposal, Assignment row, PaperFacts facts) {
        ReturnRequest last = assignments.requests(proposal.caseNumber()).stream()
                .filter(request -> request.assignmentId() == row.id())
                .reduce((a, b) -> b)
                .orElse(null);
        String office = assignments.plan(row.caseNumber()).map(Plan::officeName).orElse("");
        return facts.text("交办日期", day(row.sentAt()))
                .text("承办方式", row.role().label())
                .suggest("主送", office)
                .suggest("抄送", COMMITTEE_NAME + "。")
                .suggest("退回理由", last == null ? "" : last.reason())
                .suggest("职责依据", last == null ? "" : last.basis())
                .suggest("建议承办单位", last == null ? "" : last.suggestedUnitName());
    }

    private PaperFacts ruling(Proposal proposal, long id, PaperFacts facts) {
        ReturnRequest request = assignments.requests(proposal.caseNumber()).stream()
                .filter(one -> one.id() == id)
                .findFirst()
                .orElseThrow();
        String asked = assignments.get(request.assignmentId()).unitName();
        String other = request.rulingUnit() == null
                ? ""
                : people.unit(request.rulingUnit()).map(Unit::name).orElse(request.rulingUnit());
        String result =
                switch (Objects.requireNonNull(request.ruling())) {
                    case KEEP -> "维持，由" + asked + "继续办理";
                    case CHANGE -> "改由" + other + "办理";
                    case ADD ->
                        "增加" + other + "办理"
                                + (request.rulingRole() == null
                                        ? ""
                                        : "（" + request.rulingRole().label() + "）");
                };
        return facts.text("申请单位", asked)
                .text("申请日期", day(request.requestedAt()))
                .text("裁定结果", result)
                .text("裁定理由", request.rulingReason())
                .text("期限", Boolean.TRUE.equals(request.recount()) ? "办理期限重新起算。" : "办理期限接续计算。")
                .text("签发人", request.ruledByName())
                .suggest("主送", other.isEmpty() ? asked : asked + "、" + other)
                .suggest("抄送", copies(proposal.caseNumber()));
    }

    // ---- handling

    private PaperFacts handling(String kind, Proposal proposal, Handling row, PaperFacts facts) {
        Assignment assignment = assignments.get(row.assignmentId());
        facts.text("承办单位", row.unitName())
                .text("承办方式", assignment.roleLine())
                .text("交办日期", day(assignment.sentAt()))
                .text("办理进度", row.state().label());
        owed(row)
                .ifPresentOrElse(
                        deadline -> {
                            facts.text("答复期限", day(deadline.due())).text("原期限", day(deadline.due()));
                            facts.text("再办期限", day(deadline.due())).text("期限情况", left(deadline));
                        },
                        () -> facts.missing("没有找到" + row.unitName() + "的办理期限，请系统管理员核对。"));
        // those of other papers say nothing of the reply's draft
        if (kind.equals(ProposalPaperKinds.REPLY_LETTER) || kind.equals(ProposalPaperKinds.CO_OPINION))
            opinions(row, facts);
        return switch (kind) {
            case ProposalPaperKinds.REPLY_LETTER -> replyLetter(proposal, row, facts);
            case ProposalPaperKinds.CO_OPINION -> coOpinion(proposal, row, facts);
            case ProposalPaperKinds.EXTENSION_REQUEST -> extensionRequest(proposal, row, facts);
            case ProposalPaperKinds.URGE ->
                facts.text("催办日期", day(clock.instant())).suggest("催办意见", "请抓紧办理，按期答复提案者。");
            case ProposalPaperKinds.SUPERVISION_NOTICE ->
                facts.suggest("主送", row.unitName())
                        .suggest("抄送", copies(proposal.caseNumber()))
                        .suggest("督办要求", "请主要负责人亲自过问，查明原因，抓紧办理并答复提案者。")
                        .suggest("报告期限", "");
            default ->
                facts.text("再办理由", row.roundReason())
                        .suggest("主送", row.unitName())
                        .suggest("抄送", copies(proposal.caseNumber()));
        };
    }

    private String left(Deadline deadline) {
        long days = ChronoUnit.DAYS.between(ChineseTime.day(clock.instant()), ChineseTime.day(deadline.due()));
        if (!deadline.state().equals("open") && !deadline.state().equals("lapsed")) return "已经办结";
        return days > 0 ? "距期限还有" + days + "天" : days == 0 ? "期限是今天" : "已超过期限" + -days + "天";
    }

    /** Who said what of the draft, for the signing sheet. */
    private void opinions(Handling row, PaperFacts facts) {
        int last = handlings.opinions(row.id()).stream()
                .mapToInt(Opinion::draft)
                .max()
                .orElse(0);
        for (Opinion one : handlings.opinions(row.id())) {
            if (one.draft() != last && one.step() != OpinionStep.COLLATE) continue;
            String line = one.verdict().label() + (one.opinion().isEmpty() ? "" : "。" + one.opinion()) + "　"
                    + one.name() + "　" + day(one.at());
            String box =
                    switch (one.step()) {
                        case CHECK, DELIVER -> "核稿";
                        case DEPUTY, CO_DEPUTY -> "分管领导";
                        case HEAD -> "主要负责人";
                        case COLLATE, PREVIEW -> "会签单位";
                        case CONTACT -> "科室负责人";
                    };
            facts.signing(box, line);
        }
    }

    private PaperFacts replyLetter(Proposal proposal, Handling row, PaperFacts facts) {
        Reply reply = handlings.reply(row.id()).orElseThrow();
        StringBuilder text = new StringBuilder(
                reply.opening().isBlank() ? "您提出的《" + proposal.title() + "》收悉，现答复如下。" : reply.opening());
        for (Map.Entry<Integer, Reply.Item> item : reply.items().entrySet()) {
            text.append("\n关于建议")
                    .append(item.getKey())
                    .append("（")
                    .append(suggestion(proposal, item.getKey()))
                    .append("）：\n")
                    .append(item.getValue().answer());
        }
        String promises =
                handlings.promises(row.id()).stream().map(Commitment::line).collect(Collectors.joining("\n"));
        return facts.text("办理结果", reply.classLine())
                .text("公开属性", reply.publicity().label())
                .text("答复性质", row.again() ? "再次答复" : "答复")
                .text("答复正文", text.toString())
                .text("承诺事项", promises.isEmpty() ? "没有需要列出期限的事项。" : promises)
                .text("联系人", reply.contactPerson())
                .text("联系电话", reply.contactPhone())
                .needed("签发人", reply.signedName(), "答复还没有签发，请先办完“审签”。")
                .suggest("主送", reply.mainTo())
                .suggest("抄送", reply.copyTo().isBlank() ? copies(proposal.caseNumber()) : reply.copyTo());
    }

    private static String suggestion(Proposal proposal, int number) {
        return number >= 1 && number <= proposal.suggestions().size()
                ? proposal.suggestions().get(number - 1)
                : "";
    }

    private PaperFacts coOpinion(Proposal proposal, Handling row, PaperFacts facts) {
        CoOpinion opinion = handlings.coOpinion(row.id()).orElseThrow();
        String lead = assignments.holding(row.caseNumber()).stream()
                .filter(one -> one.role() == AssignmentRole.LEAD)
                .map(Assignment::unitName)
                .findFirst()
                .orElse(null);
        return facts.needed("主办单位", lead, "这件提案现在没有主办单位，请与交办单位联系。")
                .text("针对", opinion.pointsLine())
                .text("会办意见", opinion.content())
                .needed("签发人", opinion.signedName(), "会办意见还没有审签，请先办完“审签”。")
                .suggest("主送", lead)
                .suggest("抄送", copies(proposal.caseNumber()));
    }

    private PaperFacts extensionRequest(Proposal proposal, Handling row, PaperFacts facts) {
        Extension last = extensions.of(row.id()).stream().reduce((a, b) -> b).orElse(null);
        return facts.suggest(
                        "主送",
                        assignments.plan(row.caseNumber()).map(Plan::officeName).orElse(""))
                .suggest("抄送", COMMITTEE_NAME + "。")
                .suggest("申请延至", last == null ? "" : day(last.dueWanted()))
                .suggest("延期理由", last == null ? "" : last.reason())
                .text("提案者", proposals.proposerLine(proposal));
    }

    private PaperFacts extensionReply(Handling row, long id, PaperFacts facts) {
        Extension one = extensions.of(row.id()).stream()
                .filter(extension -> extension.id() == id)
                .findFirst()
                .orElseThrow();
        boolean granted = one.state() == ExtensionState.GRANTED;
        return facts.text("申请单位", row.unitName())
                .text("申请日期", day(one.askedAt()))
                .text(
                        "批复结果",
                        granted ? "同意延至" + day(one.dueWanted()) + "前答复。" : "不同意延期，请于" + day(one.dueBefore()) + "前答复。")
                .text("批复意见", one.decidedOpinion())
                .text("签发人", one.decidedName())
                .suggest("主送", row.unitName())
                .suggest("抄送", copies(row.caseNumber()));
    }

    private PaperFacts minutes(String number, long id, PaperFacts facts) {
        Consultation one = consultations.of(number).stream()
                .filter(consultation -> consultation.id() == id)
                .findFirst()
                .orElseThrow();
        if (one.kind() == ConsultationKind.SUPERVISION) facts.text("方式", "督办协商");
        else facts.text("方式", one.kind().label());
        return facts.text("阶段", one.stage().label())
                .text("时间", ChineseTime.text(one.heldAt()))
                .text("地点", one.place())
                .text("召集人", one.convener())
                .text("承办单位", String.join("、", one.units()))
                .text("单位领导", one.unitLeader())
                .text(
                        "提案者到场",
                        one.proposers().stream()
                                .map(who -> who.name()
                                        + (who.present() ? "" : "（未参加：" + who.absenceReason() + "）")
                                        + one.word(who.caseNumber(), who.personId())
                                                .map(word -> "（"
                                                        + word.verdict().label()
                                                        + (word.opinion().isEmpty() ? "" : "，" + word.opinion()) + "）")
                                                .orElse(""))
                                .collect(Collectors.joining("；")))
                .text("参加人员", one.people().replace("\n", "、"))
                .text("各方意见", one.views())
                .text("商定事项", numbered(one.agreed()))
                .text("未取得一致", one.differences())
                .text("记录人", one.enteredName());
    }

    // ---- feedback, look-back, supervision

    private PaperFacts opinionForm(Feedback one, PaperFacts facts) {
        Handling row = handlings.get(one.handlingId());
        String number = handlings.reply(row.id()).map(Reply::documentNumber).orElse(null);
        if (!address.isEmpty()) facts.code2d(address + "/my/feedback/" + one.id());
        return facts.text("答复单位", label(row))
                .needed("答复文号", number, "答复还没有送达，请先办完“用印送达”。")
                .text("征询对象", one.name())
                .text("反馈期限", feedbacks.due(one).map(ProposalPapers::day).orElse("近日"));
    }

    private PaperFacts revisit(Revisit one, PaperFacts facts) {
        String items = revisits.items(one.id()).stream().map(Revisit.Item::line).collect(Collectors.joining("\n"));
        String words = revisits.words(one.id()).stream().map(Revisit.Word::line).collect(Collectors.joining("\n"));
        RevisitOutcome outcome = one.outcome();
        String checked = outcome == null
                ? ""
                : outcome.label()
                        + (one.checkOpinion().isEmpty() ? "" : "。" + one.checkOpinion())
                        + (one.nextOn() == null ? "" : "。下次回头看：" + DAY.format(one.nextOn()));
        return facts.text("承办单位", one.unitName())
                .text("启动原因", one.causeLine())
                .text("启动日期", day(one.startedAt()))
                .text("原办理结果", one.originalLine())
                .text(
                        "现办理结果",
                        revisits.presentClass(one.handlingId())
                                .map(Revisit.ClassAt::line)
                                .orElse(one.originalLine()))
                .text("事项", items)
                .text("报告", one.report())
                .text("提案者意见", words)
                .text("核查结论", checked);
    }

    private PaperFacts supervision(String number, long id, PaperFacts facts) {
        KeyTopic topic = keys.selected(number).stream()
                .filter(one -> one.id() == id)
                .findFirst()
                .orElseThrow();
        List<Proposal> all = proposals.all(topic.cases());
        String units = topic.cases().stream()
                .flatMap(one -> assignments.holding(one).stream())
                .map(row -> row.unitName() + "（" + row.role().label() + "）")
                .distinct()
                .collect(Collectors.joining("、"));
        List<String> results = new ArrayList<>();
        List<String> promises = new ArrayList<>();
        List<String> meetings = new ArrayList<>();
        for (String one : topic.cases()) {
            handlings.repliesTo(one).forEach(reply -> results.add(reply.unitName() + "：" + reply.classLine()));
            handlings.commitments(one).stream()
                    .filter(Commitment::binding)
                    .map(Commitment::line)
                    .forEach(promises::add);
            consultations.of(one).stream()
                    .filter(held -> held.kind().inPerson())
                    .map(held -> ChineseTime.text(held.heldAt()) + "，"
                            + held.kind().label() + (held.place().isEmpty() ? "" : "，" + held.place())
                            + (held.disputed() ? "（提案者有异议）" : "") + "。")
                    .forEach(meetings::add);
        }
        return facts.text("选题", topic.name())
                .text("确定会议", topic.decidedLine())
                .needed("督办领导", topic.chairName(), "重点选题还没有确定督办主席，请先在“重点提案”页确定。")
                .text("领办领导", Objects.requireNonNullElse(topic.officialName(), "未安排"))
                .text("提案", lines(all))
                .text("承办单位", units.isEmpty() ? "承办单位：尚未交办" : "承办单位：" + units)
                .text("办理结果", results.isEmpty() ? "尚未答复。" : String.join("\n", results))
                .text("承诺事项", String.join("\n", promises))
                .text("协商情况", String.join("\n", meetings.stream().distinct().toList()))
                .suggest("主送", units.isEmpty() ? "" : units(topic.cases()))
                .suggest("抄送", copies(number));
    }

    private String units(Collection<String> cases) {
        return cases.stream()
                .flatMap(one -> assignments.holding(one).stream())
                .map(Assignment::unitName)
                .distinct()
                .collect(Collectors.joining("、"));
    }

    private String lines(List<Proposal> all) {
        return all.stream()
                .map(proposal -> proposals.numberLine(proposal) + "《" + proposal.title() + "》")
                .collect(Collectors.joining("\n"));
    }

    // ---- the whole session

    private PaperFacts ofSession(PaperSubject subject, Session session, PaperFacts facts) {
        facts.suggest("主送", "各承办单位").suggest("抄送", "市委办公室，市政府办公室。");
        if (subject.kind().equals(ProposalPaperKinds.COMMENDATION)) {
            return facts.suggest("表彰依据", "经提案委员会评选、主席会议审议通过");
        }
        SessionFigures.Figures all = figures.of(session);
        return facts.text("提交件数", String.valueOf(all.handedIn()))
                .text("立案件数", String.valueOf(all.filed()))
                .text("统计日期", day(clock.instant()))
                .text("已答复件数", String.valueOf(all.replied()))
                .text("满意率", all.contentLine())
                .table(
                        "办理情况表",
                        all.units().stream().map(SessionFigures.UnitLine::row).toList());
    }

    private static String day(@Nullable Instant moment) {
        return moment == null ? "" : DAY.format(ChineseTime.day(moment));
    }
}
