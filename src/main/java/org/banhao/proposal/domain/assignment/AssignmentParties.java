package org.banhao.proposal.domain.assignment;

import org.banhao.casefile.CaseFiles;
import org.springframework.stereotype.Component;

/** Who may read a case because of its assignment: the two offices, units asked for their word, units that handle it. */
@Component
class AssignmentParties {

    static final String OFFICE = "assigningOffice";
    private static final String CONSULTED = "consultedUnit";
    private static final String HANDLING = "handlingUnit";

    private final CaseFiles caseFiles;

    AssignmentParties(CaseFiles caseFiles) {
        this.caseFiles = caseFiles;
    }

    void consulted(String caseNumber, String unit) {
        caseFiles.party(caseNumber, CONSULTED, unit + ".liaison", true);
    }

    void consultationEnds(String caseNumber, String unit) {
        caseFiles.partyEnds(caseNumber, CONSULTED, unit + ".liaison");
    }

    void handles(String caseNumber, String unit) {
        UnitBook.UNIT_ROLES.forEach(role -> caseFiles.party(caseNumber, HANDLING, unit + "." + role, true));
    }

    void handlesNoMore(String caseNumber, String unit) {
        UnitBook.UNIT_ROLES.forEach(role -> caseFiles.partyEnds(caseNumber, HANDLING, unit + "." + role));
    }
}
