package org.banhao.casefile;

import java.util.List;
import java.util.Map;

/** What a kind of case shows on its page {@code /cases/{number}} and in the 卷宗 tab. Implemented above as a bean per kind. */
public interface CaseView {

    /** {@code TA} */
    String kind();

    /** The open facts under the title, in order: label → text. */
    Map<String, String> summary(CaseRow row);

    /** Longer texts in order, for those who may read the case. */
    List<Section> sections(CaseRow row, String personId, List<String> groups);

    /** @param items non-empty: shown as a numbered list in place of the text */
    record Section(String heading, String text, List<String> items) {}

    /**
     * Groups whose people read this case although they neither take part in it nor are asked in it at the moment: an office that has
     * the whole of such cases in its charge.
     */
    default List<String> readers(CaseRow row) {
        return List.of();
    }
}
