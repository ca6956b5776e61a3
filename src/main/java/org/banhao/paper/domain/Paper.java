package org.banhao.paper.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A paper that was made.
 *
 * @param kindName, issuerName of the day
 * @param subject key of what it is about, see {@link org.banhao.paper.PaperSubject#key()}
 * @param desk groups whose people work on it
 * @param inputs what was typed, by name
 * @param number 文号; null while it is a draft, and of sheets
 * @param day 成文日期; null while it is a draft
 * @param endedReason why it was voided or dropped; null while it was not
 */
public record Paper(
        long id,
        String kind,
        String kindName,
        String subject,
        String label,
        @Nullable String caseNumber,
        String issuer,
        String issuerName,
        List<String> desk,
        Map<String, String> inputs,
        State state,
        @Nullable String number,
        @Nullable LocalDate day,
        @Nullable String signer,
        @Nullable String issuedName,
        @Nullable Instant issuedAt,
        @Nullable String endedReason,
        @Nullable String endedName,
        String madeBy,
        String madeName,
        Instant madeAt,
        int version) {

    /** Where a paper stands. */
    public enum State {
        DRAFT("draft", "拟稿"),
        ISSUED("issued", "已发文"),
        VOID("void", "已作废"),
        DROPPED("dropped", "已撤稿");

        private final String code;
        private final String label;

        State(String code, String label) {
            this.code = code;
            this.label = label;
        }

        public String code() {
            return code;
        }

        public String label() {
            return label;
        }

        static State of(String code) {
            for (State one : values()) if (one.code.equals(code)) return one;
            throw new IllegalArgumentException(code);
        }
    }

    public boolean draft() {
        return state == State.DRAFT;
    }

    public boolean issued() {
        return state == State.ISSUED;
    }

    /** 立案通知 长协提函〔2026〕3号 */
    public String title() {
        return number == null ? kindName : kindName + " " + number;
    }

    /**
     * One stored file of it.
     *
     * @param purpose {@code draft} filled in · {@code edited} changed by hand in Word · {@code issued} · {@code sealed}
     * @param templateVersion null: not made of a template
     */
    public record File(
            int version,
            String purpose,
            String documentId,
            @Nullable Integer templateVersion,
            String personName,
            Instant at) {

        public String purposeLabel() {
            return switch (purpose) {
                case "draft" -> "稿";
                case "edited" -> "修改稿";
                case "issued" -> "正式文本";
                default -> "盖章件";
            };
        }

        public boolean sealed() {
            return purpose.equals("sealed");
        }
    }
}
