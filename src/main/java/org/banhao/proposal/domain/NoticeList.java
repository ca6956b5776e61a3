package org.banhao.proposal.domain;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.banhao.base.Audit;
import org.banhao.people.Member;
import org.banhao.people.People;
import org.banhao.people.Person;
import org.banhao.people.Roles;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 通知清单: who of a session's filed proposals is to be told by the city's short message platform, with number and text. One
 * line for each proposer and each who signed; nothing of a proposal's content, not even its title, stands in it.
 */
@Service
public class NoticeList {

    /** What fits into one short message. */
    private static final int LONGEST = 70;

    private final ProposalRows rows;
    private final Sessions sessions;
    private final People people;
    private final Audit audit;
    private final Clock clock;

    NoticeList(ProposalRows rows, Sessions sessions, People people, Audit audit, Clock clock) {
        this.rows = rows;
        this.sessions = sessions;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param name whom to call; with the organisation when he speaks for one
     * @param phone empty when none is known
     */
    public record Line(
            int position, String fileNumber, String caseNumber, String name, String role, String phone, String text) {}

    /** @param made when this list was put together */
    public record Sheet(Session session, Instant made, List<Line> lines) {

        public String title() {
            return session.name() + "提案立案通知清单";
        }

        public long withoutPhone() {
            return lines.stream().filter(line -> line.phone().isEmpty()).count();
        }
    }

    /** Latest closing hour first. */
    @Transactional(readOnly = true)
    public List<Session> sessions() {
        return sessions.all();
    }

    /** @param session empty: the open one; null: there is none */
    @Transactional
    public @Nullable Sheet read(String session) {
        Session chosen = session.isEmpty() ? sessions.open().orElse(null) : sessions.get(session);
        if (chosen == null) {
            return null;
        }
        Sheet sheet = sheet(chosen);
        audit.record(
                "proposal.readNoticeList",
                null,
                sheet.title() + "，" + sheet.lines().size() + "条");
        return sheet;
    }

    /** The same list, to be taken away. @throws org.banhao.base.Refusal no such session */
    @Transactional
    public Sheet export(String session) {
        Sheet sheet = sheet(sessions.get(session));
        audit.record(
                "proposal.exportNoticeList",
                null,
                sheet.title() + "，" + sheet.lines().size() + "条");
        return sheet;
    }

    private Sheet sheet(Session session) {
        List<Proposal> filed = rows.numbered(session.id()).stream()
                .filter(proposal -> proposal.withdrawnAt() == null)
                .sorted(Comparator.comparing(proposal -> Objects.requireNonNull(proposal.fileNumber())))
                .toList();
        Map<String, List<Signature>> signatures =
                rows.signatures(filed.stream().map(Proposal::caseNumber).toList());
        Map<String, String> speaks = people.members().stream().collect(Collectors.toMap(Member::id, Member::personId));
        Map<String, Person> known = proposers();
        List<Line> lines = new ArrayList<>();
        for (Proposal proposal : filed) {
            for (Signature signer : signatures.getOrDefault(proposal.caseNumber(), List.of())) {
                if (signer.confirmed()) {
                    String id = speaks.getOrDefault(signer.memberId(), signer.personId());
                    Person person = known.containsKey(id)
                            ? known.get(id)
                            : people.find(id).orElse(null);
                    lines.add(line(lines.size() + 1, session, proposal, signer, person));
                }
            }
        }
        return new Sheet(session, clock.instant(), lines);
    }

    private Map<String, Person> proposers() {
        Map<String, Person> known = new HashMap<>();
        Stream.of(Roles.MEMBER, Roles.ORGANIZATION_CONTACT, Roles.SECTOR_CONVENER)
                .flatMap(group -> people.membersOf(group).stream())
                .forEach(person -> known.put(person.id(), person));
        return known;
    }

    private static Line line(
            int position, Session session, Proposal proposal, Signature signer, @Nullable Person person) {
        String number = String.valueOf(proposal.fileNumberText());
        boolean first = signer.role().equals("first");
        String name = signer.name();
        // an organisation's contact, a successor: the name on the proposal is another one
        if (person != null && !person.name().equals(name)) {
            name = name + "（" + person.name() + "）";
        }
        String phone = person == null ? null : person.phone();
        return new Line(
                position,
                number,
                proposal.caseNumber(),
                name,
                first ? (proposal.collective() ? "提案单位" : "第一提案人") : "联名人",
                phone == null ? "" : phone,
                text(proposal.caseNumber(), first ? "提出" : "联名", session.name() + number, number));
    }

    /** A long name of a session goes before the message does not fit. */
    static String text(String caseNumber, String how, String wholeNumber, String number) {
        String text = "【办好】您" + how + "的提案" + caseNumber + "已立案，案号" + wholeNumber + "。";
        return text.length() <= LONGEST ? text : "【办好】您" + how + "的提案" + caseNumber + "已立案，案号" + number + "。";
    }
}
