package org.banhao.monitoring.domain;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.banhao.base.Refusal;

/**
 * Lines with a heading, separated by comma or tabulator, as CSV of other systems are: UTF-8 with or without mark, or GB 18030, as Excel
 * writes it in China. Values may stand in quotes.
 */
record Table(List<String> columns, List<Line> lines) {

    /** @param number counted from 1, the heading included */
    record Line(int number, Map<String, String> cells) {

        String get(String column) {
            return cells.getOrDefault(column, "");
        }
    }

    static final int MOST_BYTES = 20 * 1024 * 1024;
    static final int MOST_LINES = 100_000;

    /** @throws Refusal it is too large, or lacks one of the columns */
    static Table of(byte[] bytes, List<String> needed) {
        if (bytes.length > MOST_BYTES) throw new Refusal("file", "文件超过20兆，请分开导入。");
        String text = text(bytes);
        List<String> raw = text.lines().toList();
        int heading = 0;
        while (heading < raw.size() && raw.get(heading).isBlank()) heading++;
        if (heading == raw.size()) throw new Refusal("file", "文件是空的，第一行请写列名：" + String.join("、", needed) + "。");
        char separator = raw.get(heading).indexOf('\t') >= 0 ? '\t' : ',';
        List<String> columns =
                cells(raw.get(heading), separator).stream().map(String::strip).toList();
        for (String one : needed) {
            if (!columns.contains(one))
                throw new Refusal("file", "缺少列「" + one + "」，第一行请写列名：" + String.join("、", needed) + "。");
        }
        List<Line> lines = new ArrayList<>();
        for (int i = heading + 1; i < raw.size(); i++) {
            if (raw.get(i).isBlank()) continue;
            if (lines.size() == MOST_LINES) throw new Refusal("file", "文件超过" + MOST_LINES + "行，请分开导入。");
            List<String> values = cells(raw.get(i), separator);
            Map<String, String> cells = new HashMap<>();
            for (int c = 0; c < columns.size() && c < values.size(); c++) {
                cells.put(columns.get(c), values.get(c).strip());
            }
            lines.add(new Line(i + 1, cells));
        }
        return new Table(columns, lines);
    }

    private static String text(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            text = new String(bytes, Charset.forName("GB18030"));
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static List<String> cells(String line, char separator) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == separator && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
