package org.banhao.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/stories.md} names tests that are there. */
class StoriesTest {

    private static final Pattern NAMED = Pattern.compile("`(\\w+)\\.(\\w+)`");
    private static final Pattern TEST =
            Pattern.compile("@(?:Parameterized|Repeated)?Test\\b[^;{]*?\\bvoid (\\w+)\\(", Pattern.DOTALL);

    /** Name of a class → its test methods. */
    private static Map<String, List<String>> tests() {
        Map<String, List<String>> found = new HashMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher test = TEST.matcher(Files.readString(file));
                List<String> methods = new ArrayList<>();
                while (test.find()) methods.add(test.group(1));
                found.put(file.getFileName().toString().replace(".java", ""), methods);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return found;
    }

    private static List<String> named(String text, Map<String, List<String>> tests) {
        List<String> missing = new ArrayList<>();
        Matcher named = NAMED.matcher(text);
        while (named.find()) {
            if (!tests.getOrDefault(named.group(1), List.of()).contains(named.group(2)))
                missing.add(named.group(1) + "." + named.group(2));
        }
        return missing;
    }

    @Test
    void everyStoryNamesATestThatIsThere() throws IOException {
        List<String> stories = Files.readString(Path.of("docs/stories.md"))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| Story"))
                .toList();
        assertThat(stories)
                .hasSizeGreaterThan(40)
                .allSatisfy(story -> assertThat(NAMED.matcher(story).results().count())
                        .as(story)
                        .isPositive());
        assertThat(named(String.join("\n", stories), tests())).isEmpty();
    }

    @Test
    void aStoryOfATestThatIsGoneIsFound() {
        assertThat(named("| Gone | `StoriesTest.itWasThereOnce` |", tests()))
                .containsExactly("StoriesTest.itWasThereOnce");
        assertThat(named("| Here | `StoriesTest.aStoryOfATestThatIsGoneIsFound` |", tests()))
                .isEmpty();
    }
}
