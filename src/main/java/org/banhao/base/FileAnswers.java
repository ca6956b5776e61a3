package org.banhao.base;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * Files as they are sent to a browser: under their Chinese name (RFC 5987), typed by us and not by the browser's guess, in no cache.
 * A file of somebody else must never run as a page of ours: it is an attachment in a sandbox; only PDF and pictures may be looked at in
 * place.
 */
public final class FileAnswers {

    public static final String WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    public static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public static final String PDF = MediaType.APPLICATION_PDF_VALUE;
    public static final String ZIP = "application/zip";
    public static final String CSV = "text/csv;charset=UTF-8";

    private static final Set<String> SHOWN =
            Set.of(PDF, MediaType.IMAGE_PNG_VALUE, MediaType.IMAGE_JPEG_VALUE, "image/webp");

    private static final String SANDBOX = "default-src 'none'; sandbox";

    /** The browser's own page around a picture. */
    private static final String PICTURE_POLICY =
            "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; sandbox";

    /** Chromium's PDF viewer does not start in a sandbox; what is recognised as a PDF runs nothing of ours anyway. */
    private static final String PDF_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'";

    private FileAnswers() {}

    /**
     * To be kept.
     *
     * @param content closed when it is sent
     */
    public static ResponseEntity<InputStreamResource> saved(String name, String type, long bytes, InputStream content) {
        return answer(name, type, bytes, content, false);
    }

    /** To be kept. */
    public static ResponseEntity<InputStreamResource> saved(String name, String type, byte[] content) {
        return saved(name, type, content.length, new ByteArrayInputStream(content));
    }

    /**
     * To be looked at in place, if it is of a kind that browsers show and that runs nothing; others are to be kept.
     *
     * @param type told by the content, never by who handed it over
     * @param content closed when it is sent
     */
    public static ResponseEntity<InputStreamResource> shown(String name, String type, long bytes, InputStream content) {
        return answer(name, type, bytes, content, SHOWN.contains(type));
    }

    /** To be looked at in place: it was made here. */
    public static ResponseEntity<InputStreamResource> pdf(String name, byte[] content) {
        return shown(name, PDF, content.length, new ByteArrayInputStream(content));
    }

    private static ResponseEntity<InputStreamResource> answer(
            String name, String type, long bytes, InputStream content, boolean shown) {
        return ResponseEntity.ok()
                .headers(headers(name, type, shown))
                .contentLength(bytes)
                .body(new InputStreamResource(content));
    }

    /** For a file that is written as it is made: what is written to the response next is its content, to be kept. */
    public static void begin(HttpServletResponse response, String name, String type) {
        headers(name, type, false)
                .forEach((header, values) -> values.forEach(value -> response.setHeader(header, value)));
    }

    /**
     * A file that was made for this answer, to be kept. It is deleted, whether it was sent or not.
     *
     * @throws IOException who asked is gone
     */
    public static void sendAway(HttpServletResponse response, String name, String type, Path file) throws IOException {
        try {
            begin(response, name, type);
            response.setContentLengthLong(Files.size(file));
            OutputStream out = response.getOutputStream();
            Files.copy(file, out);
            out.flush();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static HttpHeaders headers(String name, String type, boolean shown) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.parseMediaType(type));
        headers.setContentDisposition((shown ? ContentDisposition.inline() : ContentDisposition.attachment())
                .filename(name, StandardCharsets.UTF_8)
                .build());
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Content-Security-Policy", !shown ? SANDBOX : type.equals(PDF) ? PDF_POLICY : PICTURE_POLICY);
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.setCacheControl("private, no-store");
        return headers;
    }
}
