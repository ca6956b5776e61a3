package org.banhao.proposal.domain.revisit;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One look-back at one unit's reply.
 *
 * @param unitId who reports: the unit that answered, or the one that stands in for it; {@code unitName} of the day
 * @param originalClass the reply's own; never changed
 * @param proposedClass what the unit says it is now; null before it reported
 * @param evidence document ids
 * @param outcome null before the committee accepted the report; {@code acceptedClass} likewise
 * @param nextOn when it is looked at again; null: not again
 */
public record Revisit(
        long id,
        String caseNumber,
        long handlingId,
        String unitId,
        String unitName,
        RevisitCause cause,
        String roundName,
        @Nullable String instanceId,
        RevisitState state,
        String originalClass,
        String originalClassName,
        String report,
        @Nullable String proposedClass,
        List<String> evidence,
        @Nullable String reportedName,
        @Nullable Instant reportedAt,
        String checkOpinion,
        @Nullable String checkedName,
        @Nullable Instant checkedAt,
        @Nullable RevisitOutcome outcome,
        @Nullable String acceptedClass,
        @Nullable String acceptedClassName,
        @Nullable LocalDate nextOn,
        @Nullable String escalation,
        String escalationOpinion,
        @Nullable String escalatedName,
        String startedName,
        Instant startedAt) {

    public String originalLine() {
        return originalClass + "（" + originalClassName + "）";
    }

    public String causeLine() {
        return cause.label() + (roundName.isEmpty() ? "" : "（" + roundName + "）");
    }

    /** A withdrawn proposal ends it without a finding. */
    public String stateLine() {
        return state == RevisitState.DONE && outcome == null ? "提案撤回，不再进行" : state.label();
    }

    /** @param commitmentId null: the reply as a whole */
    public record Item(
            long id,
            @Nullable Long commitmentId,
            String content,
            @Nullable ItemResult result,
            String reason,
            String figures) {

        /** 出台管理办法：已兑现。长政办发〔2027〕3号。 */
        public String line() {
            ItemResult known = result;
            return content + "：" + (known == null ? "尚未报告" : known.label()) + (figures.isEmpty() ? "" : "。" + figures)
                    + (reason.isEmpty() ? "" : "。" + reason);
        }
    }

    /** 卫林书：属实。已经看到新公园。 */
    public record Word(String personId, String name, ProposerWord word, String opinion) {

        public String line() {
            return name + "：" + word.label() + (opinion.isEmpty() ? "" : "。" + opinion);
        }
    }

    /** @param code 现办理结果 since {@code at} */
    public record ClassAt(String code, String name, Instant at) {

        public String line() {
            return code + "（" + name + "）";
        }
    }
}
