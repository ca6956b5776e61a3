package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.banhao.base.ChineseTime;
import org.banhao.people.People;
import org.banhao.people.Unit;
import org.banhao.people.domain.Accounts;
import org.banhao.people.domain.Units;
import org.banhao.proposal.domain.assignment.Assignment;
import org.banhao.proposal.domain.assignment.Assignments;
import org.banhao.proposal.domain.assignment.InnerForwardings;
import org.junit.jupiter.api.Test;

/** 归口交办: which of the two offices assigns to which system of units. */
interface UnitSystems extends HandlingWay {

    /** A unit for each system, in the order of statistics; of the counties a county and both zones. */
    Map<String, List<String>> UNITS = new LinkedHashMap<>(Map.of(
            "党委", List.of("organization-department"),
            "政府", List.of("finance-bureau"),
            "法检", List.of("city-procuratorate", "intermediate-court"),
            "群团", List.of("trade-unions"),
            "县区", List.of("xiangyuan-county", "high-tech-zone", "economic-development-zone"),
            "中省驻长单位", List.of("power-supply-company", "tax-bureau")));

    private void receives(String unit) {
        if (!bean(People.class).groupsOf(HEALTH_PERSON).contains(unit + ".liaison"))
            bean(Accounts.class).join("yi-an", HEALTH_PERSON, unit + ".liaison");
    }

    private Assignment held(String number) {
        return bean(Assignments.class).holding(number).get(0);
    }

    @Test
    default void theUnitsOfThePartyCommitteeGetTheirsFromItsOfficeAllOthersFromTheGovernments() {
        assertThat(UNITS.keySet()).containsExactlyInAnyOrderElementsOf(Units.SYSTEMS);
        UNITS.forEach((system, units) -> units.forEach(unit -> {
            assertThat(bean(People.class).unit(unit).map(Unit::system)).as(unit).hasValue(system);
            receives(unit);
            String number = filed();
            boolean party = system.equals("党委");
            if (party) {
                assertThatThrownBy(() -> confirmed(number, Map.of("leadUnit", unit)))
                        .hasMessageContaining("归市委办公室交办");
                step(
                        number,
                        "confirmUnits",
                        OFFICE,
                        Map.of("confirmation", "otherOffice", "passOnReason", "属党委系统，请市委办公室交办。"));
                step(
                        number,
                        "confirmUnits",
                        "qin-huaiyuan",
                        Map.of("confirmation", "confirm", "leadUnit", unit, "changeReason", "按职责分工交办。"));
            } else {
                confirmed(number, Map.of("leadUnit", unit));
            }
            assertThat(bean(Assignments.class).plan(number).orElseThrow().officeName())
                    .as(unit)
                    .isEqualTo(party ? "市委办公室" : "市政府办公室");
            assertThat(held(number).unitSystem()).isEqualTo(system);
        }));
    }

    @Test
    default void zonesHandOnInsideLikeCountiesAndNobodyElseDoes() {
        InnerForwardings inner = bean(InnerForwardings.class);
        var due = ChineseTime.day(now()).plusDays(20);
        for (String unit : List.of("high-tech-zone", "economic-development-zone", "power-supply-company")) {
            receives(unit);
            String number = filed();
            confirmed(number, Map.of("leadUnit", unit));
            step(number, "answerAssignment", HEALTH_PERSON, Map.of("unitAnswer", "accept"));
            long id = held(number).id();
            if (unit.equals("power-supply-company")) {
                assertThatThrownBy(() -> inner.forward(id, "营销部", due, "", HEALTH_PERSON))
                        .hasMessageContaining("只有县（区）政府和开发区管委会");
                continue;
            }
            inner.forward(id, "社会事务部", due, "", HEALTH_PERSON);
            assertThat(bean(Assignments.class).forwardings(List.of(id)))
                    .as(unit)
                    .singleElement()
                    .satisfies(one -> assertThat(one.dueOn()).isEqualTo(due));
            assertThat(held(number).unitId()).as("it stays responsible").isEqualTo(unit);
        }
    }
}
