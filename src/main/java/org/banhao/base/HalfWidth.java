package org.banhao.base;

/** Full-width digits, letters and signs, as a Chinese keyboard types them, brought to the plain ones. */
public final class HalfWidth {

    private static final int DISTANCE = '０' - '0';

    private HalfWidth() {}

    /** Digits and letters in a text of any kind. */
    public static String lettersOf(String text) {
        return narrow(text, "");
    }

    /** Also the signs that numbers, days and times are written with: - . : / */
    public static String numberOf(String text) {
        return narrow(text, "－．：／");
    }

    /**
     * A value that consists of nothing but digits, letters, blanks and signs of ASCII, in either width: it is a number, a day, a code, an
     * address of electronic mail, a search, and its width means nothing. Any other one, prose above all, is given back as it is; so are
     * lines, and what holds full-width punctuation that Chinese sentences are written with, such as ， and （.
     */
    public static String ofCode(String text) {
        boolean wide = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (wide(c, "－．：／＠＿＋＃　")) wide = true;
            else if (c < ' ' || c > '~') return text;
        }
        return wide ? narrow(text, "－．：／＠＿＋＃　") : text;
    }

    private static boolean wide(char c, String signs) {
        return c >= '０' && c <= '９' || c >= 'Ａ' && c <= 'Ｚ' || c >= 'ａ' && c <= 'ｚ' || signs.indexOf(c) >= 0;
    }

    private static String narrow(String text, String signs) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '　' && wide(c, signs)) out.append(' ');
            else out.append(wide(c, signs) ? (char) (c - DISTANCE) : c);
        }
        return out.toString();
    }
}
