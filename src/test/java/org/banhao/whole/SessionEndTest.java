package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.banhao.testing.WebSession;
import org.junit.jupiter.api.Test;

/** How long a session lasts, as its pages ask for it. */
class SessionEndTest extends OnH2 {

    @Test
    void askingHowLongTheSessionLastsDoesNotProlongIt() {
        WebSession clerk = signedIn("暴晓岚");
        clerk.get("/password");
        time.advance(Duration.ofMinutes(20));
        assertThat(seconds(clerk.get("/api/session"))).isBetween(590L, 600L);
        time.advance(Duration.ofMinutes(9));
        assertThat(seconds(clerk.get("/api/session"))).isBetween(50L, 60L);
        time.advance(Duration.ofMinutes(2));
        assertThat(clerk.get("/api/session").statusCode()).isNotEqualTo(200);
    }

    @Test
    void aBarThatAsksWhetherTheWayBackIsStillOpenDoesNotProlongIt() {
        WebSession clerk = signedIn("暴晓岚");
        clerk.get("/password");
        time.advance(Duration.ofMinutes(20));
        assertThat(clerk.get("/api/retractions").statusCode()).isEqualTo(200);
        assertThat(seconds(clerk.get("/api/session"))).isBetween(590L, 600L);
    }

    @Test
    void goingOnProlongsIt() {
        WebSession clerk = signedIn("暴晓岚");
        clerk.get("/password");
        time.advance(Duration.ofMinutes(28));
        assertThat(seconds(clerk.script("POST", "/api/session", "application/json", new byte[0])))
                .isBetween(1790L, 1800L);
        time.advance(Duration.ofMinutes(28));
        assertThat(clerk.get("/password").statusCode()).isEqualTo(200);
    }

    private static long seconds(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        return Long.parseLong(answer.body().replaceAll("\\D", ""));
    }
}
