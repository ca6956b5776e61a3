package org.banhao.document.domain;

import java.text.Normalizer;
import org.banhao.base.Refusal;

/** Makes a name from outside harmless: it will stand in pages, headers and on the disks of those who download. */
final class FileNames {
    private static final int LONGEST = 200;
    private static final int LONGEST_EXTENSION = 12;

    private FileNames() {}

    /**
     * Without folder, control, direction and invisible characters; at most 200 UTF-16 units, the extension kept.
     *
     * @throws Refusal nothing is left
     */
    static String clean(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        StringBuilder kept = new StringBuilder();
        Normalizer.normalize(last, Normalizer.Form.NFC).codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> {}
                default -> kept.appendCodePoint("<>:\"|?*".indexOf(c) >= 0 ? '_' : c);
            }
        });
        String clean = kept.toString().strip().replaceAll("^[. ]+|[. ]+$", "");
        int dot = clean.lastIndexOf('.');
        if (clean.isEmpty() || dot == 0) throw new Refusal("file", "文件没有名称，请改名后再上传。");
        if (clean.length() <= LONGEST) return clean;
        String extension = dot > 0 && clean.length() - dot <= LONGEST_EXTENSION ? clean.substring(dot) : "";
        int end = LONGEST - extension.length();
        if (Character.isHighSurrogate(clean.charAt(end - 1))) end--;
        return clean.substring(0, end) + extension;
    }
}
