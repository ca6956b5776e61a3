package org.banhao.proposal.domain.papers;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
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
 * units, offices and committee write to each other is for them. A reply is nobody else's before it is delivered, and neither is its letter.
 */
@Component
@Order(500)
@Transactional(readOnly = true)
class PaperStage implements LaterStage {

    private static final Set<String> OPEN = ProposalPaperKinds.all().stream()
            .filter(PaperKind::open)
            .map(PaperKind::code)
            .collect(Collectors.toSet());

    /** Every line about a letter names it: looked for before anything is read. */
    private static final Pattern NUMBER = Pattern.compile("〔\\d{4}〕");

    private final ProposalPapers papers;
    private final IssuedPapers issued;
    private final Handlings handlings;

    PaperStage(ProposalPapers papers, IssuedPapers issued, Handlings handlings) {
        this.papers = papers;
        this.issued = issued;
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
                .filter(kind -> open(kind, paper) || handlings.worksOn(caseNumber, groups))
                .isPresent();
    }

    private boolean open(String kind, StoredDocument paper) {
        return OPEN.contains(kind)
                && (!kind.equals(ProposalPaperKinds.REPLY_LETTER)
                        || issued.ofDocument(paper.first())
                                .filter(one -> handlings.delivered(Handlings.ofPaper(one.subjectKey())))
                                .isPresent());
    }

    /** It has its number and its seal; what is wrong in it is voided and made anew. */
    @Override
    public boolean fixed(StoredDocument paper) {
        return IssuedPapers.kindOf(paper.origin()).isPresent();
    }

    @Override
    public boolean tells(String caseNumber, TimelineEntry entry, List<String> groups) {
        String what = entry.what();
        if (what.startsWith(IssuedPapers.INSIDE)) return handlings.worksOn(caseNumber, groups);
        return !NUMBER.matcher(what).find() || !early(caseNumber, what) || handlings.worksOn(caseNumber, groups);
    }

    /** The line names the letter of a reply that is not delivered. */
    private boolean early(String caseNumber, String what) {
        return issued.ofCase(caseNumber).stream()
                .filter(one -> one.kind().equals(ProposalPaperKinds.REPLY_LETTER) && what.contains(one.title()))
                .anyMatch(one -> !handlings.delivered(Handlings.ofPaper(one.subjectKey())));
    }

    @Override
    public Map<String, List<String>> missing(Collection<String> caseNumbers) {
        return issued.unfinished(caseNumbers);
    }

    @Override
    public Map<String, String> voided(String caseNumber) {
        return issued.voided(caseNumber);
    }

    @Override
    public Map<String, CaseView.Imprint> imprints(String caseNumber) {
        Map<String, CaseView.Imprint> all = new HashMap<>();
        issued.imprints(caseNumber)
                .forEach((document, imprint) ->
                        all.put(document, new CaseView.Imprint(imprint.number(), imprint.issuer(), imprint.day())));
        return all;
    }
}
