package org.banhao.base;

import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tables for WPS and Excel: UTF-8 with the mark by which they know it, every cell in quotes, lines ended as RFC 4180 says. What a
 * spreadsheet would take for a formula stays text.
 */
public final class Csv {

    /** What a spreadsheet would take for a formula. */
    private static final Pattern FORMULA = Pattern.compile("(?s)^[=+\\-@\\t\\r＝＋－＠].*");
    /** Begins with a sign and is none. */
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    private final Appendable out;

    /** Writes the mark. */
    public Csv(Appendable out) throws IOException {
        this.out = out;
        out.append('\uFEFF');
    }

    /** @param cells null as empty */
    public void line(@Nullable String... cells) throws IOException {
        for (int i = 0; i < cells.length; i++) {
            if (i > 0) out.append(',');
            out.append(cell(cells[i]));
        }
        out.append("\r\n");
    }

    public static String cell(@Nullable String value) {
        if (value == null || value.isEmpty()) return "";
        boolean formula =
                FORMULA.matcher(value).matches() && !NUMBER.matcher(value).matches();
        return "\"" + (formula ? "'" + value : value).replace("\"", "\"\"") + "\"";
    }
}
