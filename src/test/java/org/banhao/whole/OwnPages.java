package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.banhao.people.PageRules;
import org.banhao.people.PageRules.PageRule;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.banhao.people.domain.SignIns;
import org.banhao.testing.Accounts;
import org.banhao.testing.Desk;
import org.banhao.testing.ForeignWords;
import org.banhao.testing.WebSession;
import org.banhao.testing.Whole;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPatternParser;

/** Every own address of the application, taken from Spring's own table, for every account of the cast. */
interface OwnPages extends Whole {

    /** Open to everybody, because nobody is signed in there yet. */
    Set<String> OPEN = Set.of("/login", "/first-administrator", "/new-password", "/health", "/old-browser");

    /** Where a case is opened, by staff and by who proposed it. */
    List<String> DOSSIERS = List.of("/cases/", "/my/proposals/", "/my/drafts/");

    /** Open to whoever has the secret in the address; no rule names them, and what others see there is no page of the application. */
    Set<String> LINKS =
            Set.of("/l/{token}", "/l/{token}/letter", "/l/{token}/papers/{id}", "/l/{token}/papers/{id}/file");

    /** Of the environment bureau's branch, who works with monitoring. */
    Set<String> BRANCH =
            Set.of("*.data-engineer", "*.command-lead", "*.duty-officer", "*.brigade-leader", "*.enforcement-officer");

    /** Who issues official papers. */
    Set<String> PAPERS = Set.of(
            "proposal-clerk",
            "committee-director",
            "party-office-assigner",
            "government-office-assigner",
            "assigning-office-leader",
            "*.liaison",
            "*.handler");

    /** Written down a second time on purpose: whoever opens a page to another role has to say so here too. */
    Map<String, Set<String>> WHO_MAY_LOOK = Map.ofEntries(
            Map.entry("/my", Set.of("member", "organization-contact", "sector-convener")),
            Map.entry("/proposals/on-behalf", Set.of("proposal-clerk")),
            Map.entry("/proposals/register", Set.of("proposal-clerk")),
            Map.entry("/proposals/merged", Set.of("proposal-clerk")),
            Map.entry("/proposals/notices", Set.of("proposal-clerk")),
            Map.entry("/proposals/meetings", Set.of("meeting-secretary")),
            Map.entry(
                    "/meetings",
                    Set.of(
                            "meeting-secretary",
                            "party-office-assigner",
                            "government-office-assigner",
                            "assigning-office-leader",
                            "proposal-clerk",
                            "group-reviewer",
                            "committee-director",
                            "secretary-general",
                            "supervising-chair")),
            Map.entry(
                    "/proposals/key",
                    Set.of(
                            "proposal-clerk",
                            "committee-director",
                            "meeting-secretary",
                            "supervising-chair",
                            "leading-official")),
            Map.entry("/my/seconding", Set.of("member", "organization-contact", "sector-convener")),
            Map.entry("/my/topics", Set.of("member", "organization-contact", "sector-convener")),
            Map.entry("/proposals/revisits", Set.of("proposal-clerk", "committee-director")),
            Map.entry("/proposals/solicitation", Set.of("proposal-clerk", "committee-director")),
            Map.entry("/proposals/sessions", Set.of("proposal-clerk", "committee-director")),
            Map.entry("/proposals/assignment", Set.of("party-office-assigner", "government-office-assigner")),
            Map.entry(
                    "/proposals/assignment/succession", Set.of("party-office-assigner", "government-office-assigner")),
            Map.entry("/proposals/feedback", Set.of("proposal-clerk", "committee-director")),
            Map.entry("/proposals/result-classes", Set.of("proposal-clerk", "committee-director")),
            Map.entry("/proposals/extensions/new", Set.of("*.handler", "*.liaison")),
            Map.entry(
                    "/proposals/consultations/new",
                    Set.of("*.handler", "*.liaison", "proposal-clerk", "committee-director")),
            Map.entry("/papers", PAPERS),
            Map.entry("/papers/register", PAPERS),
            Map.entry("/papers/batch", PAPERS),
            Map.entry("/admin/papers", Set.of("rules-administrator")),
            Map.entry("/proposals/unit-word", Set.of("*.liaison")),
            Map.entry("/proposals/unit-assignments", Set.of("*.liaison")),
            Map.entry("/monitoring/enterprises", and(BRANCH, "enterprise-manager", "maintenance-contractor")),
            Map.entry("/monitoring/episodes", and(BRANCH, "*.legal-reviewer", "*.branch-deputy", "*.branch-head")),
            Map.entry(
                    "/monitoring/thresholds",
                    Set.of("*.data-engineer", "*.command-lead", "*.duty-officer", "rules-administrator")),
            Map.entry(
                    "/monitoring/try-out",
                    Set.of("*.data-engineer", "*.command-lead", "*.duty-officer", "rules-administrator")),
            Map.entry(
                    "/monitoring/exemptions",
                    Set.of("*.data-engineer", "*.command-lead", "*.duty-officer", "rules-administrator")),
            Map.entry("/monitoring/orders", Set.of("*.data-engineer", "*.command-lead", "*.duty-officer")),
            Map.entry("/monitoring/duty", BRANCH),
            Map.entry("/monitoring/reports/daily", BRANCH),
            Map.entry("/monitoring/reports/transmission", and(BRANCH, "enterprise-manager", "maintenance-contractor")),
            Map.entry("/monitoring/limits", and(BRANCH, "rules-administrator")),
            Map.entry("/monitoring/factors", and(BRANCH, "rules-administrator")),
            Map.entry("/monitoring/reports/quality", and(BRANCH, "enterprise-manager", "maintenance-contractor")),
            Map.entry("/monitoring/commands", Set.of("*.data-engineer", "*.command-lead")),
            Map.entry("/monitoring/judging", Set.of("*.data-engineer")),
            Map.entry("/monitoring/import", Set.of("*.data-engineer", "*.command-lead")),
            Map.entry("/monitoring/simulator", Set.of("*.data-engineer", "system-administrator")),
            Map.entry("/monitoring/strangers", Set.of("*.data-engineer", "*.command-lead")),
            Map.entry(
                    "/monitoring/frames",
                    Set.of(
                            "*.data-engineer",
                            "*.command-lead",
                            "*.duty-officer",
                            "maintenance-contractor",
                            "system-administrator")),
            Map.entry("/admin/people", Set.of("system-administrator", "security-administrator")),
            Map.entry("/admin/resets", Set.of("system-administrator", "security-administrator", "audit-administrator")),
            Map.entry("/admin/suspensions", Set.of("system-administrator")),
            Map.entry("/admin/units", Set.of("system-administrator")),
            Map.entry("/admin/members", Set.of("system-administrator", "proposal-clerk")),
            Map.entry("/admin/audit", Set.of("audit-administrator")),
            Map.entry("/admin/calendar", Set.of("rules-administrator")),
            Map.entry("/admin/deadlines", Set.of("rules-administrator")),
            Map.entry("/admin/reminders", Set.of("rules-administrator")),
            Map.entry("/admin/migrations", Set.of("rules-administrator")),
            Map.entry("/admin/mailbox", Set.of("system-administrator")),
            Map.entry("/admin/jobs", Set.of("system-administrator")));

    private static Set<String> and(Set<String> some, String... more) {
        Set<String> all = new HashSet<>(some);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }

    record Own(String method, String pattern) {

        /** An address that names nothing which exists. */
        String address() {
            return pattern.replaceAll("\\{number[^}]*}", "TA-2026-999999").replaceAll("\\{[^}]*}", "nothing");
        }
    }

    private static boolean open(Own one) {
        return OPEN.contains(one.pattern()) || LINKS.contains(one.pattern());
    }

    private List<Own> own() {
        // the table is made at the first request
        new WebSession(address()).get("/login");
        Set<Own> own = new LinkedHashSet<>();
        for (HandlerMapping mapping :
                Objects.requireNonNull(bean(DispatcherServlet.class).getHandlerMappings())) {
            if (!(mapping instanceof RequestMappingHandlerMapping table)) continue;
            table.getHandlerMethods().forEach((info, method) -> {
                if (!method.getBeanType().getName().startsWith("org.banhao")) return;
                for (String pattern : info.getPatternValues())
                    for (String verb : verbs(info)) own.add(new Own(verb, pattern));
            });
        }
        return List.copyOf(own);
    }

    private static List<String> verbs(RequestMappingInfo info) {
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        return methods.isEmpty()
                ? List.of("GET", "POST")
                : methods.stream().map(RequestMethod::name).toList();
    }

    /**
     * Whoever does the same in another bureau is told the same by every rule and sees the same words; of the one bureau where work has begun
     * everybody.
     */
    private List<Accounts.Account> oneOfEachKind() {
        Set<List<String>> seen = new HashSet<>();
        return accounts().all().stream()
                .filter(account -> {
                    List<String> groups = bean(People.class).groupsOf(account.login());
                    return groups.stream().anyMatch(group -> group.startsWith("education-bureau."))
                            || seen.add(groups.stream()
                                    .map(group -> group.replaceFirst("^.*\\.", "*."))
                                    .sorted()
                                    .toList());
                })
                .toList();
    }

    /** Those his session has: that of all staff is computed. */
    private List<String> groups(Accounts.Account account) {
        return bean(SignIns.class).account(account.login()).orElseThrow().groups();
    }

    private List<PageRule> rulesFor(Own own) {
        PathContainer path = PathContainer.parsePath(own.address());
        return beans(PageRules.class).stream()
                .flatMap(module -> module.rules().stream())
                .filter(rule -> rule.method().equals("*") || rule.method().equals(own.method()))
                .filter(rule ->
                        PathPatternParser.defaultInstance.parse(rule.pattern()).matches(path))
                .toList();
    }

    /** In the order of {@link #own}; found once, not again for every account. */
    private Map<Own, List<PageRule>> ownWithRules() {
        Map<Own, List<PageRule>> rules = new LinkedHashMap<>();
        for (Own one : own()) rules.put(one, rulesFor(one));
        return rules;
    }

    private static boolean admits(PageRule rule, List<String> groups) {
        return rule.groups().isEmpty() || hasOne(rule.groups(), groups);
    }

    private static boolean hasOne(Collection<String> roles, List<String> groups) {
        return roles.stream()
                .anyMatch(wanted -> groups.stream()
                        .anyMatch(group ->
                                wanted.startsWith("*.") ? group.endsWith(wanted.substring(1)) : wanted.equals(group)));
    }

    @Test
    default void everyOwnAddressIsNamedByARule() {
        List<Own> own = own();
        assertThat(own).hasSizeGreaterThan(40);

        assertThat(own).filteredOn(one -> !open(one) && rulesFor(one).isEmpty()).isEmpty();
    }

    /** Two modules that both open an address: the wider one wins, whatever the other says. */
    @Test
    default void everyOwnAddressIsOpenedByOneModule() {
        for (Own one : own()) {
            PathContainer path = PathContainer.parsePath(one.address());
            assertThat(beans(PageRules.class))
                    .filteredOn(module -> module.rules().stream()
                            .anyMatch(rule ->
                                    (rule.method().equals("*") || rule.method().equals(one.method()))
                                            && PathPatternParser.defaultInstance
                                                    .parse(rule.pattern())
                                                    .matches(path)))
                    .as(one.toString())
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    default void whoIsNotSignedInIsLedToTheSignInPageOrTold401AtEveryOwnAddress() {
        WebSession nobody = new WebSession(address());
        for (Own one : own()) {
            if (open(one)) continue;
            if (one.method().equals("GET")) {
                HttpResponse<String> answer = nobody.get(one.address());
                if (one.address().startsWith("/api/"))
                    assertThat(answer.statusCode()).as(one.toString()).isEqualTo(401);
                else toSignIn(one, answer);
            } else {
                // with a token that anybody gets from the sign-in page
                HttpResponse<String> answer = nobody.post("/login", one.address(), Map.of());
                if (answer.statusCode() != 401) toSignIn(one, answer);
            }
        }
    }

    private static void toSignIn(Own one, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(one.toString()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElse(""))
                .as(one.toString())
                .contains("/login");
    }

    @Test
    default void everyRoleThatNoRuleNamesIsRefusedAtEveryOwnAddress() {
        int refused = 0;
        int looked = 0;
        Map<Own, List<PageRule>> own = ownWithRules();
        for (Accounts.Account account : oneOfEachKind()) {
            List<String> groups = groups(account);
            WebSession web = new Desk(address(), account).web();
            for (Own one : own.keySet()) {
                if (open(one)) continue;
                boolean admitted = own.get(one).stream().anyMatch(rule -> admits(rule, groups));
                String where = account.name() + " " + one;
                if (!admitted) {
                    HttpResponse<String> answer = one.method().equals("GET")
                            ? web.get(one.address())
                            : one.method().equals("POST")
                                    ? web.form(one.address(), List.of())
                                    : web.script(one.method(), one.address(), "application/json", new byte[0]);
                    assertThat(answer.statusCode()).as(where).isEqualTo(403);
                    Sentences.refused(answer);
                    refused++;
                } else if (one.method().equals("GET")) {
                    // what is named does not exist: anything but a failure of ours
                    HttpResponse<String> answer = web.get(one.address());
                    assertThat(answer.statusCode()).as(where + answer.body()).isIn(200, 302, 400, 404);
                    if (answer.statusCode() >= 400) Sentences.refused(answer);
                    strict(where, answer);
                    looked++;
                }
            }
            WHO_MAY_LOOK.forEach((page, roles) -> assertThat(web.get(page).statusCode() == 200)
                    .as(account.name() + " " + page)
                    .isEqualTo(hasOne(roles, groups)));
        }
        assertThat(refused).isGreaterThan(500);
        assertThat(looked).isGreaterThan(100);
    }

    /** Every page, as everybody sees it who may; a page of a case for a few of those that the reader may see. */
    @Test
    default void noOwnPageShowsEnglishOrAKeyNobodyTranslated() {
        Map<String, Set<String>> found = new TreeMap<>();
        Set<String> looked = new HashSet<>();
        everyPage((session, page, address, html) -> {
            looked.add(page.pattern());
            Set<String> words = ForeignWords.inPage(html, known(page));
            if (!words.isEmpty())
                found.computeIfAbsent(page.pattern(), any -> new TreeSet<>()).addAll(words);
        });
        assertThat(looked)
                .containsAll(WHO_MAY_LOOK.keySet())
                .contains(
                        "/cases/{number}",
                        "/cases/{number}/fragment",
                        "/my/proposals/{number}",
                        "/settings",
                        "/absence");
        assertThat(found).isEmpty();
    }

    interface Reader {
        void read(WebSession session, Own page, String address, String html);
    }

    /** Shows every page as everybody sees it who may; pages of a case for up to three that the reader may see. */
    default void everyPage(Reader reader) {
        List<String> cases = db().sql("select number from casefile_case order by number desc")
                .query(String.class)
                .list();
        Map<Own, List<PageRule>> own = ownWithRules();
        for (Accounts.Account account : oneOfEachKind()) {
            List<String> groups = groups(account);
            WebSession web = new Desk(address(), account).web();
            // to who may not open a case none of its pages is shown: asked once, not again for every page
            List<String> opened = cases.stream()
                    .filter(number -> DOSSIERS.stream()
                            .anyMatch(page -> web.get(page + number).statusCode() == 200))
                    .limit(12)
                    .toList();
            for (Own one : own.keySet()) {
                if (!one.method().equals("GET") || own.get(one).stream().noneMatch(rule -> admits(rule, groups)))
                    continue;
                int left = 3;
                for (String address : addresses(one, opened, cases)) {
                    if (left == 0) break;
                    HttpResponse<String> answer = web.get(address);
                    boolean page = answer.headers()
                            .firstValue("Content-Type")
                            .orElse("")
                            .startsWith("text/html");
                    if (!page || answer.statusCode() != 200) continue;
                    left--;
                    reader.read(web, one, address, answer.body());
                }
            }
        }
    }

    private static List<String> addresses(Own page, List<String> opened, List<String> cases) {
        if (page.pattern().contains("{number}")
                && page.pattern().indexOf('{') == page.pattern().lastIndexOf('{'))
            return opened.stream()
                    .map(number -> page.pattern().replace("{number}", number))
                    .toList();
        if (page.pattern().contains("{")) return List.of();
        List<String> addresses = new ArrayList<>(List.of(page.pattern()));
        if (page.pattern().endsWith("/new")) cases.forEach(number -> addresses.add(page.pattern() + "?case=" + number));
        return addresses;
    }

    /** Keys that are right where they stand: a device's MN; a person's login; the code of a unit, which its administrator chose; an example. */
    private List<String> known(Own page) {
        List<String> known = new ArrayList<>(accounts().logins());
        if (page.pattern().equals("/admin/units")) bean(People.class).units().forEach(unit -> known.add(unit.id()));
        if (page.pattern().equals("/admin/people")) known.add("zhang-san");
        // a device is known by its MN on both sides of the line
        if (page.pattern().startsWith("/monitoring/"))
            known.addAll(db().sql("select mn from monitoring_device")
                    .query(String.class)
                    .list());
        return known;
    }

    /** Nothing from elsewhere, no script or style in the page itself; what other pages may frame and embed is ours alone. */
    private static void strict(String where, HttpResponse<String> answer) {
        List<String> policies = answer.headers().allValues("Content-Security-Policy");
        assertThat(policies).as(where).singleElement().asString().doesNotContain("unsafe", "*", "http:", "https:");
        if (answer.headers().firstValue("Content-Disposition").isPresent()) {
            assertThat(policies).as(where).containsExactly("default-src 'none'; sandbox");
            return;
        }
        assertThat(policies.get(0))
                .as(where)
                .startsWith("default-src 'self'")
                .contains("base-uri 'self'", "form-action 'self'", "frame-ancestors 'self'", "object-src 'none'");
        if (answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html"))
            assertThat(answer.body()).as(where).doesNotContainPattern("<script>|<style| style=\"| on[a-z]+=\"");
    }

    @Test
    default void thePagesOpenToEverybodyAreAsStrict() {
        for (String open : OPEN) strict(open, new WebSession(address()).get(open));
    }

    @Test
    default void aLinkThatNobodyWasSentTellsNothingAndBeginsNothing() {
        for (WebSession who : List.of(new WebSession(address()), desk("暴晓岚").web())) {
            HttpResponse<String> answer = who.get("/l/nothing");
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(answer.body()).contains("这个链接不能使用").doesNotContain("暴晓岚", "<script", "<form");
        }
    }

    @Test
    default void whoMayLookIsWrittenDownForEveryRoleThatAnyRuleNames() {
        Set<String> named = new TreeSet<>();
        beans(PageRules.class).forEach(module -> module.rules().forEach(rule -> named.addAll(rule.groups())));
        // all staff are no role that is given: who has one of theirs has it
        Set<String> written = new TreeSet<>(List.of("model-administrator", Roles.STAFF));
        WHO_MAY_LOOK.values().forEach(written::addAll);

        assertThat(new ArrayList<>(named)).isSubsetOf(written);
    }
}
