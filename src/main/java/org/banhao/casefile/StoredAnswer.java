package org.banhao.casefile;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

public record StoredAnswer(
        String process,
        String task,
        String formId,
        String json,
        String person,
        String personName,
        @Nullable String forWhomName,
        Instant at) {}
