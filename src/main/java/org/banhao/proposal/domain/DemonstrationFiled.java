package org.banhao.proposal.domain;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A proposal of the demonstration has its file number and is to go further; in the transaction that loads the demonstration. Each later
 * stage brings it on as far as its scene says.
 *
 * @param title without 关于 and 的提案, as a topic is called
 * @param stage {@code assigned}: its unit has to answer; {@code reassigned}: the first unit gave it back, the second has to answer; {@code accepted}: it is to be passed to a section; {@code drafting}: the reply is to be
 *     drafted; {@code replied}; {@code repliedInPart}: of two separate units the first has replied, the second drafts; {@code handledAgain}:
 *     one leads, one co-handles, the proposer was dissatisfied and the case is handled once more
 * @param units that are to handle it, the first one leading
 * @param words what each unit says, by unit; those before {@code drafting} say nothing, and who says nothing has only taken the case
 * @param key the Chair's Council selects it
 */
public record DemonstrationFiled(
        String number, String title, String stage, List<String> units, Map<String, Words> words, boolean key) {

    /**
     * What one unit says and writes.
     *
     * @param numbers of the suggestions it answers or speaks to; null: all
     * @param note 办理情况
     * @param visited where it went with the proposers to see for itself; null: nowhere
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
            @Nullable String visited,
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
