package org.banhao.document;

import java.util.List;

/**
 * What a Word file says, without its looks. Automatic numbers stand in the text as Word shows them (一、基本情况); tracked changes are
 * taken as accepted; what is hidden or commented is left out and said.
 *
 * @param pictures in the order of the text, where each is marked by {@link Picture#mark()}
 * @param remarks for the reader: what was taken in another way than it looks, each a Chinese sentence
 */
public record WordText(List<Paragraph> paragraphs, List<Picture> pictures, List<String> remarks) {

    /**
     * @param text one or more lines, without spaces around it; never empty
     * @param heading 1 to 9 by style or outline, 0: none
     * @param row of a table: its cells in order, parted by {@value #CELLS}
     */
    public record Paragraph(String text, int heading, boolean row) {}

    /** Between two cells of a row. */
    public static final String CELLS = " | ";

    /**
     * @param number from 1 on
     * @param name for people, with the extension of what it is: 图1.png
     * @param kept of a kind that can be kept as a file of its own (PNG, JPEG)
     */
    public record Picture(int number, String name, long bytes, boolean kept) {

        /** Where it stands in the text: 〔图1〕 */
        public String mark() {
            return "〔图" + number + "〕";
        }
    }

    /** All of it, a paragraph a line. */
    public String text() {
        return String.join("\n", paragraphs.stream().map(Paragraph::text).toList());
    }
}
