package org.banhao.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/**
 * No test class gets lost, and none runs twice: it is in one suite and on the list of those that are not run by themselves, or in none
 * and not on it.
 */
class SuitesTest {

    private static final Path CLASSES = Path.of("target/test-classes");
    /** Surefire's {@code excludesFile}. */
    private static final Path LIST = Path.of("src/test/suites.txt");

    /** Compiled test classes whose names end so. */
    private static List<Class<?>> named(String ending) {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            List<Class<?>> found = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(ending + ".class"))
                    .sorted()
                    .toList()) {
                String name = CLASSES.relativize(file).toString();
                found.add(Class.forName(
                        name.substring(0, name.length() - ".class".length()).replace('/', '.'),
                        false,
                        SuitesTest.class.getClassLoader()));
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> selected(Class<?> suite) {
        SelectClasses selection = suite.getAnnotation(SelectClasses.class);
        assertThat(selection).as(suite + " selects classes").isNotNull();
        List<String> names = new ArrayList<>(
                Arrays.stream(selection.value()).map(Class::getName).toList());
        names.addAll(List.of(selection.names()));
        return names;
    }

    /** What does not hold of these, in words for who adds a class. */
    private static List<String> faults(List<String> inSuites, List<String> listed, Set<String> tests) {
        List<String> faults = new ArrayList<>();
        for (String name : new TreeSet<>(inSuites)) {
            if (inSuites.stream().filter(name::equals).count() > 1) faults.add(name + " is in more than one suite");
            if (!listed.contains(name))
                faults.add(name + " is in a suite and would run by itself too: add it to " + LIST);
            if (!tests.contains(name)) faults.add(name + " is in a suite and is no test class");
        }
        for (String name : listed) {
            if (!inSuites.contains(name)) faults.add(name + " is in " + LIST + " and in no suite: nobody runs it");
        }
        return faults;
    }

    private static Set<String> tests() {
        Set<String> tests = new TreeSet<>();
        named("Test").forEach(one -> tests.add(one.getName()));
        return tests;
    }

    @Test
    void everyTestClassRunsOnceInASuiteOrByItself() throws IOException {
        List<String> inSuites = new ArrayList<>();
        List<Class<?>> suites = named("Suite");
        for (Class<?> suite : suites) {
            assertThat(suite.isAnnotationPresent(Suite.class))
                    .as(suite + " is a suite")
                    .isTrue();
            inSuites.addAll(selected(suite));
        }
        assertThat(suites).isNotEmpty();
        List<String> listed = new ArrayList<>();
        for (String line : Files.readAllLines(LIST)) {
            if (line.isBlank() || line.startsWith("#")) continue;
            assertThat(line).endsWith(".java");
            listed.add(line.substring(0, line.length() - ".java".length()).replace('/', '.'));
        }
        assertThat(faults(inSuites, listed, tests())).isEmpty();
    }

    /** Those that have tests, inherited ones too, and no name by which Surefire finds a class. */
    private static Set<String> nameless(List<Class<?>> classes) {
        Set<String> nameless = new TreeSet<>();
        for (Class<?> one : classes) {
            if (one.isInterface()
                    || Modifier.isAbstract(one.getModifiers())
                    || one.getSimpleName().endsWith("Test")) continue;
            if (Stream.of(one.getMethods(), one.getDeclaredMethods())
                    .flatMap(Arrays::stream)
                    .anyMatch(method -> AnnotationSupport.isAnnotated(method, Testable.class)))
                nameless.add(one.getName());
        }
        return nameless;
    }

    @Test
    void everyClassThatHasTestsIsNamedLikeATestClass() {
        assertThat(nameless(
                        named("").stream().filter(one -> !one.isMemberClass()).toList()))
                .isEmpty();
    }

    static class Forgotten {

        @ParameterizedTest
        @ValueSource(ints = 1)
        void isNotRun(int any) {
            assertThat(any).isZero();
        }
    }

    @Test
    void aClassThatIsNotFoundByItsNameIsFoundHere() {
        assertThat(nameless(List.of(Forgotten.class, SuitesTest.class)))
                .containsExactly("org.banhao.gates.SuitesTest$Forgotten");
    }

    @Test
    void aClassThatNobodyRunsOrThatWouldRunTwiceIsFound() {
        assertThat(faults(List.of("a.OneTest"), List.of("a.OneTest", "a.LostTest"), Set.of("a.OneTest", "a.LostTest")))
                .containsExactly("a.LostTest is in src/test/suites.txt and in no suite: nobody runs it");
        assertThat(faults(List.of("a.OneTest"), List.of(), Set.of("a.OneTest")))
                .singleElement()
                .asString()
                .contains("would run by itself too");
        assertThat(faults(List.of("a.OneTest", "a.OneTest"), List.of("a.OneTest"), Set.of("a.OneTest")))
                .containsExactly("a.OneTest is in more than one suite");
        assertThat(faults(List.of("a.OneTest"), List.of("a.OneTest"), Set.of()))
                .containsExactly("a.OneTest is in a suite and is no test class");
    }
}
