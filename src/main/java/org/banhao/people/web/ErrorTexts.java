package org.banhao.people.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.web.error.ErrorAttributeOptions;
import org.springframework.boot.web.servlet.error.DefaultErrorAttributes;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.WebRequest;

/** What went wrong, said to the person; never a message of the software. */
@Component
class ErrorTexts extends DefaultErrorAttributes {

    @Override
    public Map<String, Object> getErrorAttributes(WebRequest request, ErrorAttributeOptions options) {
        Map<String, Object> found = super.getErrorAttributes(request, ErrorAttributeOptions.defaults());
        int status = found.get("status") instanceof Integer code ? code : 500;
        // asked for directly, without an error
        if (status == 999) status = 404;
        Object given = request.getAttribute(Answers.SENTENCE, RequestAttributes.SCOPE_REQUEST);
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("status", status);
        told.put("type", "Error");
        told.put("title", title(status));
        told.put("message", given instanceof String sentence ? sentence : sentence(status));
        return told;
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "请求有误";
            case 401 -> "请先登录";
            case 403 -> "无权访问";
            case 404 -> "没有找到";
            case 405 -> "不能这样操作";
            case 413 -> "内容过大";
            default -> status < 500 ? "请求有误" : "系统出错了";
        };
    }

    private static String sentence(int status) {
        return switch (status) {
            case 401 -> "您还没有登录，或登录已过期，请登录后再试。";
            case 403 -> "您没有查看此页面或进行此操作的权限。如确需办理，请联系本单位的安全保密管理员。";
            case 404 -> "页面或案件不存在，或者您无权查看。请核对地址，或从首页重新进入。";
            case 405 -> "此地址不接受这种操作，请从页面上的按钮进入。";
            case 413 -> "提交的内容过大，请减少内容后再试。";
            default -> status < 500 ? "提交的内容不完整或格式不对，请返回检查后再试。" : "系统暂时无法完成此操作，已填写的内容请先自行保留，稍后再试；多次出现请联系系统管理员。";
        };
    }
}
