package org.banhao.people.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.banhao.people.Roles;
import org.banhao.people.domain.Account;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Deny by default at the engine's doors: the web applications with their calls, and {@code /engine-rest}. Staff: what
 * Tasklist calls, nothing else. The system administrator: looking and repairing. The engine's own authorization stays
 * on beneath; this list only makes the surface small. Matched on the raw path: an encoded letter, a trailing slash or
 * HEAD is something else and refused.
 */
class EngineDoor implements AuthorizationManager<RequestAuthorizationContext> {

    private record Rule(String method, PathPattern pattern) {

        /** {@code {id}} is one of the engine's UUIDs, so that {@code /task/count} is not taken for a task. */
        static Rule of(String line) {
            String[] parts = line.strip().split("\\s+");
            String path = parts[1].replace("{id}", "{id:[0-9a-f-]{36}}")
                    .replace("{def}", "{def:(?:[A-Za-z0-9_-]+:[0-9]+:)?[0-9a-f-]{36}}");
            return new Rule(parts[0], PathPatternParser.defaultInstance.parse(path));
        }

        boolean matches(String asked, PathContainer path) {
            return (method.equals("*") || method.equals(asked)) && pattern.matches(path);
        }
    }

    private static List<Rule> rules(String text) {
        return text.lines().filter(l -> !l.isBlank()).map(Rule::of).toList();
    }

    /** Where the engine's REST resources hang. */
    static final List<String> ENGINES =
            List.of("/camunda/api/engine/engine/default", "/engine-rest/engine/default", "/engine-rest");

    /** Below {@link #ENGINES}: every call of a recorded journey through Tasklist. */
    private static final List<Rule> STAFF_ENGINE = rules("""
            GET     /filter
            GET     /filter/count
            OPTIONS /filter
            POST    /filter/{id}/list
            GET     /task
            GET     /task/{id}
            GET     /task/{id}/form
            GET     /task/{id}/deployed-form
            GET     /task/{id}/form-variables
            POST    /task/{id}/claim
            POST    /task/{id}/unclaim
            POST    /task/{id}/submit-form
            GET     /process-definition
            GET     /process-definition/count
            GET     /process-definition/{def}/startForm
            GET     /process-definition/{def}/deployed-start-form
            GET     /process-definition/{def}/xml
            POST    /process-definition/{def}/submit-form
            GET     /user/{user}/profile
            """);

    private static final List<Rule> STAFF_WHOLE = rules("""
            GET     /camunda/app/tasklist/**
            GET     /camunda/lib/**
            GET     /camunda/assets/**
            GET     /camunda/favicon.ico
            GET     /camunda/api/engine/engine/
            GET     /camunda/api/admin/auth/user/{engine}
            POST    /camunda/api/admin/auth/user/{engine}/logout
            GET     /camunda/api/tasklist/plugin/{plugin}/static/**
            """);

    /** For nobody, in every profile: the engine's own sign-in compares no password of ours, its set-up makes almighty. */
    private static final List<Rule> NEVER = rules("""
            *       /camunda/api/admin/auth/user/{engine}/login/**
            *       /camunda/api/admin/setup/**
            """);

    /** A list of what is refused was tried first: signal, message and modification slipped through it. */
    private static final List<Rule> ADMINISTRATOR_ENGINE = rules("""
            GET     /**
            OPTIONS /**
            POST    /{query:task|job|execution|process-instance|variable-instance}
            POST    /{query:process-definition|decision-definition|user|group}
            POST    /{query:task|job|execution|process-instance|variable-instance}/count
            POST    /{query:process-definition|decision-definition|user|group}/count
            POST    /history/{query}
            POST    /history/{query}/count
            PUT     /incident/{id}/annotation
            DELETE  /incident/{id}/annotation
            """);

    private static final List<Rule> ADMINISTRATOR_WHOLE = rules("""
            GET     /camunda/app/{app:cockpit|admin|welcome}/**
            GET     /camunda/lib/**
            GET     /camunda/assets/**
            GET     /camunda/favicon.ico
            GET     /camunda/api/**
            POST    /camunda/api/cockpit/plugin/base/{engine}/**
            POST    /camunda/api/admin/auth/user/{engine}/logout
            """);

    @Override
    public AuthorizationDecision check(Supplier<Authentication> who, RequestAuthorizationContext context) {
        Account account = CurrentPerson.account(who.get());
        HttpServletRequest request = context.getRequest();
        return new AuthorizationDecision(
                account != null && open(account.groups(), request.getMethod(), Answers.path(request)));
    }

    /** Letters, digits and the like written as %xx: patterns and servlets read through it, what stands between may not. */
    private static final Pattern DISGUISED =
            Pattern.compile("%(?:2[DdEe]|3[0-9]|4[1-9A-Fa-f]|5[0-9AaFf]|6[1-9A-Fa-f]|7[0-9AaEe])");

    boolean open(List<String> groups, String method, String whole) {
        if (DISGUISED.matcher(whole).find()) return false;
        String inner = engineRelative(whole);
        if (any(NEVER, method, whole)) return false;
        if (groups.contains(Roles.STAFF)
                && (any(STAFF_WHOLE, method, whole) || inner != null && any(STAFF_ENGINE, method, inner))) return true;
        return groups.contains(Roles.SYSTEM_ADMINISTRATOR)
                && (any(ADMINISTRATOR_WHOLE, method, whole)
                        || inner != null && any(ADMINISTRATOR_ENGINE, method, inner));
    }

    private static boolean any(List<Rule> rules, String method, String path) {
        PathContainer parsed = PathContainer.parsePath(path);
        return rules.stream().anyMatch(rule -> rule.matches(method, parsed));
    }

    private static @Nullable String engineRelative(String whole) {
        for (String prefix : ENGINES) if (whole.startsWith(prefix + "/")) return whole.substring(prefix.length());
        return null;
    }
}
