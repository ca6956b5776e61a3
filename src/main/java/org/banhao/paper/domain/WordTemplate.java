package org.banhao.paper.domain;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.banhao.base.FileAnswers;
import org.banhao.paper.PaperKind;

/** The Word file a kind of paper is made of. */
record WordTemplate(PaperKind kind) implements Templated {

    @Override
    public String code() {
        return kind.code();
    }

    @Override
    public String name() {
        return kind.name();
    }

    @Override
    public String form() {
        return kind.form().label();
    }

    @Override
    public String ending() {
        return ".docx";
    }

    @Override
    public String mediaType() {
        return FileAnswers.WORD;
    }

    @Override
    public byte[] shipped() {
        return DefaultTemplate.of(kind);
    }

    @Override
    public byte[] checked(InputStream content) {
        byte[] bytes = TemplateCheck.safe(content);
        TemplateCheck.template(bytes, kind);
        return bytes;
    }

    @Override
    public byte[] sample(byte[] template) {
        return Filling.fill(
                template,
                kind,
                TemplateCheck.samples(kind),
                TemplateCheck.sampleTables(kind),
                kind.code2d() ? "https://example.org/" : null);
    }

    @Override
    public List<String> placeholders() {
        List<String> placeholders = new ArrayList<>();
        TemplateCheck.known(kind)
                .forEach(name -> placeholders.add("{{" + (name.equals(TemplateCheck.QR) ? "@" : "") + name + "}}"));
        kind.tables()
                .forEach(table -> placeholders.add("表格“" + table.name() + "”的下一行："
                        + table.columns().stream()
                                .map(column -> "[" + column.name() + "]")
                                .collect(Collectors.joining())));
        return placeholders;
    }
}
