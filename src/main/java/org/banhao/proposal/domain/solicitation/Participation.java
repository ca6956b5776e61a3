package org.banhao.proposal.domain.solicitation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.people.Member;
import org.banhao.people.People;
import org.banhao.people.Person;
import org.banhao.people.Roles;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.Signature;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who of those who may propose has proposed, and what came in. */
@Service
@Transactional(readOnly = true)
public class Participation {

    private final Proposals proposals;
    private final People people;
    private final Audit audit;

    Participation(Proposals proposals, People people, Audit audit) {
        this.proposals = proposals;
        this.people = people;
        this.audit = audit;
    }

    /**
     * A member or organisation in office today.
     *
     * @param proposed handed in as first proposer · {@code coSigned} confirmed a signature; withdrawn ones do not count
     */
    public record Line(Member member, int proposed, int coSigned) {

        public boolean submitted() {
            return proposed > 0 || coSigned > 0;
        }

        /** 界别, or what kind of proposer it is. */
        public String sector() {
            return member.kind().equals("member") ? (member.sector().isEmpty() ? "界别未填" : member.sector()) : "提案单位";
        }

        public String doneLine() {
            return submitted() ? "提出" + proposed + "件，联名" + coSigned + "件" : "尚未提交";
        }
    }

    /** Members by sector, then organisations; within them those who have not submitted first. */
    public List<Line> lines(String session) {
        List<Proposal> counted = counted(session);
        Map<String, Integer> first = new HashMap<>();
        Map<String, Integer> co = new HashMap<>();
        proposals.signatures(counted).values().stream()
                .flatMap(List::stream)
                .filter(Signature::confirmed)
                .forEach(signer ->
                        (signer.role().equals("first") ? first : co).merge(signer.memberId(), 1, Integer::sum));
        Map<String, List<Line>> sectors = new TreeMap<>();
        List<Line> organizations = new ArrayList<>();
        for (Member member : people.members()) {
            Line line = new Line(member, first.getOrDefault(member.id(), 0), co.getOrDefault(member.id(), 0));
            if (member.kind().equals("member")) {
                sectors.computeIfAbsent(line.sector(), key -> new ArrayList<>()).add(line);
            } else {
                organizations.add(line);
            }
        }
        List<Line> all = new ArrayList<>();
        sectors.values().forEach(lines -> all.addAll(missingFirst(lines)));
        all.addAll(missingFirst(organizations));
        return all;
    }

    /** @param phone of the member, or of the organisation's contact; may be empty */
    public record Missing(Line line, String phone) {}

    /**
     * Who has not submitted, with numbers to call: for the table that leaves the house.
     *
     * @throws Refusal not the committee
     */
    @Transactional
    public List<Missing> missing(String session, String person) {
        requireCommittee(person);
        List<Line> lines =
                lines(session).stream().filter(line -> !line.submitted()).toList();
        Map<String, Person> persons = people.findAll(
                lines.stream().map(line -> line.member().personId()).collect(Collectors.toSet()));
        audit.record("proposal.exportMissing", null, session + "，" + lines.size() + "行");
        return lines.stream()
                .map(line -> {
                    Person found = persons.get(line.member().personId());
                    String phone = found == null ? null : found.phone();
                    return new Missing(line, phone == null ? "" : phone);
                })
                .toList();
    }

    void requireCommittee(String person) {
        List<String> groups = people.groupsOf(person);
        if (!groups.contains(Roles.PROPOSAL_CLERK) && !groups.contains(Roles.COMMITTEE_DIRECTOR)) {
            throw new Refusal("只有提案委员会办公室工作人员和提案委员会主任、副主任可以办理提案征集。");
        }
    }

    private static List<Line> missingFirst(List<Line> lines) {
        List<Line> sorted =
                new ArrayList<>(lines.stream().filter(line -> !line.submitted()).toList());
        lines.stream().filter(Line::submitted).forEach(sorted::add);
        return sorted;
    }

    private List<Proposal> counted(String session) {
        return proposals.handedIn(session).stream()
                .filter(proposal -> proposal.withdrawnAt() == null)
                .toList();
    }

    /**
     * What came in.
     *
     * @param collected handed in and not withdrawn
     * @param participants distinct members in office who proposed or co-signed: when it closed, before that until today
     * @param inOffice members in office: when it closed, before that today
     * @param denominator set by hand; null: none
     */
    public record Figures(
            int collected,
            int withdrawn,
            Map<String, Integer> byPeriod,
            Map<String, Integer> byKind,
            Map<String, Integer> byCategory,
            Map<String, Integer> bySector,
            int participants,
            int inOffice,
            @Nullable Integer denominator,
            String denominatorNote) {

        /** 委员参与率 355/355，100.00％（在职委员） */
        public List<String> rates() {
            List<String> rates = new ArrayList<>();
            rates.add("委员参与率" + rate(participants, inOffice) + "，分母为在职委员数");
            if (denominator != null) {
                rates.add("委员参与率" + rate(participants, denominator) + "，分母为" + denominatorNote);
            }
            return rates;
        }

        /** All of it in lines, as the summary's form and the dossier show it. */
        public String text() {
            List<String> lines = new ArrayList<>();
            lines.add("征集提案" + collected + "件" + (withdrawn == 0 ? "" : "（另有撤回" + withdrawn + "件）") + part(byPeriod));
            lines.add("按提案形式：" + part(byKind));
            lines.add("按类别：" + part(byCategory));
            lines.add("按第一提案人界别：" + part(bySector));
            lines.addAll(rates());
            lines.add("比例按四舍五入取两位小数，各项之和不一定等于100％；联名计入参与。");
            return String.join("\n", lines);
        }

        private static String part(Map<String, Integer> counts) {
            StringBuilder text = new StringBuilder();
            counts.forEach((name, count) -> text.append(text.isEmpty() ? "" : "，")
                    .append(name)
                    .append(count)
                    .append("件"));
            return text.isEmpty() ? "没有" : text.toString();
        }

        /** 355/355，即100.00％; of nobody there is no rate. */
        static String rate(int part, int whole) {
            if (whole == 0) {
                return part + "/0";
            }
            return part + "/" + whole + "，即"
                    + BigDecimal.valueOf(part)
                            .multiply(BigDecimal.valueOf(100))
                            .divide(BigDecimal.valueOf(whole), 2, RoundingMode.HALF_UP)
                    + "％";
        }
    }

    /** @param solicitation null: none was begun, then members of today count */
    public Figures figures(String session, @Nullable Solicitation solicitation) {
        List<Proposal> all = proposals.handedIn(session);
        List<Proposal> counted = counted(session);
        Map<String, Member> members = new HashMap<>();
        people.members().stream()
                .filter(member -> member.kind().equals("member"))
                .forEach(member -> members.put(member.id(), member));
        Set<String> participants = new HashSet<>();
        proposals.signatures(counted).values().stream()
                .flatMap(List::stream)
                .filter(signer -> signer.confirmed() && members.containsKey(signer.memberId()))
                .forEach(signer -> participants.add(signer.memberId()));
        Map<String, Integer> period = new LinkedHashMap<>();
        Map<String, Integer> kind = new LinkedHashMap<>();
        Map<String, Integer> category = new TreeMap<>();
        Map<String, Integer> sector = new TreeMap<>();
        for (Proposal proposal : counted) {
            period.merge("interim".equals(proposal.period()) ? "平时提案" : "大会提案", 1, Integer::sum);
            kind.merge(kindName(proposal), 1, Integer::sum);
            category.merge(proposal.categoryName(), 1, Integer::sum);
            Member first = members.get(proposal.proposerMember());
            sector.merge(
                    proposal.collective()
                            ? "集体提案"
                            : first == null || first.sector().isEmpty() ? "界别未填" : first.sector(),
                    1,
                    Integer::sum);
        }
        Integer closed = solicitation == null ? null : solicitation.closedMembers();
        Integer took = solicitation == null ? null : solicitation.closedParticipants();
        return new Figures(
                counted.size(),
                all.size() - counted.size(),
                period,
                kind,
                category,
                sector,
                took == null ? participants.size() : took,
                closed == null ? members.size() : closed,
                solicitation == null ? null : solicitation.denominator(),
                solicitation == null ? "" : solicitation.denominatorNote());
    }

    private static String kindName(Proposal proposal) {
        return switch (proposal.kind()) {
            case "collective" -> "集体提案";
            case "joint" -> "委员联名提案";
            default -> "委员个人提案";
        };
    }
}
