package org.banhao.casefile.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.banhao.casefile.CasefileDatabase;
import org.banhao.casefile.StoredAnswer;
import org.banhao.document.StoredDocument;
import org.banhao.flow.Step;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerLogTest {
    @ParameterizedTest
    @EnumSource
    void answers_are_kept_one_after_the_other_with_the_names_of_that_day(CasefileDatabase database) {
        House house = House.on(database);
        AnswerLog answers = house.context.getBean(AnswerLog.class);
        String number = house.openCase("提案");
        answers.store(by("weilinshu", null, number), "firstReview", "dep-1", "{\"a\":1}");
        answers.store(by("baoxiaolan", "weilinshu", number), "firstReview", "dep-2", "{\"a\":2}");
        house.people.names.put("weilinshu", "卫林书（已调离）");
        assertThat(house.cases.answers(number))
                .extracting(StoredAnswer::json)
                .containsExactly("{\"a\":1}", "{\"a\":2}");
        StoredAnswer last = house.cases.lastAnswer(number, "proposalReview", "inst", "userTask_firstReview");
        assertThat(last).isNotNull();
        assertThat(last.personName()).isEqualTo("暴晓岚");
        assertThat(last.forWhomName()).isEqualTo("卫林书");
        assertThat(house.cases.lastAnswer(number, "proposalReview", "inst", "userTask_other"))
                .isNull();
        assertThat(house.cases.lastAnswer(number, "proposalReview", "another", "userTask_firstReview"))
                .as("another unit's instance in the same case")
                .isNull();
        house.people.names.put("weilinshu", "卫林书");
    }

    @ParameterizedTest
    @EnumSource
    void documents_an_answer_names_belong_to_the_case_the_others_stay_uploads(CasefileDatabase database) {
        House house = House.on(database);
        AnswerLog answers = house.context.getBean(AnswerLog.class);
        String number = house.openCase("提案");
        Step step = by("weilinshu", null, number);
        StoredDocument named = upload(house, "t1", "weilinshu");
        StoredDocument unused = upload(house, "t1", "weilinshu");
        StoredDocument foreign = upload(house, "t1", "baoxiaolan");
        assertThat(answers.owned(step, List.of(named.id(), unused.id()))).isTrue();
        assertThat(answers.owned(step, List.of(named.id(), foreign.id()))).isFalse();
        assertThat(answers.owned(step, List.of("no-such-id"))).isFalse();
        answers.store(step, "f", "d", "{\"files\":[\"" + named.id() + "\",\"" + foreign.id() + "\"]}");
        assertThat(house.documents.ofCase(number))
                .extracting(StoredDocument::id)
                .containsExactly(named.id());
        assertThat(house.documents.ofStep("t1", "weilinshu"))
                .extracting(StoredDocument::id)
                .containsExactly(unused.id());
        // corrected later in another task: what he handed in before may be named again
        Step later = new Step("proposalReview", "userTask_revise", "t2", "def", "i", number, "weilinshu", null);
        assertThat(answers.owned(later, List.of(named.id()))).isTrue();
        Step elsewhere = new Step("p", "userTask_x", "t3", "def", "i", house.openCase("另"), "weilinshu", null);
        assertThat(answers.owned(elsewhere, List.of(named.id()))).isFalse();
    }

    private static StoredDocument upload(House house, String step, String person) {
        return house.documents.store(
                null,
                step,
                "说明.txt",
                new ByteArrayInputStream("说明".getBytes(StandardCharsets.UTF_8)),
                person,
                house.people.nameOf(person));
    }

    private static Step by(String person, String forWhom, String number) {
        return new Step("proposalReview", "userTask_firstReview", "t1", "def", "inst", number, person, forWhom);
    }
}
