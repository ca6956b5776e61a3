package org.banhao.proposal.domain.assignment;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.banhao.base.HalfWidth;
import org.banhao.base.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Which units handle a case: one leads (alone, or with units that co-handle), or several handle parts of it.
 *
 * @param lead null when the parts are handled separately
 * @param separate two or more, or none
 * @param requirement 办理要求 for all; may be empty
 * @param reason why it differs from what stood before; may be null when nothing changed
 */
public record Choice(
        @Nullable String lead,
        List<String> cos,
        List<Part> separate,
        String requirement,
        @Nullable String reason) {

    /** @param suggestions numbers of the suggestions this unit answers */
    public record Part(String unit, List<Integer> suggestions) {}

    /**
     * "1、3" as people type it; full-width digits are what an input method gives.
     *
     * @throws Refusal not numbers
     */
    public static List<Integer> numbers(@Nullable String typed) {
        List<Integer> numbers = new ArrayList<>();
        for (String part : (typed == null ? "" : typed).split("[、，,；;\\s]")) {
            if (part.isBlank()) {
                continue;
            }
            String digits = HalfWidth.lettersOf(part);
            if (!digits.matches("\\d{1,3}")) {
                throw new Refusal("separate", "分办的建议条目请填数字，如“1、3”，现在是“" + part + "”。");
            }
            numbers.add(Integer.valueOf(digits));
        }
        return numbers;
    }

    /** The same units in the same roles with the same parts; why they were chosen does not matter. */
    boolean sameUnits(Choice other) {
        return Objects.equals(lead, other.lead)
                && cos.equals(other.cos)
                && separate.equals(other.separate)
                && requirement.strip().equals(other.requirement.strip());
    }

    /** All units, the one that answers first. */
    List<String> units() {
        List<String> units = new ArrayList<>();
        if (lead != null) {
            units.add(lead);
        }
        separate.forEach(part -> units.add(part.unit()));
        units.addAll(cos);
        return units;
    }
}
