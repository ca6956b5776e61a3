package org.banhao.document.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.banhao.base.Refusal;
import org.banhao.document.WordText;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Walks the body of a Word file from its beginning to its end, once; before it, each of its notes. All that is said together is bounded,
 * however often the file says it.
 */
final class WordBody {
    private static final int DEEPEST = 120;
    private static final int MOST_PARAGRAPHS = 20_000;
    private static final int MOST_PICTURES = 100;

    /** Ten times what a long proposal with its annex has. */
    private static final int MOST_CHARACTERS = 500_000;

    /** A row with a longer cell is layout, such as a printed form: its paragraphs are told one by one. */
    private static final int LONGEST_CELL = 80;

    private static final int LONGEST_LABEL = 12;

    private final WordStyles styles;
    private final Map<String, String> targets;

    /** footnote1, endnote2 → what it says */
    private final Map<String, String> notes = new HashMap<>();

    private final List<WordText.Paragraph> paragraphs = new ArrayList<>();

    /** Part → its number: a picture that is shown twice is one. */
    private final Map<String, Integer> pictures = new LinkedHashMap<>();

    private boolean tracked;
    private boolean hidden;
    private boolean commented;
    private boolean tabled;
    private boolean boxed;
    private boolean formula;
    private boolean embedded;
    private boolean inNote;
    private int depth;
    private int characters;
    private int counted;

    /** Begun by a paragraph whose end was deleted in tracked changes. */
    private StringBuilder begun = new StringBuilder();

    /** @param targets relation → part */
    WordBody(WordStyles styles, Map<String, String> targets) {
        this.styles = styles;
        this.targets = targets;
    }

    /**
     * Before {@link #read}.
     *
     * @param kind footnote or endnote
     * @param part null: there are none
     */
    void readNotes(String kind, @Nullable Element part) {
        inNote = true;
        for (Element note : OfficeParts.elements(part, kind)) {
            StringBuilder own = new StringBuilder();
            for (Element paragraph : OfficeParts.elements(note, "p")) runs(paragraph, own, new ArrayList<>());
            notes.putIfAbsent(
                    kind + OfficeParts.value(note, "id"), own.toString().strip());
        }
        inNote = false;
    }

    /** @param document null: the part is missing */
    void read(@Nullable Element document) {
        Element body = OfficeParts.child(document, "body");
        if (body == null) throw OfficeParts.damaged();
        blocks(body, paragraphs);
        rest(paragraphs);
    }

    List<WordText.Paragraph> paragraphs() {
        return List.copyOf(paragraphs);
    }

    /** Parts, in the order of the text. */
    List<String> pictures() {
        return List.copyOf(pictures.keySet());
    }

    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (tracked) remarks.add("文件里有修订痕迹，已按“接受全部修订”读入，请核对。");
        if (commented) remarks.add("文件里的批注没有读入。");
        if (hidden) remarks.add("文件里有隐藏文字，没有读入。");
        if (tabled) remarks.add("文件里的表格已转成文字，每行一行，请核对。");
        if (boxed) remarks.add("文件里的文本框已作为单独的段落读入，请核对位置。");
        if (formula) remarks.add("文件里的公式只读入了其中的字符，请核对。");
        if (embedded) remarks.add("文件里嵌入的其他文件没有读入。");
        return remarks;
    }

    private void say(StringBuilder text, String more) {
        count(more);
        text.append(more);
    }

    private void count(String said) {
        characters += said.length();
        if (characters > MOST_CHARACTERS) {
            throw new Refusal("file", "文件的文字超过" + MOST_CHARACTERS / 10_000 + "万字，请只留提案的内容后再试。");
        }
    }

    private void add(WordText.Paragraph paragraph, List<WordText.Paragraph> into) {
        if (++counted > MOST_PARAGRAPHS) {
            throw new Refusal("file", "文件超过" + MOST_PARAGRAPHS + "段，请只留提案的内容后再试。");
        }
        into.add(paragraph);
    }

    /** What was begun and has no paragraph to go on in. */
    private void rest(List<WordText.Paragraph> into) {
        String left = begun.toString().strip();
        begun = new StringBuilder();
        if (!left.isEmpty()) add(new WordText.Paragraph(left, 0, false), into);
    }

    private void blocks(Node parent, List<WordText.Paragraph> into) {
        if (++depth > DEEPEST) throw OfficeParts.damaged();
        for (Element one : OfficeParts.children(parent)) {
            switch (one.getLocalName()) {
                case "p" -> paragraph(one, into);
                case "tbl" -> table(one, into);
                case "altChunk" -> embedded = true;
                case "ins", "moveTo" -> {
                    tracked = true;
                    blocks(one, into);
                }
                case "del", "moveFrom" -> tracked = true;
                case "sdt" -> {
                    Element content = OfficeParts.child(one, "sdtContent");
                    if (content != null) blocks(content, into);
                }
                case "customXml", "smartTag", "sdtContent" -> blocks(one, into);
                case "AlternateContent" -> {
                    Element choice = chosen(one);
                    if (choice != null) blocks(choice, into);
                }
                default -> {
                    // properties, bookmarks, marks of ranges
                }
            }
        }
        depth--;
    }

    private static @Nullable Element chosen(Element alternatives) {
        Element choice = OfficeParts.child(alternatives, "Choice");
        return choice == null ? OfficeParts.child(alternatives, "Fallback") : choice;
    }

    private void paragraph(Element paragraph, List<WordText.Paragraph> into) {
        Element properties = OfficeParts.child(paragraph, "pPr");
        Element mark = OfficeParts.child(properties, "rPr");
        boolean endDeleted = OfficeParts.child(mark, "del") != null || OfficeParts.child(mark, "moveFrom") != null;
        StringBuilder text = begun;
        begun = new StringBuilder();
        List<WordText.Paragraph> boxes = new ArrayList<>();
        runs(paragraph, text, boxes);
        if (endDeleted) {
            tracked = true;
            begun = text;
            into.addAll(boxes);
            return;
        }
        String content = text.toString().strip();
        String number = content.isEmpty() ? "" : styles.number(properties);
        if (!content.isEmpty()) {
            count(number);
            add(new WordText.Paragraph(number + content, styles.heading(properties), false), into);
        }
        into.addAll(boxes);
    }

    private void runs(Node parent, StringBuilder text, List<WordText.Paragraph> boxes) {
        if (++depth > DEEPEST) throw OfficeParts.damaged();
        for (Element one : OfficeParts.children(parent)) {
            switch (one.getLocalName()) {
                case "r" -> run(one, text, boxes);
                case "ins", "moveTo" -> {
                    tracked = true;
                    runs(one, text, boxes);
                }
                case "del", "moveFrom" -> tracked = true;
                case "sdt" -> {
                    Element content = OfficeParts.child(one, "sdtContent");
                    if (content != null) runs(content, text, boxes);
                }
                case "hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo" -> runs(one, text, boxes);
                case "oMath", "oMathPara" -> {
                    formula = true;
                    OfficeParts.elements(one, "t").forEach(part -> say(text, part.getTextContent()));
                }
                default -> {
                    // properties, bookmarks, marks of ranges
                }
            }
        }
        depth--;
    }

    private void run(Element run, StringBuilder text, List<WordText.Paragraph> boxes) {
        Element properties = OfficeParts.child(run, "rPr");
        if (OfficeParts.on(properties, "vanish")) {
            hidden |= !OfficeParts.elements(run, "t").isEmpty();
            return;
        }
        if (++depth > DEEPEST) throw OfficeParts.damaged();
        for (Element one : OfficeParts.children(run)) inRun(one, text, boxes);
        depth--;
    }

    private void inRun(Element one, StringBuilder text, List<WordText.Paragraph> boxes) {
        switch (one.getLocalName()) {
            case "t" -> say(text, one.getTextContent());
            case "tab", "ptab" -> say(text, " ");
            case "br", "cr" -> say(text, "\n");
            case "noBreakHyphen" -> say(text, "-");
            case "ruby" -> {
                Element base = OfficeParts.child(one, "rubyBase");
                if (base != null) runs(base, text, boxes);
            }
            case "footnoteReference", "endnoteReference" -> note(one, text);
            case "commentReference" -> commented = true;
            case "drawing", "pict", "object" -> drawing(one, text, boxes);
            case "AlternateContent" -> {
                Element choice = chosen(one);
                if (choice != null) {
                    for (Element inner : OfficeParts.children(choice)) inRun(inner, text, boxes);
                }
            }
            default -> {
                // deleted text, codes of fields
            }
        }
    }

    /** A note in a note says nothing: they could name each other without end. */
    private void note(Element reference, StringBuilder text) {
        if (inNote) return;
        String kind = reference.getLocalName().startsWith("foot") ? "footnote" : "endnote";
        String note = notes.getOrDefault(kind + OfficeParts.value(reference, "id"), "");
        if (!note.isEmpty()) say(text, "（注：" + note + "）");
    }

    private void drawing(Element drawing, StringBuilder text, List<WordText.Paragraph> boxes) {
        // relations of a note are not those of the text
        if (inNote) return;
        List<Element> contents = OfficeParts.elements(drawing, "txbxContent");
        if (!contents.isEmpty()) {
            boxed = true;
            // the outermost: what lies in it is walked with it
            StringBuilder outer = begun;
            begun = new StringBuilder();
            blocks(contents.get(0), boxes);
            rest(boxes);
            begun = outer;
        }
        if (drawing.getLocalName().equals("object")) embedded = true;
        List<Element> images = new ArrayList<>(OfficeParts.elements(drawing, "blip"));
        images.addAll(OfficeParts.elements(drawing, "imagedata"));
        for (Element image : images) {
            String relation = OfficeParts.value(image, "embed").isEmpty()
                    ? OfficeParts.value(image, "id")
                    : OfficeParts.value(image, "embed");
            String part = targets.get(relation);
            if (part == null || !pictures.containsKey(part) && pictures.size() >= MOST_PICTURES) continue;
            int number = pictures.computeIfAbsent(part, one -> pictures.size() + 1);
            say(text, "〔图" + number + "〕");
        }
    }

    private void table(Element table, List<WordText.Paragraph> into) {
        if (++depth > DEEPEST) throw OfficeParts.damaged();
        tabled = true;
        for (Element row : rows(table)) {
            Element properties = OfficeParts.child(row, "trPr");
            if (OfficeParts.child(properties, "del") != null) {
                tracked = true;
                continue;
            }
            tracked |= OfficeParts.child(properties, "ins") != null;
            row(row, into);
        }
        depth--;
    }

    /** Also those in a content control or a tracked change. */
    private static List<Element> rows(Element parent) {
        List<Element> rows = new ArrayList<>();
        for (Element one : OfficeParts.children(parent)) {
            switch (one.getLocalName()) {
                case "tr" -> rows.add(one);
                case "sdt", "sdtContent", "ins", "customXml" -> rows.addAll(rows(one));
                default -> {
                    // properties and the grid
                }
            }
        }
        return rows;
    }

    private void row(Element row, List<WordText.Paragraph> into) {
        List<List<WordText.Paragraph>> cells = new ArrayList<>();
        for (Element cell : cells(row)) {
            List<WordText.Paragraph> own = new ArrayList<>();
            blocks(cell, own);
            rest(own);
            if (!own.isEmpty()) cells.add(own);
        }
        boolean layout = cells.stream()
                .anyMatch(cell -> cell.size() > 1 && joined(cell).length() > LONGEST_LABEL
                        || joined(cell).length() > LONGEST_CELL);
        if (!layout) {
            String line = String.join(
                    WordText.CELLS, cells.stream().map(WordBody::joined).toList());
            if (!line.isBlank()) into.add(new WordText.Paragraph(line, 0, true));
            return;
        }
        for (int i = 0; i < cells.size(); i++) {
            List<WordText.Paragraph> cell = cells.get(i);
            String label = joined(cell);
            // the label of a printed form stands beside what was filled in
            if (label.length() <= LONGEST_LABEL && i + 1 < cells.size()) {
                into.add(new WordText.Paragraph(label + "：", cell.get(0).heading(), false));
            } else {
                into.addAll(cell);
            }
        }
    }

    private static List<Element> cells(Element row) {
        List<Element> cells = new ArrayList<>();
        for (Element one : OfficeParts.children(row)) {
            switch (one.getLocalName()) {
                case "tc" -> cells.add(one);
                case "sdt", "sdtContent", "ins", "customXml" -> cells.addAll(cells(one));
                default -> {
                    // properties
                }
            }
        }
        return cells;
    }

    private static String joined(List<WordText.Paragraph> cell) {
        return String.join(
                " ", cell.stream().map(p -> p.text().replace('\n', ' ')).toList());
    }
}
