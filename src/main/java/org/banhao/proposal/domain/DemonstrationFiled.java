package org.banhao.proposal.domain;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A proposal of the demonstration has its file number and is to go further; in the transaction that loads the demonstration. Each later
 * stage brings it on as far as its scene says.
 *
 * @param stage {@code assigned}: its unit has to answer; {@code accepted}: it is to be passed to a section; {@code drafting}: the reply is to be
 *     drafted; {@code replied}; {@code repliedInPart}: of two separate units the first has replied, the second drafts; {@code handledAgain}:
 *     one leads, one co-handles, the proposer was dissatisfied and the case is handled once more
 * @param units that are to handle it, the first one leading
 * @param words what each unit says, by unit; those before {@code drafting} say nothing
 */
public record DemonstrationFiled(String number, String stage, List<String> units, Map<String, Words> words) {

    /**
     * What one unit says and writes.
     *
     * @param numbers of the suggestions it answers or speaks to; null: all
     * @param note 办理情况
     * @param views what was said when it met the proposers
     * @param answers one for each suggestion it answers
     * @param classes of these answers, in their order
     * @param promised number of the suggestion its promise belongs to
     * @param letter how its letters are numbered: 长教函
     * @param coOpinion of a unit that co-handles
     * @param dissatisfied what the proposer found wanting
     * @param again what the committee then asked for
     */
    public record Words(
            @Nullable List<Integer> numbers,
            String section,
            @Nullable String place,
            String note,
            @Nullable String views,
            @Nullable List<String> answers,
            @Nullable List<String> classes,
            @Nullable String resultClass,
            @Nullable String commitment,
            @Nullable Integer promised,
            @Nullable String letter,
            @Nullable String coOpinion,
            @Nullable String dissatisfied,
            @Nullable String again) {}
}
