package org.banhao.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletResponse;

class FileAnswersTest {

    @TempDir
    private Path folder;

    private static ResponseEntity<InputStreamResource> shown(String type) {
        return FileAnswers.shown("材料", type, 2, new ByteArrayInputStream(new byte[] {1, 2}));
    }

    @ParameterizedTest
    @CsvSource({
        "application/pdf,inline,false",
        "image/png,inline,true",
        "image/jpeg,inline,true",
        "image/webp,inline,true",
        "image/svg+xml,attachment,true",
        "text/html,attachment,true",
        "text/plain,attachment,true",
        "application/zip,attachment,true"
    })
    void onlyPdfAndPicturesAreShownInPlaceAndNothingRuns(String type, String how, boolean sandboxed) {
        HttpHeaders headers = shown(type).getHeaders();
        assertThat(headers.getFirst("Content-Type")).isEqualTo(type);
        assertThat(headers.getContentDisposition().getType()).isEqualTo(how);
        assertThat(headers.getFirst("Content-Security-Policy")).startsWith("default-src 'none';");
        assertThat(headers.getOrEmpty("Content-Security-Policy").get(0).endsWith("; sandbox"))
                .isEqualTo(sandboxed);
        assertThat(headers.getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(headers.getFirst("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(headers.getFirst("Cache-Control")).isEqualTo("private, no-store");
        assertThat(headers.getContentLength()).isEqualTo(2);
    }

    @Test
    void whatIsToBeSavedIsNeverShownAndKeepsItsChineseName() {
        HttpHeaders headers =
                FileAnswers.saved("答复函“定稿”.pdf", FileAnswers.PDF, new byte[3]).getHeaders();
        assertThat(headers.getFirst("Content-Disposition"))
                .startsWith("attachment;")
                .contains("filename*=UTF-8''%E7%AD%94%E5%A4%8D%E5%87%BD");
        assertThat(headers.getContentDisposition().getFilename()).isEqualTo("答复函“定稿”.pdf");
        assertThat(headers.getFirst("Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
    }

    @Test
    void aFileThatWasMadeForTheAnswerIsSentAndGone() throws IOException {
        Path file = Files.write(folder.resolve("a.zip"), new byte[] {5, 6, 7});
        MockHttpServletResponse response = new MockHttpServletResponse();
        FileAnswers.sendAway(response, "公文.zip", FileAnswers.ZIP, file);
        assertThat(response.getContentAsByteArray()).containsExactly(5, 6, 7);
        assertThat(response.getContentLengthLong()).isEqualTo(3);
        assertThat(response.getContentType()).isEqualTo("application/zip");
        assertThat(response.getHeader("Content-Disposition")).contains("filename*=UTF-8''%E5%85%AC%E6%96%87.zip");
        assertThat(file).doesNotExist();
    }
}
