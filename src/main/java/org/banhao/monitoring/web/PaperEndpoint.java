package org.banhao.monitoring.web;

import java.io.IOException;
import java.io.InputStream;
import org.banhao.base.FileAnswers;
import org.banhao.monitoring.domain.Papers;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

/** Papers of reports, as they were handed in. */
@Controller
class PaperEndpoint {

    private final Papers papers;

    PaperEndpoint(Papers papers) {
        this.papers = papers;
    }

    /** Always taken away, never shown within the page's own site. */
    @GetMapping("/monitoring/papers/{id}")
    ResponseEntity<InputStreamResource> read(@PathVariable String id) {
        Papers.Paper paper = papers.read(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        return FileAnswers.saved(
                paper.document().name(),
                paper.document().mediaType(),
                paper.document().bytes(),
                paper.content());
    }

    /** @return null: none was chosen */
    static Papers.@Nullable Upload upload(@Nullable MultipartFile file) throws IOException {
        if (file == null || file.isEmpty()) return null;
        String name = file.getOriginalFilename();
        InputStream content = file.getInputStream();
        return new Papers.Upload(name == null ? "" : name, content);
    }
}
