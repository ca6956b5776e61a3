package org.banhao.paper.web;

import java.io.IOException;
import java.io.InputStream;
import org.banhao.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/** Files of papers as people hand them over and get them. */
final class PaperFiles {

    private PaperFiles() {}

    /** 立案通知 长协提函〔2026〕3号.docx → ….pdf */
    static String pdfName(String word) {
        int dot = word.lastIndexOf('.');
        return (dot < 0 ? word : word.substring(0, dot)) + ".pdf";
    }

    /**
     * An upload, to be closed.
     *
     * @throws Refusal none was chosen
     */
    static InputStream opened(@Nullable MultipartFile file) throws IOException {
        if (file == null || file.isEmpty()) throw new Refusal("file", "请先选择文件。");
        return file.getInputStream();
    }

    /** As it was called where it comes from; may be empty. */
    static String name(@Nullable MultipartFile file) {
        String name = file == null ? null : file.getOriginalFilename();
        return name == null ? "" : name;
    }
}
