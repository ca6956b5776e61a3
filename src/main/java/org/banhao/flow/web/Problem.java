package org.banhao.flow.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import org.banhao.base.Overtaken;
import org.banhao.base.Refusal;
import org.banhao.flow.form.NotHeld;
import org.jspecify.annotations.Nullable;

/** The body of every refused call: {@code type}, one Chinese {@code message}, and the {@code field} it is about. */
record Problem(
        int status, String type, String message, @Nullable String field) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static final Problem FASTER = new Problem(409, "OptimisticLockingException", Overtaken.SENTENCE, null);
    static final Problem GONE = new Problem(404, "NotFound", "所要的内容不存在或已办结，请刷新后重试。", null);
    static final Problem NOT_ALLOWED =
            new Problem(403, "AuthorizationException", "您没有进行此操作的权限，或者此事项已由他人办结，请刷新后重试。", null);
    static final Problem UNREADABLE = new Problem(400, "InvalidRequest", "提交的内容格式不正确，操作没有生效，请刷新页面后重试。", null);
    static final Problem FAILED = new Problem(500, "Error", "系统出错，操作没有生效，请稍后重试；仍然不行的，请联系管理员。", null);
    static final Problem EXPRESSION = new Problem(400, "Refusal", "不接受表达式，请改用具体的值。", null);
    static final Problem TOO_LARGE = new Problem(413, "Refusal", "提交的内容太大，请缩短文字或改用附件。", null);

    static Problem of(Refusal refusal) {
        if (refusal instanceof Overtaken) {
            return new Problem(FASTER.status(), FASTER.type(), refusal.sentence(), null);
        }
        return new Problem(400, "Refusal", refusal.sentence(), refusal.field());
    }

    static Problem of(NotHeld no) {
        return no.known()
                ? new Problem(409, "Refusal", no.sentence(), null)
                : new Problem(404, "NotFound", no.sentence(), null);
    }

    String json() {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("type", type);
        body.put("message", message);
        body.put("field", field);
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    Response response() {
        return Response.status(status)
                .type("application/json;charset=UTF-8")
                .entity(json())
                .build();
    }
}
