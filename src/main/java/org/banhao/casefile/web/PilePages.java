package org.banhao.casefile.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.banhao.base.FileAnswers;
import org.banhao.base.Overtaken;
import org.banhao.base.Refusal;
import org.banhao.casefile.domain.PileTables;
import org.banhao.casefile.domain.Piles;
import org.banhao.people.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.CacheControl;
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

/** 成批办理, for the route of that name in Tasklist. Everybody sees and does what is his own only. */
@RestController
@RequestMapping("/api/piles")
class PilePages {

    /** Fifty forms as long as forms get. */
    private static final int LARGEST = 8 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Piles piles;
    private final PileTables tables;
    private final SignedIn signedIn;

    PilePages(Piles piles, PileTables tables, SignedIn signedIn) {
        this.piles = piles;
        this.tables = tables;
        this.signedIn = signedIn;
    }

    @GetMapping
    ResponseEntity<List<Piles.Pile>> all() {
        return fresh(piles.of(me(), signedIn.groups()));
    }

    @GetMapping("/{process}/{task}")
    ResponseEntity<Piles.Lines> lines(@PathVariable String process, @PathVariable String task) {
        return fresh(piles.lines(step(process, task), me(), signedIn.groups()));
    }

    /** Body: {@code [{taskId, draft, answer}]}. */
    @PostMapping("/{process}/{task}/ready")
    ResponseEntity<List<Piles.Outcome>> keep(
            @PathVariable String process, @PathVariable String task, HttpServletRequest request) throws IOException {
        List<Piles.Entry> entries = body(request, new TypeReference<>() {});
        if (entries.stream()
                .anyMatch(one -> one == null || one.taskId() == null || one.draft() == null || one.answer() == null)) {
            throw unreadable();
        }
        return fresh(piles.keep(step(process, task), entries, me()));
    }

    @DeleteMapping("/{process}/{task}/ready/{taskId}")
    ResponseEntity<Void> takeBack(@PathVariable String taskId) {
        piles.takeBack(taskId, me());
        return ResponseEntity.noContent().build();
    }

    /** Body: the ids of tasks, at most {@value Piles#MOST_AT_ONCE}. */
    @PostMapping("/{process}/{task}/hand-in")
    ResponseEntity<List<Piles.Outcome>> handIn(
            @PathVariable String process, @PathVariable String task, HttpServletRequest request) throws IOException {
        List<String> tasks = body(request, new TypeReference<>() {});
        if (tasks.stream().anyMatch(Objects::isNull)) throw unreadable();
        return fresh(piles.handIn(step(process, task), tasks, me()));
    }

    @PostMapping("/{process}/{task}/take")
    ResponseEntity<Map<String, Integer>> take(
            @PathVariable String process, @PathVariable String task, @RequestParam int count) {
        return fresh(Map.of("taken", piles.take(step(process, task), count, me(), signedIn.groups())));
    }

    @GetMapping("/{process}/{task}/table.xlsx")
    ResponseEntity<InputStreamResource> table(@PathVariable String process, @PathVariable String task) {
        byte[] table = tables.write(step(process, task), me(), signedIn.groups());
        return FileAnswers.saved("成批办理.xlsx", FileAnswers.XLSX, table);
    }

    /** Only looked at; what it says is kept by {@link #keep}. */
    @PostMapping("/{process}/{task}/table")
    ResponseEntity<PileTables.Reading> read(
            @PathVariable String process, @PathVariable String task, @RequestParam MultipartFile file)
            throws IOException {
        return fresh(tables.read(step(process, task), file.getInputStream(), me(), signedIn.groups()));
    }

    @ExceptionHandler
    ResponseEntity<Map<String, @Nullable String>> refused(Refusal refusal) {
        Map<String, @Nullable String> body = new LinkedHashMap<>();
        body.put("type", "Refusal");
        body.put("message", refusal.sentence());
        body.put("field", refusal.field());
        return ResponseEntity.status(refusal instanceof Overtaken ? 409 : 400)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }

    private static String step(String process, String task) {
        return process + "/" + task;
    }

    private static <T> ResponseEntity<T> fresh(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }

    private static <T> List<T> body(HttpServletRequest request, TypeReference<List<T>> type) throws IOException {
        byte[] body = request.getInputStream().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) throw new Refusal("一次提交的内容太多，请减少件数后再提交。");
        try {
            List<T> read = JSON.readValue(body, type);
            if (read != null) return read;
        } catch (JsonProcessingException notJson) {
            // said below
        }
        throw unreadable();
    }

    private static Refusal unreadable() {
        return new Refusal("提交的内容格式不正确，操作没有生效，请刷新页面后重试。");
    }

    private String me() {
        return signedIn.person().id();
    }
}
