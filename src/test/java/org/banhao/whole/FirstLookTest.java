package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FirstLookTest extends OnH2 {

    @Test
    void aClerkSeesTheFiltersOfHisRole() {
        assertThat(signedIn("暴晓岚")
                        .openTasklist()
                        .engine("GET", "/filter?itemCount=true", "")
                        .statusCode())
                .isEqualTo(200);
    }
}
