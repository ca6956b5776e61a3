package org.banhao.people.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Supplier;
import org.banhao.people.PageRules;
import org.banhao.people.PageRules.PageRule;
import org.banhao.people.domain.Account;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.server.PathContainer;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Own pages: open to whom some module's {@link PageRules} names, shut otherwise. */
@Component
class PageDoor implements AuthorizationManager<RequestAuthorizationContext> {

    private record Rule(String method, PathPattern pattern, List<String> groups) {

        boolean matches(String asked, PathContainer path) {
            return (method.equals("*") || method.equals(asked.equals("HEAD") ? "GET" : asked)) && pattern.matches(path);
        }

        boolean admits(List<String> his) {
            return groups.isEmpty()
                    || groups.stream().anyMatch(wanted -> his.stream().anyMatch(h -> fits(wanted, h)));
        }

        private static boolean fits(String wanted, String group) {
            return wanted.startsWith("*.") ? group.endsWith(wanted.substring(1)) : wanted.equals(group);
        }
    }

    private final ObjectProvider<PageRules> modules;
    private volatile List<Rule> rules = List.of();

    PageDoor(ObjectProvider<PageRules> modules) {
        this.modules = modules;
    }

    @Override
    public AuthorizationDecision check(Supplier<Authentication> who, RequestAuthorizationContext context) {
        Account account = CurrentPerson.account(who.get());
        HttpServletRequest request = context.getRequest();
        return new AuthorizationDecision(
                account != null && open(account.groups(), request.getMethod(), Answers.path(request)));
    }

    boolean open(List<String> groups, String method, String path) {
        PathContainer parsed = PathContainer.parsePath(path);
        return rules().stream().anyMatch(rule -> rule.matches(method, parsed) && rule.admits(groups));
    }

    /** Asked at the first request, not when the chain is built: the modules' beans may need much. */
    private List<Rule> rules() {
        if (rules.isEmpty()) {
            rules = modules.orderedStream()
                    .flatMap(m -> m.rules().stream())
                    .map(PageDoor::parsed)
                    .toList();
        }
        return rules;
    }

    private static Rule parsed(PageRule rule) {
        return new Rule(rule.method(), PathPatternParser.defaultInstance.parse(rule.pattern()), rule.groups());
    }
}
