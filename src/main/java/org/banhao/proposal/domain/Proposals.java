package org.banhao.proposal.domain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.banhao.base.Refusal;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What the later stages of a case (assignment, handling, feedback) may know of a proposal. Changes nothing of it. */
@Service
@Transactional(readOnly = true)
public class Proposals {

    private final ProposalRows rows;
    private final ReviewRows reviews;
    private final Sessions sessions;
    private final ReviewFacts facts;

    Proposals(ProposalRows rows, ReviewRows reviews, Sessions sessions, ReviewFacts facts) {
        this.rows = rows;
        this.reviews = reviews;
        this.sessions = sessions;
        this.facts = facts;
    }

    public Optional<Proposal> find(String caseNumber) {
        return rows.find(caseNumber);
    }

    /** @throws Refusal there is none of that number */
    public Proposal get(String caseNumber) {
        return rows.get(caseNumber);
    }

    public List<Proposal> all(Collection<String> caseNumbers) {
        return rows.all(caseNumbers);
    }

    /**
     * The proposal, with its row held until the caller's transaction ends.
     *
     * @throws Refusal there is none of that number
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Proposal lock(String caseNumber) {
        return rows.lock(caseNumber);
    }

    /**
     * With the proposals merged into it, all held until the caller's transaction ends: the lead first, then the others in the order of
     * their numbers. Rows of later stages are held after it, never before.
     *
     * @return the lead first
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Proposal> lockWithMerged(String caseNumber) {
        List<Proposal> all = new ArrayList<>(List.of(rows.lock(caseNumber)));
        mergedInto(caseNumber).stream()
                .map(Proposal::caseNumber)
                .sorted()
                .map(rows::lock)
                .filter(merged -> merged.withdrawnAt() == null)
                .forEach(all::add);
        return all;
    }

    /** 回避: the person is one of those who propose in this case or in one merged into it. */
    public boolean proposes(String caseNumber, String person) {
        return Stream.concat(Stream.of(rows.get(caseNumber)), mergedInto(caseNumber).stream())
                .anyMatch(proposal -> proposers(proposal).contains(person));
    }

    public Session session(Proposal proposal) {
        return sessions.get(proposal.sessionId());
    }

    /** 十四届五次第018号, or the case number while it has none. */
    public String numberLine(Proposal proposal) {
        String number = proposal.fileNumberText();
        return number == null ? proposal.caseNumber() : session(proposal).name() + number;
    }

    /** 卫林书等3人（教育界），联名提案，大会提案 */
    public String proposerLine(Proposal proposal) {
        return facts.proposerLine(proposal);
    }

    /** Names of the units the proposer would like to see; 未填 when there are none. */
    public String wishLine(Proposal proposal) {
        return facts.wishLine(proposal);
    }

    /** Accounts of all who propose: the first proposer and every confirmed co-signer, in their order. */
    public List<String> proposers(Proposal proposal) {
        Set<String> persons = new LinkedHashSet<>();
        persons.add(proposal.proposerPerson());
        rows.signatures(proposal.caseNumber()).stream()
                .filter(Signature::confirmed)
                .map(Signature::personId)
                .forEach(persons::add);
        return List.copyOf(persons);
    }

    /** Proposals merged into this one and not withdrawn since; their proposers are answered with it, each for himself. */
    public List<Proposal> mergedInto(String caseNumber) {
        return rows.mergedInto(caseNumber).stream()
                .filter(proposal -> proposal.verdict() == Verdict.MERGE && proposal.withdrawnAt() == null)
                .toList();
    }

    /** Units the latest review names, the first one to lead; empty when no reviewer named any. */
    public List<String> unitsOfReview(String caseNumber) {
        List<Review> all = reviews.of(caseNumber);
        for (int i = all.size() - 1; i >= 0; i--) {
            if (!all.get(i).units().isEmpty()) {
                return all.get(i).units();
            }
        }
        return List.of();
    }

    /** Case numbers a reviewer of this session marked 拟重点 and that can still become key, in their order. */
    public List<String> keyCandidates(String session) {
        return reviews.keyCandidates(session);
    }

    /** Everything handed in for the session, whatever became of it, in the order of the case numbers. */
    public List<Proposal> handedIn(String session) {
        return rows.handedIn(session);
    }

    /** What review of that session's proposals has concluded so far. */
    public Filing filing(Session session) {
        return rows.filing(session);
    }

    /** Who proposes and co-signs, by case number. */
    public Map<String, List<Signature>> signatures(Collection<Proposal> proposals) {
        return rows.signatures(proposals.stream().map(Proposal::caseNumber).toList());
    }
}
