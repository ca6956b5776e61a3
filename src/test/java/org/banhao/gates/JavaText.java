package org.banhao.gates;

import java.util.ArrayList;
import java.util.List;

/**
 * The string literals of a Java source and, with comments and literals blanked out, its code. Enough of Java's syntax
 * to tell a text from a comment; positions stay those of the source.
 *
 * @param code same length as the source; literals are {@code "   "}, comments blanks
 */
record JavaText(String source, String code, List<Literal> literals) {

    /** @param text as the program sees it, but for escapes other than line breaks and quotes */
    record Literal(int start, int end, String text) {}

    static JavaText of(String source) {
        StringBuilder code = new StringBuilder(source);
        List<Literal> literals = new ArrayList<>();
        int at = 0;
        while (at < source.length()) {
            if (source.startsWith("//", at)) {
                int end = source.indexOf('\n', at);
                at = blank(code, at, end < 0 ? source.length() : end);
            } else if (source.startsWith("/*", at)) {
                int end = source.indexOf("*/", at + 2);
                at = blank(code, at, end < 0 ? source.length() : end + 2);
            } else if (source.startsWith("\"\"\"", at)) {
                int end = endOf(source, at + 3, "\"\"\"");
                literals.add(new Literal(at, end + 3, plain(source.substring(at + 3, end))));
                blank(code, at + 1, end + 2);
                at = end + 3;
            } else if (source.charAt(at) == '"') {
                int end = endOf(source, at + 1, "\"");
                literals.add(new Literal(at, end + 1, plain(source.substring(at + 1, end))));
                blank(code, at + 1, end);
                at = end + 1;
            } else if (source.charAt(at) == '\'') {
                int end = endOf(source, at + 1, "'");
                blank(code, at + 1, end);
                at = end + 1;
            } else {
                at++;
            }
        }
        return new JavaText(source, code.toString(), List.copyOf(literals));
    }

    /** Texts that stand next to each other with only a plus between them are one. */
    List<Literal> joined() {
        List<Literal> result = new ArrayList<>();
        for (Literal literal : literals) {
            Literal last = result.isEmpty() ? null : result.get(result.size() - 1);
            if (last != null
                    && code.substring(last.end(), literal.start()).strip().equals("+")) {
                result.set(result.size() - 1, new Literal(last.start(), literal.end(), last.text() + literal.text()));
            } else {
                result.add(literal);
            }
        }
        return result;
    }

    int line(int position) {
        return (int) source.substring(0, position)
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
    }

    private static int endOf(String source, int from, String quote) {
        for (int at = from; at < source.length(); at++) {
            if (source.charAt(at) == '\\') at++;
            else if (source.startsWith(quote, at)) return at;
        }
        return source.length() - quote.length();
    }

    private static int blank(StringBuilder code, int from, int to) {
        for (int at = from; at < to; at++) if (code.charAt(at) != '\n') code.setCharAt(at, ' ');
        return to;
    }

    private static String plain(String text) {
        return text.replace("\\n", "\n").replace("\\\"", "\"").replaceAll("\\\\\r?\n\\s*", "");
    }
}
