package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.proposal.domain.handling.ConsultationKind;
import org.banhao.proposal.domain.handling.ConsultationStage;
import org.banhao.proposal.domain.handling.ConsultationVerdict;
import org.banhao.proposal.domain.handling.Consultations;
import org.banhao.proposal.domain.handling.OwnConsultations;
import org.banhao.testing.WebSession;
import org.junit.jupiter.api.Test;

/** 确认纪要: what those who propose say of contacts and consultations, and those they enter themselves. */
interface OwnConsultationStories extends HandlingWay {

    private OwnConsultations own() {
        return bean(OwnConsultations.class);
    }

    private List<String> told(String number, String template) {
        return db().sql(
                        "select person_id from notice_outbox where case_number = :n and template = :t and channel = 'mail' order by person_id")
                .param("n", number)
                .param("t", template)
                .query(String.class)
                .list();
    }

    @Test
    default void aProposerIsAskedWhetherAContactWasSoAndWhatHeSaysStandsWhereItIsRead() {
        String number = sole();
        long id = contact(number, ConsultationKind.CALL, EDUCATION);
        assertThat(told(number, "consultationRecorded")).containsExactly(PROPOSER);
        WebSession proposer = desk("卫林书").web();
        assertThat(proposer.get("/my/proposals/" + number).body()).contains("请您确认", "提案者希望年内见效，单位介绍了编制情况。", "宋一鸣");

        proposer.follow(proposer.form(
                "/my/proposals/" + number + "/consultations/" + id, List.of(Map.entry("verdict", "confirmed"))));

        assertThat(proposer.get("/my/proposals/" + number).body())
                .doesNotContain("请您确认")
                .contains("卫林书：与实际相符");
        for (String reader : List.of("宋一鸣", "暴晓岚"))
            assertThat(desk(reader).web().get("/cases/" + number).body())
                    .as(reader)
                    .contains("提案者意见：卫林书：与实际相符");
        assertThat(told(number, "consultationDisputed")).isEmpty();
    }

    @Test
    default void aDisputedMeetingDoesNotCountUntilTheProposerSaysThatItWasSo() {
        String number = sole();
        bean(CaseFiles.class).key(number, true);
        handled(number, EDUCATION);
        long id = contact(number, ConsultationKind.FACE_TO_FACE, EDUCATION);
        assertThatThrownBy(() -> own().say(id, number, ConsultationVerdict.DISPUTED, " ", PROPOSER))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("opinion"));
        own().say(id, number, ConsultationVerdict.DISPUTED, "只通了电话，没有见面。", PROPOSER);

        assertThatThrownBy(() -> draft(number, reply()))
                .hasMessageContaining("还没有联系卫林书")
                .hasMessageContaining("重点提案还没有当面协商");
        assertThat(told(number, "consultationDisputed"))
                .as("who enters contacts in the unit, and the committee's office")
                .contains(LIAISON, HANDLER, "bao-xiaolan")
                .doesNotContain(PROPOSER);
        assertThat(desk("田禾").web().get("/cases/" + number).body()).contains("提案者有异议，对提出异议的提案者不算联系", "只通了电话，没有见面。");

        own().say(id, number, ConsultationVerdict.CONFIRMED, "单位已经说明，是我记错。", PROPOSER);
        draft(number, reply());
        assertThat(waiting(number)).containsExactly("userTask_checkReply");
        assertThat(desk("田禾").web().get("/cases/" + number).body())
                .as("nothing that was said is lost")
                .contains("只通了电话，没有见面。", "单位已经说明，是我记错。");
    }

    @Test
    default void aContactTheProposerEntersHimselfCountsForTheUnitAndIsToldToIt() {
        String number = sole();
        WebSession proposer = desk("卫林书").web();
        Matcher once = Pattern.compile("name=\"once\" value=\"([0-9a-f-]{36})\"")
                .matcher(proposer.get("/my/proposals/" + number).body());
        assertThat(once.find()).isTrue();
        List<Map.Entry<String, String>> fields = new ArrayList<>(List.of(
                Map.entry("once", once.group(1)),
                Map.entry("kind", "faceToFace"),
                Map.entry(
                        "heldAt",
                        LocalDateTime.ofInstant(now().minus(Duration.ofHours(1)), ChineseTime.ZONE)
                                .withNano(0)
                                .toString()),
                Map.entry("units", EDUCATION),
                Map.entry("people", "卫林书 市政协委员\n宋一鸣 科长"),
                Map.entry("views", "宋一鸣来学校谈了一个小时。")));
        String page = "/my/proposals/" + number + "/consultations";
        assertThat(proposer.follow(proposer.form(page, fields)).body())
                .as("what was typed is still there")
                .contains("当面进行的请填写「地点」", "宋一鸣来学校谈了一个小时。");
        fields.add(Map.entry("place", "市三中"));
        proposer.form(page, fields);
        assertThat(proposer.follow(proposer.form(page, fields)).body()).contains("已登记，承办单位已收到通知");

        assertThat(bean(Consultations.class).of(number))
                .as("sent twice")
                .singleElement()
                .satisfies(one -> assertThat(one.byProposer()).isTrue());
        assertThat(deadline(number, "firstContact").state()).isEqualTo("met");
        assertThat(bean(Consultations.class).metFaceToFace(row(number, EDUCATION)))
                .isTrue();
        assertThat(told(number, "consultationEntered")).contains(LIAISON, HANDLER);
        assertThat(told(number, "consultationRecorded")).as("nobody asks him").isEmpty();
        assertThat(desk("田禾").web().get("/cases/" + number).body()).contains("卫林书（提案者）登记", "宋一鸣来学校谈了一个小时。");
        assertThat(proposer.get("/my/proposals/" + number).body()).doesNotContain("请您确认");
    }

    @Test
    default void whoProposesReadsAndAnswersConsultationsOfHisOwnCasesOnly() {
        String one = sole();
        String other = handedIn("gao-qingyuan");
        reviewed(other, "file", Map.of());
        step(other, "assignFileNumber", "bao-xiaolan", Map.of("numberConfirmed", true));
        assigned(other, Map.of("leadUnit", EDUCATION));
        Consultations consultations = bean(Consultations.class);
        List<String> both = List.of(one, other);
        long id = consultations.record(
                new Consultations.Entry(
                        both,
                        List.of(EDUCATION),
                        ConsultationKind.MEETING,
                        ConsultationStage.DURING,
                        LocalDateTime.ofInstant(now().minus(Duration.ofHours(1)), ChineseTime.ZONE),
                        "市政协三楼会议室",
                        "冯远山",
                        "宋一鸣 科长",
                        "",
                        consultations.choices(both, HANDLER).proposers().stream()
                                .map(each -> new Consultations.Presence(each.caseNumber(), each.personId(), true, null))
                                .toList(),
                        "两件提案一并座谈。",
                        List.of(),
                        ""),
                List.of(),
                HANDLER,
                null);
        long alone = contact(other, ConsultationKind.CALL, EDUCATION);

        assertThat(own().of(one, PROPOSER)).singleElement().satisfies(read -> {
            assertThat(read.consultation().id()).isEqualTo(id);
            assertThat(read.proposers()).extracting("name").containsExactly("卫林书");
        });
        assertThat(desk("卫林书").web().get("/my/proposals/" + one).body())
                .contains("两件提案一并座谈。")
                .doesNotContain("郜清远", other);
        assertThat(own().of(other, PROPOSER)).isEmpty();
        for (long foreign : List.of(id, alone))
            assertThatThrownBy(() -> own().say(foreign, other, ConsultationVerdict.CONFIRMED, "", PROPOSER))
                    .hasMessageContaining("没有这次联系或协商");
        assertThatThrownBy(() -> own().say(alone, one, ConsultationVerdict.CONFIRMED, "", PROPOSER))
                .hasMessageContaining("没有这次联系或协商");
        assertThatThrownBy(() -> own().enter(
                                other,
                                new OwnConsultations.Contact(
                                        ConsultationKind.CALL,
                                        LocalDateTime.of(2026, 11, 20, 9, 0),
                                        "",
                                        List.of(EDUCATION),
                                        "",
                                        "谈过了。"),
                                null,
                                PROPOSER))
                .hasMessageContaining("您不是它的提案者");
        own().say(id, one, ConsultationVerdict.DISPUTED, "我没有参加座谈。", PROPOSER);
        assertThat(own().of(other, "gao-qingyuan").get(0).words())
                .as("what one says of his part is not the other's")
                .isEmpty();
    }

    @Test
    default void theProposerOfAMergedProposalSpeaksInHisOwnCaseAndTheUnitReadsItInTheLead() {
        String lead = handedIn(PROPOSER);
        String merged = handedIn("gao-qingyuan");
        reviewed(lead, "file", Map.of());
        reviewed(merged, "merge", Map.of("leadCase", lead));
        step(lead, "assignFileNumber", "bao-xiaolan", Map.of("numberConfirmed", true));
        assigned(lead, Map.of("leadUnit", EDUCATION));
        handled(lead, EDUCATION);
        long id = contact(lead, ConsultationKind.CALL, EDUCATION);
        own().say(id, merged, ConsultationVerdict.DISPUTED, "没有人给我打过电话。", "gao-qingyuan");

        assertThatThrownBy(() -> draft(lead, reply()))
                .hasMessageContaining("还没有联系郜清远（并案" + merged + "）")
                .hasMessageNotContaining("卫林书");
        own().enter(
                        merged,
                        new OwnConsultations.Contact(
                                ConsultationKind.CALL,
                                LocalDateTime.ofInstant(now().minus(Duration.ofMinutes(5)), ChineseTime.ZONE),
                                "",
                                List.of(EDUCATION),
                                "",
                                "今天通了电话。"),
                        null,
                        "gao-qingyuan");
        assertThat(desk("田禾").web().get("/cases/" + lead).body()).contains("没有人给我打过电话。", "今天通了电话。");
        draft(lead, reply());
        assertThat(waiting(lead)).containsExactly("userTask_checkReply");
    }
}
