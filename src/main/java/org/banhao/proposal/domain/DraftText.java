package org.banhao.proposal.domain;

import java.util.List;

/** The four texts of a proposal, cleaned. */
public record DraftText(String title, String situation, String analysis, List<String> suggestions) {

    static DraftText of(Proposal proposal) {
        return new DraftText(proposal.title(), proposal.situation(), proposal.analysis(), proposal.suggestions());
    }

    boolean blank() {
        return title.isBlank()
                && situation.isBlank()
                && analysis.isBlank()
                && suggestions.stream().allMatch(String::isBlank);
    }
}
