package org.banhao.proposal.domain.papers;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.banhao.casefile.CaseView;
import org.banhao.casefile.TimelineEntry;
import org.banhao.document.StoredDocument;
import org.banhao.paper.IssuedPapers;
import org.banhao.paper.PaperKind;
import org.banhao.proposal.domain.LaterStage;
import org.banhao.proposal.domain.handling.Handlings;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Papers on the page of a proposal. What is addressed to proposers, or says what they took part in, is for all who read the case; what
 * units, offices and committee write to each other is for them.
 */
@Component
@Order(500)
@Transactional(readOnly = true)
class PaperStage implements LaterStage {

    private static final Set<String> OPEN = ProposalPaperKinds.all().stream()
            .filter(PaperKind::open)
            .map(PaperKind::code)
            .collect(Collectors.toSet());

    private final ProposalPapers papers;
    private final Handlings handlings;

    PaperStage(ProposalPapers papers, Handlings handlings) {
        this.papers = papers;
        this.handlings = handlings;
    }

    @Override
    public void summary(String caseNumber, Map<String, String> summary) {
        // papers stand among the documents
    }

    @Override
    public List<CaseView.Section> sections(String caseNumber, List<String> groups) {
        return List.of();
    }

    @Override
    public List<CaseView.Action> actions(String caseNumber, List<String> groups) {
        return papers.concerns(caseNumber, groups)
                ? List.of(new CaseView.Action("公文", "/papers?case=" + caseNumber))
                : List.of();
    }

    @Override
    public boolean shows(String caseNumber, StoredDocument paper, List<String> groups) {
        return IssuedPapers.kindOf(paper.origin())
                .filter(kind -> OPEN.contains(kind) || handlings.worksOn(caseNumber, groups))
                .isPresent();
    }

    /** It has its number and its seal; what is wrong in it is voided and made anew. */
    @Override
    public boolean fixed(StoredDocument paper) {
        return IssuedPapers.kindOf(paper.origin()).isPresent();
    }

    @Override
    public boolean tells(String caseNumber, TimelineEntry entry, List<String> groups) {
        return !entry.what().startsWith(IssuedPapers.INSIDE) || handlings.worksOn(caseNumber, groups);
    }
}
