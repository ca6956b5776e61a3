package org.banhao.document;

import java.util.List;
import org.banhao.base.Refusal;

/**
 * Office files as PDF, by LibreOffice where it is installed: the one place that starts it. Each file is read by a process of its own
 * with an empty profile, without macros, without fetching what the file links to, and not longer than
 * {@code banhao.pdf.longest}. Fonts the machine has not are read from {@code banhao.pdf.fonts}. Knows no case and no right: who
 * calls it has asked.
 */
public interface PdfConversion {

    /** Whether this machine can. Without it the Word file is the paper, and a page says so. */
    boolean available();

    /** Whether a file of that name is of a kind it reads; says nothing about {@link #available()}. */
    boolean reads(String name);

    /**
     * Takes seconds; a few at a time on each node, later ones wait. Not to be called inside a transaction.
     *
     * @param name with the extension, which decides how the file is read
     * @throws Unconvertible it lies in the file
     * @throws Refusal LibreOffice is not there, or has no time now
     */
    Pdf convert(String name, byte[] content);

    /** Whether a font it was made without is here now: made again, it would look as in Word. */
    boolean outdated(Pdf made);

    /** LibreOffice cannot read the file, takes too long for it, or makes too much of it: the same another time. */
    final class Unconvertible extends Refusal {

        private static final long serialVersionUID = 1L;

        public Unconvertible(String sentence) {
            super("file", sentence);
        }
    }

    /**
     * @param replacedFonts fonts the file names and this machine has not, as the file writes them: pages may break elsewhere than in Word
     */
    record Pdf(byte[] bytes, List<String> replacedFonts) {

        /** For people, beside the preview; empty when every font is there. */
        public String note() {
            return replacedFonts.isEmpty() ? "" : "预览字体已替代：" + String.join("、", replacedFonts) + "。版面以Word文件为准。";
        }
    }
}
