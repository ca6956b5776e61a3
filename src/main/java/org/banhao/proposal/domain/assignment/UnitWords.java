package org.banhao.proposal.domain.assignment;

import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.people.People;
import org.banhao.people.Unit;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The units' word before 交办: agreed, or another unit with a reason. It advises the office and binds nobody. */
@Service
@Transactional
public class UnitWords {

    private static final int LONGEST_REASON = 300;

    private final AssignmentRows rows;
    private final Proposals proposals;
    private final UnitBook units;
    private final CaseFiles caseFiles;
    private final People people;
    private final Audit audit;
    private final Clock clock;

    UnitWords(
            AssignmentRows rows,
            Proposals proposals,
            UnitBook units,
            CaseFiles caseFiles,
            People people,
            Audit audit,
            Clock clock) {
        this.rows = rows;
        this.proposals = proposals;
        this.units = units;
        this.caseFiles = caseFiles;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    /** A question that waits for one of the person's units. @param roleLine what the unit would be */
    public record Asked(UnitWord word, String title, String numberLine, String proposerLine, String roleLine) {}

    @Transactional(readOnly = true)
    public List<Asked> waiting(String person) {
        List<UnitWord> waiting = rows.wordsWaiting(units.unitsOf(person));
        List<Assignment> planned =
                rows.of(waiting.stream().map(UnitWord::caseNumber).collect(Collectors.toSet()));
        return waiting.stream()
                .map(word -> {
                    Proposal proposal = proposals.get(word.caseNumber());
                    String role = planned.stream()
                            .filter(row -> row.caseNumber().equals(word.caseNumber())
                                    && row.unitId().equals(word.unitId())
                                    && row.state() == AssignmentState.PLANNED)
                            .map(Assignment::roleLine)
                            .findFirst()
                            .orElse("");
                    return new Asked(
                            word,
                            proposal.title(),
                            proposals.numberLine(proposal),
                            proposals.proposerLine(proposal),
                            role);
                })
                .toList();
    }

    /**
     * One unit's word on one case.
     *
     * @param other unit it names instead; must be null when it agrees
     * @throws Refusal not this person's unit, the question is closed, or something is missing; names the field
     */
    public void answer(long wordId, boolean agrees, @Nullable String other, @Nullable String reason, String person) {
        UnitWord seen = rows.findWord(wordId)
                .filter(word -> units.unitsOf(person).contains(word.unitId()))
                .orElseThrow(() -> new Refusal("没有这项征求意见，请从列表重新进入。"));
        rows.lockPlan(seen.caseNumber());
        UnitWord word = rows.findWord(wordId).orElseThrow();
        if (!word.waiting()) {
            throw new Refusal("这件提案的意见" + (word.answeredAt() == null ? "征求已经结束" : "已经答复") + "，请刷新页面查看。");
        }
        String why = Texts.line(reason, LONGEST_REASON, "reason", "理由");
        String otherId = null;
        String otherName = null;
        if (!agrees) {
            Unit unit = units.open(other, "other", "建议改由");
            if (unit.id().equals(word.unitId())) {
                throw new Refusal("other", "「建议改由」不能是本单位，请另选一个单位。");
            }
            if (why.length() < 2) {
                throw new Refusal("reason", "建议改由其他单位承办的，请写明「理由」。");
            }
            otherId = unit.id();
            otherName = unit.name();
        }
        rows.word(wordId, agrees, otherId, otherName, why, person, people.signatureOf(person), clock.instant());
        caseFiles.happened(
                word.caseNumber(),
                OfficePlans.LIST + word.unitName() + (agrees ? "同意承办" : "建议改由" + otherName + "承办"),
                why.isEmpty() ? null : why);
        audit.record("proposal.unitWord", word.caseNumber(), word.unitName() + (agrees ? "同意" : "建议改由" + otherName));
    }
}
