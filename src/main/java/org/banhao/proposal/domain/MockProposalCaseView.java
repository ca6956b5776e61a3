package org.banhao.proposal.domain;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.banhao.casefile.CaseChoices;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.Ledger;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A 模拟提案 in the dossier: a proposal in everything but its kind. */
@Component
@Order(20)
@Transactional(readOnly = true)
class MockProposalCaseView extends ProposalCaseView {

    private static final List<String> PROPOSERS =
            List.of(Roles.MEMBER, Roles.ORGANIZATION_CONTACT, Roles.SECTOR_CONVENER);

    private final Sessions sessions;

    MockProposalCaseView(
            ProposalRows rows,
            SecondRows seconds,
            Sessions sessions,
            Reviews reviews,
            ReviewFacts facts,
            People people,
            List<LaterStage> laterStages) {
        super(rows, seconds, sessions, reviews, facts, people, laterStages);
        this.sessions = sessions;
    }

    @Override
    public String kind() {
        return CaseFiles.MOCK;
    }

    /** For the committee and for those who propose; units have nothing to do with them. */
    @Override
    public Optional<CaseChoices> choices(List<String> groups) {
        boolean conducts = readsOpinions(groups);
        if (!conducts && groups.stream().noneMatch(PROPOSERS::contains)) return Optional.empty();
        return Optional.of(choices(
                "模拟提案",
                conducts ? sessions.every().stream().filter(Session::mock).toList() : List.of(),
                groups));
    }

    /** Practice is no record. */
    @Override
    public Set<String> archivedIn() {
        return Set.of();
    }

    /** Practice is counted nowhere. */
    @Override
    public List<Ledger> ledgers(List<String> groups) {
        return List.of();
    }
}
