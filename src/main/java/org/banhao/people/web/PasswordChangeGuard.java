package org.banhao.people.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.banhao.people.domain.Account;
import org.springframework.web.filter.OncePerRequestFilter;

/** With an initial password, which somebody else has seen, nothing can be done but change it. */
class PasswordChangeGuard extends OncePerRequestFilter {

    private static final Set<String> OPEN = Set.of(
            "/password", "/text-size", "/site.css", "/site.js", "/menus.js", "/favicon.svg", "/favicon.ico", "/error");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Account account = CurrentPerson.account();
        if (account == null || !account.mustChangePassword() || OPEN.contains(Answers.path(request))) {
            chain.doFilter(request, response);
        } else if (Answers.page(request)) {
            response.sendRedirect("/password");
        } else {
            Answers.json(response, HttpServletResponse.SC_FORBIDDEN, "Forbidden", "请先修改初始密码。");
        }
    }
}
