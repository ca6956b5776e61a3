package org.banhao.proposal.domain;

import java.time.Instant;
import java.util.List;
import org.banhao.casefile.CaseFiles;
import org.jspecify.annotations.Nullable;

/**
 * One proposal as its row stands, with its numbered suggestions and wished units.
 *
 * @param kind {@code single} · {@code joint} · {@code collective}
 * @param period {@code plenary} 大会提案 · {@code interim} 平时提案; null before it was handed in
 * @param secondable other members may second it (同意附议); seconders are no proposers
 * @param channel {@code my} entered by the proposer · {@code onBehalf} by a clerk from paper
 * @param proposerMember id of the member or organisation
 * @param proposerPerson account that acts for it
 * @param proposerNote 界别 or the like on that day, for the line under the title
 * @param handedInAt the proposer's own act; the text is fixed from then on
 * @param submittedAt when all signatures were settled and review began
 * @param reviewRound 1 at the first submission, one more after each revision
 * @param verdict the final one; null while it is open
 * @param fileNumber 案号 within the session
 * @param instanceId root process instance; null for drafts
 */
public record Proposal(
        String caseNumber,
        String sessionId,
        String kind,
        @Nullable CollectiveKind collectiveKind,
        @Nullable String period,
        String title,
        String situation,
        String analysis,
        List<String> suggestions,
        List<String> wish,
        @Nullable Category categoryWish,
        @Nullable Category categoryDecided,
        @Nullable Consent consent,
        boolean researchBased,
        List<ResearchForm> researchForms,
        boolean raisedBefore,
        String raisedBeforeNote,
        List<ContactWay> contactWays,
        boolean referenceOnly,
        boolean secondable,
        @Nullable Source source,
        boolean noSecret,
        String channel,
        String proposerMember,
        String proposerPerson,
        String proposerName,
        String proposerNote,
        @Nullable String enteredBy,
        @Nullable String enteredByName,
        @Nullable String scanDocument,
        Instant savedAt,
        @Nullable Instant handedInAt,
        @Nullable Instant submittedAt,
        int reviewRound,
        @Nullable Verdict verdict,
        @Nullable Instant decidedAt,
        @Nullable String decidedBy,
        @Nullable Destination destination,
        @Nullable String leadCase,
        @Nullable Integer fileNumber,
        @Nullable Instant filedAt,
        @Nullable Instant resubmissionOverdueAt,
        @Nullable Instant withdrawnAt,
        @Nullable String instanceId,
        int version) {

    public boolean draft() {
        return handedInAt == null;
    }

    public boolean onBehalf() {
        return channel.equals("onBehalf");
    }

    public boolean collective() {
        return kind.equals("collective");
    }

    /** Sectors and groups have no seal: their convener stands for them. */
    public boolean needsConvener() {
        return collectiveKind == CollectiveKind.SECTOR || collectiveKind == CollectiveKind.GROUP;
    }

    /** Review is going on or it is put on file: others may be merged into it. */
    public boolean mayLead() {
        return submittedAt != null && withdrawnAt == null && (verdict == null || verdict == Verdict.FILE);
    }

    /** Handed in, and still asks its co-signers or its convener. */
    public boolean collecting() {
        return handedInAt != null && submittedAt == null && withdrawnAt == null;
    }

    /** Joined to another proposal, which it lives and is answered with. */
    public boolean merged() {
        return verdict == Verdict.MERGE && withdrawnAt == null;
    }

    /** Practice only, counted nowhere, see {@link CaseFiles#MOCK}. */
    public boolean mock() {
        return mock(caseNumber);
    }

    static boolean mock(String caseNumber) {
        return caseNumber.startsWith(CaseFiles.MOCK + "-");
    }

    /** With the mark of a mock before it. */
    public String shownTitle() {
        return mock() ? CaseFiles.MOCK_MARK + title : title;
    }

    /** TA-2026-000123《关于……的提案》 */
    String numberAndTitle() {
        return caseNumber + "《" + shownTitle() + "》";
    }

    /** 第018号, or null. */
    public @Nullable String fileNumberText() {
        return fileNumber == null ? null : fileNumberText(fileNumber);
    }

    public static String fileNumberText(int number) {
        return "第%03d号".formatted(number);
    }

    /** The category of the reviewers, else that of the proposer, in words. */
    public String categoryName() {
        if (categoryDecided != null) {
            return categoryDecided.label();
        }
        return categoryWish == null ? "未选" : categoryWish.label();
    }
}
