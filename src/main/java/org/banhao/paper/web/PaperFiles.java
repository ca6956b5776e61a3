package org.banhao.paper.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.multipart.MultipartFile;

/** Papers as they leave the application: to be kept, or as PDF to be looked at. */
final class PaperFiles {

    static final String WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private PaperFiles() {}

    static ResponseEntity<InputStreamResource> word(String name, byte[] content) {
        return answer(name, WORD, content.length, new ByteArrayInputStream(content), false);
    }

    /** Shown in place: it was made here, of a file that was checked. */
    static ResponseEntity<InputStreamResource> pdf(String name, byte[] content) {
        return answer(name, "application/pdf", content.length, new ByteArrayInputStream(content), true);
    }

    static ResponseEntity<InputStreamResource> answer(
            String name, String type, long bytes, InputStream content, boolean shown) {
        ContentDisposition disposition = (shown ? ContentDisposition.inline() : ContentDisposition.attachment())
                .filename(name, StandardCharsets.UTF_8)
                .build();
        // Chromium's PDF viewer does not start in a sandbox
        String policy = shown
                ? "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
                : "default-src 'none'; sandbox";
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition.toString())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", policy)
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .contentType(MediaType.parseMediaType(type))
                .contentLength(bytes)
                .body(new InputStreamResource(content));
    }

    /** 立案通知 长协提函〔2026〕3号.docx → ….pdf */
    static String pdfName(String word) {
        int dot = word.lastIndexOf('.');
        return (dot < 0 ? word : word.substring(0, dot)) + ".pdf";
    }

    static String name(MultipartFile file) {
        String name = file.getOriginalFilename();
        return name == null ? "" : name;
    }

    static InputStream content(MultipartFile file) throws IOException {
        return file.getInputStream();
    }
}
