package org.banhao.monitoring.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.banhao.monitoring.hj212.Inspection;
import org.banhao.people.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** For those who write loggers: name and password in each call, of an account that may use machine interfaces. */
@RestController
class FrameEndpoint {

    private final SignedIn signedIn;
    private final RequestThrottle throttle;

    FrameEndpoint(SignedIn signedIn, RequestThrottle throttle) {
        this.signedIn = signedIn;
        this.throttle = throttle;
    }

    /**
     * @param valid whether the gateway would take the packet
     * @param crcExpected four upper-case hexadecimal digits; empty when there is no packet, or it cannot be decrypted
     * @param crcActual as it was sent; empty when there is no packet
     * @param length bytes of the segment as it was sent
     * @param declared length that the packet declares; -1: none
     * @param problems errors first
     */
    record Answer(
            boolean valid,
            String verdict,
            String crcExpected,
            String crcActual,
            int declared,
            int length,
            List<Inspection.Field> fields,
            List<Inspection.Problem> problems) {

        static Answer of(Inspection found) {
            return new Answer(
                    found.valid(),
                    found.verdict().sentence(),
                    found.crcExpected(),
                    found.crcActual(),
                    found.declared(),
                    found.length(),
                    found.fields(),
                    found.problems());
        }
    }

    @PostMapping(
            path = "/api/monitoring/frames/inspect",
            consumes = MediaType.TEXT_PLAIN_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> inspect(@RequestParam(required = false) @Nullable String standard, HttpServletRequest request)
            throws IOException {
        Duration wait = throttle.take(signedIn.person().id());
        if (!wait.isZero()) {
            return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                    .header(HttpHeaders.RETRY_AFTER, String.valueOf(wait.toSeconds() + 1))
                    .body(Map.of("type", "TooManyRequests", "message", "调用过于频繁，请稍后再试。"));
        }
        byte[] packet = request.getInputStream().readNBytes(FrameInspection.MOST_BYTES + 1);
        return ResponseEntity.ok(Answer.of(FrameInspection.of(packet, standard)));
    }
}
