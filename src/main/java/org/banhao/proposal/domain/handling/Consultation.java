package org.banhao.proposal.domain.handling;

import java.time.Instant;
import java.util.List;

/**
 * A contact or consultation, over one or several cases and units.
 *
 * @param people who took part, one a line with post
 * @param unitLeader leader of a unit who was present; empty: none was
 * @param agreed lines of what was agreed; they stand in the register of commitments
 * @param differences what stayed open
 * @param byCommittee who entered it was of the committee then; of entries older than this was asked it is said of all
 */
public record Consultation(
        long id,
        ConsultationKind kind,
        ConsultationStage stage,
        Instant heldAt,
        String place,
        String convener,
        String people,
        String unitLeader,
        String views,
        String differences,
        String enteredName,
        boolean byCommittee,
        Instant enteredAt,
        List<String> cases,
        List<String> units,
        List<Attendance> proposers,
        List<String> agreed,
        List<String> documents) {

    /** @param absenceReason why not; empty when present */
    public record Attendance(String caseNumber, String personId, String name, boolean present, String absenceReason) {}
}
