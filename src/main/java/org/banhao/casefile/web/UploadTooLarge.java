package org.banhao.casefile.web;

import java.util.Map;
import org.banhao.base.Refusal;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;

/** The container stops a body that is too large, or no upload at all, before any controller is chosen. */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class UploadTooLarge {
    private final DataSize largest;

    UploadTooLarge(@Value("${banhao.upload.largest}") DataSize largest) {
        this.largest = largest;
    }

    @ExceptionHandler
    ResponseEntity<Map<String, String>> tooLarge(MaxUploadSizeExceededException e) {
        return answer(new Refusal("file", "文件超过" + largest.toMegabytes() + " MB的上限，请压缩或拆分后再上传。"));
    }

    /** Broken on the way, or never an upload. */
    @ExceptionHandler
    ResponseEntity<Map<String, String>> unreadable(MultipartException e) {
        return answer(new Refusal("file", "上传的内容不完整，没有收到文件，请重新选择文件再上传。"));
    }

    static ResponseEntity<Map<String, String>> answer(Refusal refusal) {
        String field = refusal.field();
        return ResponseEntity.badRequest()
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("type", "Refusal", "message", refusal.sentence(), "field", field == null ? "" : field));
    }
}
