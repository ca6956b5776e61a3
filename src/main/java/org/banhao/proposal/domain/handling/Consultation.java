package org.banhao.proposal.domain.handling;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.banhao.base.ChineseTime;

/**
 * A contact or consultation, over one or several cases and units.
 *
 * @param people who took part, one a line with post
 * @param unitLeader leader of a unit who was present; empty: none was
 * @param agreed lines of what was agreed; they stand in the register of commitments
 * @param differences what stayed open
 * @param byCommittee who entered it was of the committee then; of entries older than this was asked it is said of all
 * @param words of those who propose, oldest first: all that was ever said
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
        List<String> documents,
        List<Word> words) {

    /** @param absenceReason why not; empty when present */
    public record Attendance(String caseNumber, String personId, String name, boolean present, String absenceReason) {}

    /** @param personId who stands in the entry, in his case; {@code name} is who said it, which may be his successor as contact */
    public record Word(
            String caseNumber, String personId, ConsultationVerdict verdict, String opinion, String name, Instant at) {

        public String line() {
            return name + "：" + verdict.label() + (opinion.isEmpty() ? "" : "，" + opinion) + "（" + ChineseTime.text(at)
                    + "）";
        }
    }

    /** The last word of that person; empty: he has said nothing. */
    public Optional<Word> word(String caseNumber, String personId) {
        return words.stream()
                .filter(word ->
                        word.caseNumber().equals(caseNumber) && word.personId().equals(personId))
                .reduce((earlier, later) -> later);
    }

    /** Such an entry does not count for that person: he says that it was not so. */
    public boolean disputedBy(Attendance who) {
        return word(who.caseNumber(), who.personId())
                .filter(word -> word.verdict() == ConsultationVerdict.DISPUTED)
                .isPresent();
    }

    /** Somebody it is about says that it was not so. */
    public boolean disputed() {
        return proposers.stream().anyMatch(this::disputedBy);
    }

    /** Who proposes has entered it himself. */
    public boolean byProposer() {
        return words.stream().anyMatch(word -> word.verdict() == ConsultationVerdict.ENTERED);
    }
}
