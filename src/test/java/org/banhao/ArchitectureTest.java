package org.banhao;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.metaAnnotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaMethodReference;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.banhao.base.Audit;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.ControllerAdvice;

/** What the compiler does not hold of docs/architecture.md. What stands in texts (SQL, sentences) is in SourceRulesTest. */
@AnalyzeClasses(packages = "org.banhao", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final Set<String> READS_A_CLOCK = Set.of(
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalDateTime",
            "java.time.LocalTime",
            "java.time.ZonedDateTime",
            "java.time.OffsetDateTime",
            "java.time.OffsetTime",
            "java.time.Year",
            "java.time.YearMonth",
            "java.time.MonthDay");

    @ArchTest
    static final ArchRule the_engine_is_known_to_flow_and_to_adapters_only = noClasses()
            .that(resideInAPackage("org.banhao..").and(not("org.banhao.flow..", "..process..", "..engine..")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.camunda..")
            .because("the engine can be replaced only where it is not known");

    @ArchTest
    static final ArchRule inner_parts_of_the_engine_are_used_in_two_places_only = noClasses()
            .that(not("org.banhao.flow..", "org.banhao.people.engine.."))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.camunda.bpm.engine.impl..")
            .because("inner parts change without notice");

    @ArchTest
    static final ArchRule nobody_reads_the_machines_clock = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("org.banhao.base.MovableClock")
            .and()
            // moves the clock, so it must know the distance to the real one
            .doNotHaveFullyQualifiedName("org.banhao.flow.time.EngineTime")
            .should()
            .callMethodWhere(target("reads a clock other than the injected one", ArchitectureTest::readsAClock))
            .orShould()
            .callConstructorWhere(target(
                    "makes a date of now",
                    to -> (to.getOwner().isEquivalentTo(Date.class)
                                    || to.getOwner().isEquivalentTo(GregorianCalendar.class))
                            && ((AccessTarget.ConstructorCallTarget) to)
                                    .getRawParameterTypes()
                                    .isEmpty()))
            .because("java.time.Clock is injected, so that tests and replay can move time");

    @ArchTest
    static final ArchRule nobody_asks_for_the_machines_time_zone = noClasses()
            .should()
            .callMethod(ZoneId.class, "systemDefault")
            .orShould()
            .callMethod(TimeZone.class, "getDefault")
            .because("ChineseTime.ZONE is the zone");

    @ArchTest
    static final ArchRule controllers_stand_in_web_packages = classes()
            .that(metaAnnotatedWith(Controller.class).or(metaAnnotatedWith(ControllerAdvice.class)))
            .should()
            .resideInAPackage("..web..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule the_domain_does_not_know_how_it_is_reached = noClasses()
            .that()
            .resideInAPackage("..domain..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.banhao..web..",
                    "org.banhao..process..",
                    "org.banhao..engine..",
                    "org.springframework.web..",
                    "org.springframework.ui..",
                    "org.springframework.http..",
                    "jakarta.servlet..",
                    "org.camunda.."))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule files_go_out_by_one_way = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("org.banhao.base.FileAnswers")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.springframework.http.ContentDisposition")
            .because("what may be shown in place, and under which policy, is decided in FileAnswers");

    @ArchTest
    static final ArchRule who_is_signed_in_is_asked_of_people = noClasses()
            .that(not("org.banhao.people.."))
            .should()
            .dependOnClassesThat(resideInAPackage("org.springframework.security..")
                    .and(DescribedPredicate.not(JavaClass.Predicates.equivalentTo(AccessDeniedException.class)))
                    // what a chain is made of; a chain itself belongs to people
                    .and(DescribedPredicate.not(simpleName("CsrfToken"))))
            .because("SignedIn and PageRules are the way");

    @ArchTest
    static final ArchRule beans_come_through_constructors = GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    @ArchTest
    static final ArchRule nothing_is_printed = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule one_way_of_logging = GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule pages_do_not_hold_transactions = noClasses()
            .that()
            .resideInAPackage("..web..")
            .should()
            .beAnnotatedWith(Transactional.class)
            .because("a use case is the transaction, not a page");

    @ArchTest
    static final ArchRule methods_of_pages_do_not_hold_transactions = methods()
            .that(annotatedWith(Transactional.class))
            .should()
            .beDeclaredInClassesThat(not("..web.."))
            .andShould()
            .notHaveModifier(JavaModifier.PRIVATE)
            .andShould()
            .notHaveModifier(JavaModifier.FINAL)
            .andShould()
            .notHaveModifier(JavaModifier.STATIC)
            .because(
                    "a use case is the transaction; Spring overlooks the annotation on a private, final or static method")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule rows_are_read_by_jdbc = noClasses()
            .that(not("org.banhao.flow.mapping.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.persistence..", "org.springframework.data..", "org.apache.ibatis..")
            .because("SQL is written by hand and run by JdbcClient; the engine's own is read in one place");

    @ArchTest
    static final ArchRule the_codec_of_the_line_can_stand_alone = classes()
            .that()
            .resideInAPackage("org.banhao.monitoring.hj212..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.banhao.monitoring.hj212..", "java..", "org.bouncycastle..", "org.jspecify.annotations..")
            .because("bytes and fields need no framework");

    @ArchTest
    static final ArchRule simulated_devices_know_of_the_application_what_is_spoken_only = classes()
            .that()
            .resideInAPackage("org.banhao.monitoring.simulator..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.banhao.monitoring.simulator..",
                    "org.banhao.monitoring.hj212..",
                    "org.banhao.base",
                    "java..",
                    "org.jspecify.annotations..")
            .because("they stand on the other side of the line");

    @ArchTest
    static final ArchRule rules_are_functions = classes()
            .that()
            .resideInAPackage("org.banhao.monitoring.rules")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.banhao.monitoring.rules",
                    "org.banhao.monitoring",
                    "org.banhao.base",
                    "java..",
                    "org.jspecify.annotations..")
            .because("the same must follow from the same, on every node and after every restart");

    @ArchTest
    static final ArchRule the_network_is_known_to_the_gateway_only = noClasses()
            .that(not("org.banhao.monitoring.gateway.."))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule nothing_is_written_as_java_serialization =
            noClasses().should().dependOnClassesThat().haveFullyQualifiedName("java.io.ObjectInputStream");

    /**
     * A use case that changes something writes down who did it: in its own module, because what it asks of another one is written down
     * there in that module's words. What others call inside of their own use cases is theirs to write down.
     */
    @ArchTest
    static final ArchRule who_changes_something_is_written_down = methods()
            .that(describe("are use cases that change something", ArchitectureTest::changes))
            .should(new ArchCondition<>("call Audit.record in their own module") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    if (!reaches(method, ArchitectureTest::audits, new HashSet<>()))
                        events.add(SimpleConditionEvent.violated(
                                method, method.getFullName() + " changes rows and records nothing"));
                }
            });

    /** Parts of a use case that another module, or a later call in the same one, writes down. */
    private static final Set<String> WRITTEN_DOWN_ELSEWHERE = Set.of(
            // the act that owes, meets or withdraws; moving a date is written down here
            "StoredDeadlines.owe",
            "StoredDeadlines.oweFrom",
            "StoredDeadlines.oweAtMost",
            "StoredDeadlines.met",
            "StoredDeadlines.cancel",
            "StoredDeadlines.lapsed",
            // the act that happened, as the engine or the other module tells it
            "OpenStepRows.on",
            "StoredCaseFiles.happened",
            "AbsenceNotices.on",
            "OutboxNotices.tell",
            // the reading is written down by whoever shows the case
            "SeenNotices.on",
            // an answer through the form contract: written down by the step's own use case
            "ProposerFeedback.give",
            "ProposerFeedback.enterFor",
            // holds the meeting until its decision is written down
            "StoredMeetings.deciding",
            // looking: letters of names are filled in, deadlines begin when they are first asked for
            "Accounts.search",
            "Roster.search",
            "Extensions.offers",
            "FeedbackDesk.outstanding",
            "HandlingFacts.draft",
            "HandlingFacts.handle",
            "Handlings.office");

    private static boolean changes(JavaMethod method) {
        JavaClass owner = method.getOwner();
        if (WRITTEN_DOWN_ELSEWHERE.contains(owner.getSimpleName() + "." + method.getName())) return false;
        if (!owner.getPackageName().contains(".domain")
                || !method.getModifiers().contains(JavaModifier.PUBLIC)
                || method.getModifiers().contains(JavaModifier.SYNTHETIC)
                || !owner.isMetaAnnotatedWith(Component.class)) return false;
        Optional<Transactional> transaction = method.tryGetAnnotationOfType(Transactional.class);
        if (transaction.isEmpty()) transaction = owner.tryGetAnnotationOfType(Transactional.class);
        return transaction.isPresent()
                && !transaction.get().readOnly()
                && reaches(method, ArchitectureTest::writes, new HashSet<>());
    }

    private static boolean audits(AccessTarget target) {
        return target.getOwner().isAssignableTo(Audit.class) && target.getName().equals("record");
    }

    private static boolean writes(AccessTarget target) {
        return target.getOwner().getName().startsWith("org.springframework.jdbc")
                && target.getName().equals("update");
    }

    /** Through calls and references within the module, into whatever implements what is called. */
    private static boolean reaches(JavaMethod from, Predicate<AccessTarget> wanted, Set<String> seen) {
        if (!seen.add(from.getFullName())) return false;
        Stream<AccessTarget> called = Stream.concat(
                from.getMethodCallsFromSelf().stream().map(JavaMethodCall::getTarget),
                from.getMethodReferencesFromSelf().stream().map(JavaMethodReference::getTarget));
        for (AccessTarget target : called.toList()) {
            if (wanted.test(target)) return true;
            if (!module(target.getOwner()).equals(module(from.getOwner()))) continue;
            List<JavaClass> owners = new ArrayList<>(target.getOwner().getAllSubclasses());
            owners.add(target.getOwner());
            for (JavaClass owner : owners)
                for (JavaMethod next : owner.getMethods())
                    if (next.getName().equals(target.getName()) && reaches(next, wanted, seen)) return true;
        }
        return false;
    }

    /** {@code org.banhao.people}; empty for what is not ours. */
    private static String module(JavaClass type) {
        String[] parts = type.getPackageName().split("\\.");
        return parts.length > 2 && type.getPackageName().startsWith("org.banhao") ? parts[2] : "";
    }

    private static DescribedPredicate<JavaClass> not(String... packages) {
        return DescribedPredicate.not(resideInAnyPackage(packages));
    }

    private static boolean readsAClock(AccessTarget target) {
        String owner = target.getOwner().getFullName();
        if (target instanceof AccessTarget.MethodCallTarget method) {
            if (owner.equals("java.lang.System")) return method.getName().equals("currentTimeMillis");
            if (owner.equals(Clock.class.getName())) {
                return method.getName().startsWith("system") || method.getName().startsWith("tick");
            }
            return READS_A_CLOCK.contains(owner)
                    && method.getName().equals("now")
                    && method.getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(Clock.class));
        }
        return false;
    }

    private static <T extends com.tngtech.archunit.core.domain.JavaAccess<?>> DescribedPredicate<T> target(
            String description, java.util.function.Predicate<AccessTarget> test) {
        return describe(description, access -> test.test(access.getTarget()));
    }
}
