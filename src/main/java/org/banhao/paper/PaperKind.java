package org.banhao.paper;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kind of paper and what its template may name. Names of fields, tables and inputs are the placeholders as they stand in the Word
 * file: 案由 is written {{案由}}.
 *
 * @param code lower camel case, never renamed: templates and papers of years are kept under it
 * @param name as people call it: 立案通知
 * @param series null: it carries no number
 * @param open whoever reads the case may read the paper once it is issued; otherwise those only who work on the case
 * @param fields facts of the case
 * @param tables rows of facts
 * @param inputs what the one who issues it may change or has to add
 * @param code2d a QR code stands on it: the placeholder 二维码 with @ before it
 * @param wording the template that comes with the application, in the notation of {@code DefaultTemplate}
 */
public record PaperKind(
        String code,
        String name,
        PaperForm form,
        @Nullable PaperSeries series,
        boolean open,
        List<Field> fields,
        List<Table> tables,
        List<Input> inputs,
        boolean code2d,
        String wording) {

    public PaperKind {
        fields = List.copyOf(fields);
        tables = List.copyOf(tables);
        inputs = List.copyOf(inputs);
    }

    /** @param sample what stands there when a template is tried */
    public record Field(String name, String sample) {}

    /** @param columns placeholders in square brackets of the row below the one that names the table: [案号] */
    public record Table(String name, List<Field> columns) {}

    /**
     * @param needed it is not made without
     * @param lines of the field on the page; 1: one line
     * @param longest characters
     */
    public record Input(String name, boolean needed, int lines, int longest, String sample) {}

    public boolean numbered() {
        return series != null;
    }
}
