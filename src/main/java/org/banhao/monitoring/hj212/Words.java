package org.banhao.monitoring.hj212;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What codes of the protocol mean, in Chinese: words.tsv beside this class. */
public final class Words {

    private static final Map<String, String> WORDS = read();

    private Words() {}

    /** 系统编码 ST; null: not a known one. */
    public static @Nullable String system(int st) {
        return WORDS.get("ST\t" + st);
    }

    /** 命令编码 CN; null: not a known one. */
    public static @Nullable String command(int cn) {
        return WORDS.get("CN\t" + cn);
    }

    /** 污染因子 or another name before a hyphen, with its unit; null: not a known one. */
    public static @Nullable String factor(String code) {
        String known = WORDS.get("factor\t" + code);
        if (known != null) return known;
        // HJ 212-2025 numbers equipment, phases and quantities within these
        if (code.matches("d2[0-9A-Za-z]{4,}")) return "用电参数（生产设施）";
        if (code.matches("d3[0-9A-Za-z]{4,}")) return "用电参数（治污设施）";
        return null;
    }

    /** 后缀, such as Rtd; null: not a known one. */
    public static @Nullable String suffix(String code) {
        return WORDS.get("suffix\t" + code);
    }

    /** 数据标记, such as N; null: not a known one. */
    public static @Nullable String mark(String code) {
        return WORDS.get("mark\t" + code);
    }

    /** 字段名, such as DataTime; null: not a known one. */
    public static @Nullable String field(String name) {
        return WORDS.get("field\t" + name);
    }

    /** 请求返回结果 QnRtn; null: not a known one. */
    public static @Nullable String requestResult(int code) {
        return WORDS.get("QnRtn\t" + code);
    }

    /** 执行结果 ExeRtn; null: not a known one. */
    public static @Nullable String executionResult(int code) {
        return WORDS.get("ExeRtn\t" + code);
    }

    private static Map<String, String> read() {
        try (InputStream in = Words.class.getResourceAsStream("words.tsv")) {
            if (in == null) throw new IllegalStateException("words.tsv is missing");
            Map<String, String> words = new HashMap<>();
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty() || line.startsWith("#")) continue;
                int end = line.lastIndexOf('\t');
                if (words.put(line.substring(0, end), line.substring(end + 1)) != null) {
                    throw new IllegalStateException("Twice in words.tsv: " + line);
                }
            }
            return Map.copyOf(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
