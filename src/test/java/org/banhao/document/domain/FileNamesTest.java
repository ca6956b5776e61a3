package org.banhao.document.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.banhao.base.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {
    @ParameterizedTest
    @MethodSource("names")
    void a_name_loses_what_could_harm(String given, String kept) {
        assertThat(FileNames.clean(given)).isEqualTo(kept);
    }

    static Stream<Arguments> names() {
        return Stream.of(
                arguments("../../etc/passwd.txt", "passwd.txt"),
                arguments("C:\\Users\\王\\提案 正文.docx", "提案 正文.docx"),
                arguments("a\u202Efdp.exe.pdf", "afdp.exe.pdf"),
                arguments("..hidden.pdf", "hidden.pdf"),
                arguments("说\u0000明\r\n书\u200B.pdf", "说明书.pdf"),
                arguments("a<b>\"c|d?.png", "a_b__c_d_.png"),
                arguments("𠮷野家.pdf", "𠮷野家.pdf"),
                arguments("尾点.pdf..", "尾点.pdf"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "/", "..", "\u0001\u0002", "dir/"})
    void a_name_of_nothing_is_refused(String given) {
        assertThatThrownBy(() -> FileNames.clean(given))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("改名");
    }

    @Test
    void a_long_name_keeps_its_extension_and_whole_characters() {
        String clean = FileNames.clean("𠮷".repeat(300) + ".docx");
        assertThat(clean).hasSizeLessThanOrEqualTo(200).endsWith("𠮷.docx");
        assertThat(clean.codePoints().filter(c -> c < 0x10000 && Character.isSurrogate((char) c)))
                .isEmpty();
    }
}
