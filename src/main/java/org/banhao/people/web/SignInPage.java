package org.banhao.people.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.banhao.people.DemonstrationCast;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The one sign-in page. Looking at it begins no session. */
@Controller
class SignInPage {

    private static final Map<String, String> WRONG = new LinkedHashMap<>();
    private static final Map<String, String> TOLD = new LinkedHashMap<>();

    static {
        WRONG.put("wrong", "登录名或密码不正确，请重新输入。忘记密码请联系系统管理员重置。");
        WRONG.put("wait", "密码错误次数过多，请稍候再试（最长15分钟）。");
        WRONG.put("guessed", "修改密码时当前密码错误次数过多，已退出登录，请稍候重新登录。忘记密码请联系系统管理员重置。");
        WRONG.put("stale", "登录页面停留过久，请重新输入。");
        TOLD.put("expired", "登录已过期，请重新登录，登录后回到原来的页面。");
        TOLD.put("out", "您已安全退出。");
    }

    private final DemonstrationCast cast;

    SignInPage(DemonstrationCast cast) {
        this.cast = cast;
    }

    @GetMapping("/login")
    String page(HttpServletRequest request, Model model) {
        String why = String.valueOf(request.getQueryString());
        model.addAttribute("wrong", WRONG.get(why));
        model.addAttribute("notice", TOLD.get(why));
        model.addAttribute("demonstration", cast.loaded());
        return "people/login";
    }
}
