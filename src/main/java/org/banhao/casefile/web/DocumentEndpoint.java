package org.banhao.casefile.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.banhao.base.Audit;
import org.banhao.base.FileAnswers;
import org.banhao.base.Refusal;
import org.banhao.casefile.domain.CasePapers;
import org.banhao.casefile.domain.Dossiers;
import org.banhao.document.Documents;
import org.banhao.document.StoredDocument;
import org.banhao.people.Person;
import org.banhao.people.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

/** Uploads of forms and downloads of the dossier. */
@RestController
@RequestMapping("/api/documents")
class DocumentEndpoint {
    private final Documents documents;
    private final Dossiers dossiers;
    private final CasePapers papers;
    private final SignedIn signedIn;
    private final Audit audit;

    DocumentEndpoint(Documents documents, Dossiers dossiers, CasePapers papers, SignedIn signedIn, Audit audit) {
        this.documents = documents;
        this.dossiers = dossiers;
        this.papers = papers;
        this.signedIn = signedIn;
        this.audit = audit;
    }

    record Uploaded(String id, String name, long size) {}

    /** @param step see {@link StoredDocument#step()} */
    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    Uploaded upload(@RequestParam String step, @RequestParam MultipartFile file) throws IOException {
        Person person = signedIn.person();
        dossiers.requireUpload(step, person.id(), signedIn.groups());
        String name = file.getOriginalFilename();
        try (InputStream content = file.getInputStream()) {
            StoredDocument stored =
                    documents.store(null, step, name == null ? "" : name, content, person.id(), person.name());
            return new Uploaded(stored.id(), stored.name(), stored.bytes());
        }
    }

    @GetMapping("/{id}")
    ResponseEntity<InputStreamResource> download(
            @PathVariable String id, @RequestParam(required = false) @Nullable String inline) {
        StoredDocument document = readable(id);
        audit.record("document.read", document.caseNumber(), document.id());
        InputStream content = documents.open(id);
        return inline == null
                ? FileAnswers.saved(document.name(), document.mediaType(), document.bytes(), content)
                : FileAnswers.shown(document.name(), document.mediaType(), document.bytes(), content);
    }

    /** Of an office file, for the preview; made at the first look, which takes seconds. */
    @GetMapping("/{id}/pdf")
    ResponseEntity<InputStreamResource> pdf(@PathVariable String id) {
        StoredDocument document = readable(id);
        return FileAnswers.pdf(document.name() + ".pdf", papers.pdf(document).bytes());
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> discard(@PathVariable String id) {
        documents.discard(readable(id).id(), signedIn.person().id());
        return ResponseEntity.noContent().build();
    }

    /** By the status, so that the common page tells a person who followed a link. */
    private StoredDocument readable(String id) {
        Person person = signedIn.person();
        List<String> groups = signedIn.groups();
        return documents
                .find(id)
                .filter(document -> dossiers.mayRead(document, person.id(), groups))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    /** In the shape forms expect: the sentence and the field. */
    @ExceptionHandler
    ResponseEntity<Map<String, String>> refused(Refusal refusal) {
        return UploadTooLarge.answer(refusal);
    }
}
