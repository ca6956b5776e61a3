package org.banhao.proposal.domain;

import java.time.Instant;
import java.util.Optional;
import org.banhao.notice.LinkedAct;
import org.banhao.notice.Notice;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** 联名确认 by a one-time link: of a co-signer, and of the convener who speaks for a sector. */
@Component
@Transactional(readOnly = true)
public class InvitationByLink implements LinkedAct {

    public static final String KIND = "coSignature";

    static final Notice.Act ACT = new Notice.Act(KIND, "");

    private final ProposalRows rows;
    private final CoSignatureTerm term;

    InvitationByLink(ProposalRows rows, CoSignatureTerm term) {
        this.rows = rows;
        this.term = term;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Optional<Instant> due(String caseNumber, String subject, String personId) {
        boolean asked = rows.find(caseNumber)
                .filter(proposal -> !proposal.draft() && proposal.submittedAt() == null)
                .filter(proposal -> rows.signatures(caseNumber).stream()
                                .anyMatch(signer -> signer.personId().equals(personId) && signer.invited())
                        || rows.seal(caseNumber)
                                .filter(seal -> personId.equals(seal.convenerPerson()) && seal.invited())
                                .isPresent())
                .isPresent();
        return asked ? term.due(caseNumber) : Optional.empty();
    }

    /** A proposal that has become a draft again asks anew: nothing is decided then. */
    @Override
    public Optional<Decided> decided(String caseNumber, String subject, String personId) {
        Optional<Decided> signed = rows.signatures(caseNumber).stream()
                .filter(signer ->
                        signer.role().equals("co") && signer.personId().equals(personId))
                .filter(signer -> signer.confirmed() || signer.state().equals("declined"))
                .map(signer -> new Decided(words(signer.confirmed()), signer.at()))
                .findFirst();
        return signed.or(() -> rows.seal(caseNumber)
                .filter(seal -> personId.equals(seal.convenerPerson()) && seal.confirmed())
                .map(seal -> new Decided(words(true), seal.at())));
    }

    /** 确认联名、谢绝 */
    public static String words(boolean yes) {
        return yes ? "已确认" : "已谢绝";
    }
}
