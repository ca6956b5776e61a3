package org.banhao.base;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * In whose place the person of the present request does the one thing he asks for (代办). Said for each call by the door that has
 * checked it, and gone with the request; what is recorded names both.
 */
public final class StandingIn {

    private static final String NAME = StandingIn.class.getName();

    private StandingIn() {}

    /**
     * @param by who stands in
     * @param groups those of the absent person in which he works; they count for this call only
     */
    public record Absent(String by, String id, String name, List<String> groups) {}

    /** @throws IllegalStateException there is no request */
    public static void begin(Absent absent) {
        RequestContextHolder.currentRequestAttributes().setAttribute(NAME, absent, RequestAttributes.SCOPE_REQUEST);
    }

    /** As {@link #begin}, for what is also asked where there is no request: there nothing begins. */
    public static void beginIfAsked(Absent absent) {
        if (RequestContextHolder.getRequestAttributes() != null) begin(absent);
    }

    /** Null: the person acts for himself, or nobody asks. */
    public static @Nullable Absent present() {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        return request != null && request.getAttribute(NAME, RequestAttributes.SCOPE_REQUEST) instanceof Absent absent
                ? absent
                : null;
    }
}
