package org.banhao.flow.form;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Looks at all {@code .form} files below a folder as the server will at deployment. */
final class FormLint {

    private FormLint() {}

    /** @return Chinese sentences, each beginning with the file it is about; also when a file's name is not its form's id */
    static List<String> problems(Path folder) throws IOException {
        List<String> problems = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".form")).sorted().toList()) {
                try {
                    FormSchema form = FormSchema.parse(Files.readAllBytes(file));
                    if (!file.getFileName().toString().equals(form.id() + ".form")) {
                        problems.add(file + "：文件名须与表单 id " + form.id() + " 相同。");
                    }
                } catch (UnfitForm unfit) {
                    unfit.problems().forEach(problem -> problems.add(file + "：" + problem));
                }
            }
        }
        return problems;
    }
}
