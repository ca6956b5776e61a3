package org.banhao.flow.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormLintTest {

    @Test
    void allFormsOfTheProductAreFit() throws IOException {
        Path forms = Path.of("forms");
        if (Files.isDirectory(forms)) {
            assertThat(FormLint.problems(forms)).isEmpty();
        }
        assertThat(FormLint.problems(Path.of("src/test/resources/flowtest/forms")))
                .isEmpty();
    }

    @Test
    void anUnfitFileIsNamed(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("a.form"), "{\"id\":\"a\",\"components\":[{\"type\":\"iframe\",\"id\":\"i\"}]}");
        Files.writeString(folder.resolve("b.form"), "{\"id\":\"c\",\"components\":[]}");
        assertThat(FormLint.problems(folder))
                .satisfiesExactly(
                        first -> assertThat(first).contains("a.form：", "iframe"),
                        second -> assertThat(second).contains("b.form：文件名须与表单 id c 相同"));
    }
}
