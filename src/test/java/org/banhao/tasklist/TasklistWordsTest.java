package org.banhao.tasklist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TasklistWordsTest {

    private static final String FOLDER = "META-INF/resources/webjars/camunda/app/tasklist/locales/";
    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");

    private static JsonNode read(String name) throws IOException {
        try (InputStream in = TasklistWordsTest.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
            String text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return new ObjectMapper().readTree(text.replace("\uFEFF", ""));
        }
    }

    @Test
    void every_key_of_the_shipped_webapp_has_a_chinese_text() throws IOException {
        JsonNode chinese = read("zh.json").path("labels");
        List<String> wrong = new ArrayList<>();
        read("en.json").path("labels").fields().forEachRemaining(label -> {
            String text = chinese.path(label.getKey()).asText("missing");
            boolean empty = label.getValue().asText().isEmpty();
            if (empty
                    ? !text.isEmpty()
                    : !text.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN)) {
                wrong.add(label.getKey() + " = " + text);
            }
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void places_in_a_text_are_those_the_webapp_fills() throws IOException {
        JsonNode chinese = read("zh.json").path("labels");
        List<String> wrong = new ArrayList<>();
        read("en.json").path("labels").fields().forEachRemaining(label -> {
            if (!places(label.getValue().asText())
                    .containsAll(places(chinese.path(label.getKey()).asText()))) {
                wrong.add(label.getKey());
            }
        });
        assertThat(wrong).isEmpty();
    }

    /** Those of the house's list are looked for in {@code SourceRulesTest}. */
    @Test
    void the_product_beneath_is_not_named() throws IOException {
        List<String> wrong = new ArrayList<>();
        read("zh.json").path("labels").fields().forEachRemaining(label -> {
            if (label.getValue().asText().matches(".*([Cc]amunda).*")) {
                wrong.add(label.getKey() + " = " + label.getValue().asText());
            }
        });
        assertThat(wrong).isEmpty();
    }

    private static TreeSet<String> places(String text) {
        TreeSet<String> found = new TreeSet<>();
        Matcher place = PLACE.matcher(text);
        while (place.find()) found.add(place.group(1));
        return found;
    }
}
