package org.banhao.casefile.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.banhao.base.Actor;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFacts;
import org.banhao.casefile.CaseLink;
import org.banhao.casefile.CaseRow;
import org.banhao.casefile.CaseView;
import org.banhao.casefile.CasefileDatabase;
import org.banhao.casefile.TimelineEntry;
import org.banhao.people.Letters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

class CaseFilesTest {
    @ParameterizedTest
    @EnumSource
    void who_comes_second_reads_who_was_faster_and_when(CasefileDatabase database) {
        House house = House.on(database);
        CaseRow seen = house.cases.get(house.openCase("关于校门口拥堵的提案"));
        house.cases.change(seen.number(), seen.version(), "关于校门口交通拥堵的提案", "draft", "草稿", "卫林书");
        assertThatThrownBy(() -> house.cases.change(seen.number(), seen.version(), "另一个标题", "draft", "草稿", "卫林书"))
                .isInstanceOf(Refusal.class)
                .hasMessage("案件已由暴晓岚于2026年3月26日 10:00（周四）改动，请刷新页面，看过新内容后再提交。");
        assertThat(house.cases.get(seen.number()).title()).isEqualTo("关于校门口交通拥堵的提案");
    }

    @ParameterizedTest
    @EnumSource
    void every_change_raises_the_version(CasefileDatabase database) {
        House house = House.on(database);
        String number = house.openCase("提案");
        house.cases.status(number, "underReview", "审查中");
        house.cases.key(number, true);
        house.cases.close(number);
        CaseRow row = house.cases.get(number);
        assertThat(row.version()).isEqualTo(3);
        assertThat(row.statusName()).isEqualTo("审查中");
        assertThat(row.key()).isTrue();
        assertThat(row.closed()).isEqualTo(house.clock.now);
    }

    @ParameterizedTest
    @EnumSource
    void a_file_number_is_used_once_in_a_session(CasefileDatabase database) {
        House house = House.on(database);
        String one = house.openCase("一");
        String two = house.openCase("二");
        house.cases.fileNumber(one, "第1号");
        assertThatThrownBy(() -> house.cases.fileNumber(two, "第1号"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("第1号");
        house.cases.fileNumber(one, null);
        house.cases.fileNumber(two, "第1号");
        assertThat(house.cases.get(two).fileNumber()).isEqualTo("第1号");
    }

    @ParameterizedTest
    @EnumSource
    void only_who_takes_part_today_may_read(CasefileDatabase database) {
        House house = House.on(database);
        String number = house.openCase("提案");
        String other = house.openCase("另一件");
        house.cases.party(number, "firstProposer", "weilinshu", false);
        house.cases.party(number, "reader", "education-bureau.liaison", true);
        house.cases.party(number, "coSigner", "former", false);
        house.cases.partyEnds(number, "coSigner", "former");
        assertThat(house.cases.mayRead(number, "weilinshu", List.of())).isTrue();
        assertThat(house.cases.mayRead(number, "liaison", List.of("education-bureau.liaison")))
                .isTrue();
        assertThat(house.cases.mayRead(number, "liaison", List.of("education-bureau.head")))
                .isFalse();
        assertThat(house.cases.mayRead(number, "former", List.of("member"))).isFalse();
        // a person called like a group, a group called like a person
        assertThat(house.cases.mayRead(number, "education-bureau.liaison", List.of()))
                .isFalse();
        assertThat(house.cases.mayRead(number, "somebody", List.of("weilinshu")))
                .isFalse();
        assertThat(house.cases.mayRead(other, "weilinshu", List.of("education-bureau.liaison")))
                .isFalse();
        assertThat(house.cases.mayRead("TA-2026-999999", "weilinshu", List.of()))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void who_is_asked_in_a_case_may_read_it_as_long_as_he_is_asked(CasefileDatabase database) {
        House house = House.on(database);
        Dossiers dossiers = house.context.getBean(Dossiers.class);
        String number = house.openCase("提案");
        house.publish(house.offered("t1", number, null, List.of("proposal-clerk"), true));
        assertThat(dossiers.read(number, "baoxiaolan", List.of("proposal-clerk"), "页面"))
                .isPresent();
        assertThat(dossiers.caseOfTask("t1", "baoxiaolan", List.of("proposal-clerk")))
                .contains(number);
        assertThat(dossiers.read(number, "stranger", List.of("member"), "页面")).isEmpty();
        assertThat(dossiers.caseOfTask("t1", "stranger", List.of())).isEmpty();
        house.publish(new org.banhao.flow.StepEvent.StepDone(House.step("t1", number)));
        assertThat(dossiers.read(number, "baoxiaolan", List.of("proposal-clerk"), "页面"))
                .isEmpty();
        assertThat(house.audit.lines).containsOnlyOnce("casefile.read " + number + " 页面");
    }

    @ParameterizedTest
    @EnumSource
    void persons_of_a_role_come_in_the_order_they_were_added_and_once(CasefileDatabase database) {
        House house = House.on(database);
        String number = house.openCase("提案");
        for (String person : List.of("c", "a", "b", "a")) house.cases.party(number, "coSigner", person, false);
        house.cases.party(number, "coSigner", "some-group", true);
        assertThat(house.cases.persons(number, "coSigner")).containsExactly("c", "a", "b");
    }

    @ParameterizedTest
    @EnumSource
    void a_link_is_seen_from_both_ends_and_can_be_taken_back(CasefileDatabase database) {
        House house = House.on(database);
        String small = house.openCase("小");
        String lead = house.openCase("主");
        house.cases.link(small, "merged", lead);
        house.cases.link(small, "merged", lead);
        assertThat(house.cases.links(small)).containsExactly(new CaseLink("merged", "并入", true, lead, "主", "草稿"));
        assertThat(house.cases.links(lead)).containsExactly(new CaseLink("merged", "并入本案", false, small, "小", "草稿"));
        house.cases.unlink(small, "merged", lead);
        assertThat(house.cases.links(lead)).isEmpty();
        assertThatThrownBy(() -> house.cases.link(lead, "similar", lead)).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @EnumSource
    void the_timeline_keeps_the_names_of_that_day_and_for_whom(CasefileDatabase database) {
        House house = House.on(database);
        String number = house.openCase("提案");
        Actor clerk = house.actor.actor;
        house.cases.happened(number, "建档", null);
        house.actor.actor = clerk.on("weilinshu", "卫林书");
        house.cases.happened(number, "提交", "代录入纸质提案");
        house.actor.actor = clerk;
        assertThat(house.cases.timeline(number))
                .extracting(TimelineEntry::who, TimelineEntry::what, TimelineEntry::detail)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("暴晓岚", "建档", null),
                        org.assertj.core.groups.Tuple.tuple("暴晓岚（代 卫林书）", "提交", "代录入纸质提案"));
    }

    @Test
    void a_title_is_asked_for_and_has_an_end() {
        House house = House.on(CasefileDatabase.H2);
        assertThatThrownBy(() -> house.openCase(" "))
                .isInstanceOf(Refusal.class)
                .hasMessage("请填写标题。");
        assertThatThrownBy(() -> house.openCase("长".repeat(401)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("400");
        assertThatThrownBy(() -> house.cases.get("TA-2026-000001")).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @EnumSource
    void moving_a_deadline_moves_task_and_timer_and_is_told_in_the_timeline(CasefileDatabase database) {
        House house = House.on(database);
        MovedDeadlines moves = house.context.getBean(MovedDeadlines.class);
        String number = house.openCase("提案");
        long id = house.deadlines
                .owe(number, "firstReview", "inst-1", "userTask_firstReview")
                .id();
        var due = java.time.Instant.parse("2026-04-10T10:00:00Z");
        assertThatThrownBy(() -> moves.move(id, due, " "))
                .isInstanceOf(Refusal.class)
                .hasMessage("请写明调整时限的理由。");
        moves.move(id, due, "会议改期");
        assertThat(house.processes.calls).containsExactly("moveDue inst-1 userTask_firstReview " + due);
        assertThat(house.cases.timeline(number).get(0).what()).isEqualTo("时限调整：初审改至2026年4月10日 18:00（周五）");
        assertThat(moves.recompute(2027)).isEqualTo(1);
        assertThat(house.cases.timeline(number)).hasSize(2);
    }

    // ---- lines of the case list

    /** Lists of one house, in which the facts of one case cannot be made. */
    private static final class Listed {

        final House house;
        final CaseListing listing;
        String broken = "";

        Listed(CasefileDatabase database) {
            house = House.on(database);
            house.jdbc.sql("delete from casefile_unlisted").update();
            CaseView view = new CaseView() {
                @Override
                public String kind() {
                    return "TA";
                }

                @Override
                public Map<String, String> summary(CaseRow row) {
                    return Map.of();
                }

                @Override
                public List<Section> sections(CaseRow row, String personId, List<String> groups) {
                    return List.of();
                }

                @Override
                public Map<String, CaseFacts> facts(Collection<CaseRow> rows) {
                    if (rows.stream().anyMatch(row -> row.number().equals(broken))) {
                        throw new IllegalStateException("no facts of " + broken);
                    }
                    return Map.of();
                }
            };
            listing = new CaseListing(
                    house.jdbc,
                    new JdbcTemplate(house.context.getBean(DataSource.class)),
                    house.cases,
                    new StaticListableBeanFactory(Map.of("view", view)).getBeanProvider(CaseView.class),
                    house.context.getBean(Letters.class),
                    house.clock,
                    house.context.getBean(PlatformTransactionManager.class));
        }

        List<String> numbers() {
            return house.jdbc
                    .sql("select number from casefile_listed order by number")
                    .query(String.class)
                    .list();
        }

        long waiting() {
            return house.jdbc
                    .sql("select count(*) from casefile_unlisted")
                    .query(Long.class)
                    .single();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_case_that_cannot_be_listed_holds_up_no_other_and_is_tried_again_after_an_hour(CasefileDatabase database) {
        Listed listed = new Listed(database);
        List<String> all = new ArrayList<>();
        for (int i = 1; i <= 7; i++) all.add(listed.house.openCase("第" + i + "件"));
        listed.broken = all.get(4);
        listed.listing.refresh();
        List<String> others = new ArrayList<>(all);
        others.remove(listed.broken);
        assertThat(listed.numbers()).isEqualTo(others);
        assertThat(listed.waiting()).isOne();

        listed.broken = "";
        listed.listing.refresh();
        listed.listing.onTime();
        assertThat(listed.numbers()).as("set aside").isEqualTo(others);
        listed.house.clock.now = listed.house.clock.now.plusSeconds(3601);
        listed.listing.onTime();
        assertThat(listed.numbers()).isEqualTo(all);
        assertThat(listed.waiting()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void who_reads_a_list_waits_for_nobody_who_writes_it(CasefileDatabase database) {
        Listed listed = new Listed(database);
        String number = listed.house.openCase("提案");
        listed.house.transaction.executeWithoutResult(status -> {
            listed.house
                    .jdbc
                    .sql("select name from casefile_sweep where name = 'list' for update")
                    .query(String.class)
                    .single();
            CompletableFuture.runAsync(listed.listing::refresh)
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
        });
        assertThat(listed.numbers()).isEmpty();
        listed.listing.refresh();
        assertThat(listed.numbers()).containsExactly(number);
    }
}
