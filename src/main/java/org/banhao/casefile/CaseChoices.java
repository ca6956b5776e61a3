package org.banhao.casefile;

import java.util.List;
import java.util.Map;

/**
 * What cases of one kind can be filtered by, in the order in which it is offered.
 *
 * @param kindName 提案
 * @param statuses code → word, as this reader may know it: several codes may have one word
 * @param sessions id → name
 * @param categories words
 * @param periods words
 * @param resultClasses code → word
 */
public record CaseChoices(
        String kindName,
        Map<String, String> statuses,
        Map<String, String> sessions,
        List<String> categories,
        List<String> periods,
        Map<String, String> resultClasses) {}
