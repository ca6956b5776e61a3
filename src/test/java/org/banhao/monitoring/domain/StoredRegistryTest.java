package org.banhao.monitoring.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.calendar.WorkCalendar;
import org.banhao.calendar.WorkingDaysChanged;
import org.banhao.monitoring.Marks;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;
import org.banhao.monitoring.Transmission;
import org.banhao.monitoring.domain.Station.Database;
import org.banhao.people.People;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.Mockito;

class StoredRegistryTest {

    @ParameterizedTest
    @EnumSource
    void theFirstOfPermitProvinceAndNationThatIsInForceOnTheDayHolds(Database database) {
        Station station = new Station(database);
        station.db
                .sql("update monitoring_outlet set category = 'boiler-coal-special' where id = ?")
                .param(station.outlet)
                .update();
        assertThat(limit(station, "2026-03-26")).isEqualTo("NATIONAL 200.0");
        assertThat(limit(station, "2010-03-26")).isEqualTo("none");
        add(station, "provincial", null, 100, "2025-01-01", null);
        assertThat(limit(station, "2026-03-26")).isEqualTo("PROVINCIAL 100.0");
        long permit = station.id("""
                insert into monitoring_permit (enterprise_id, number, issued_by, valid_from, valid_until, entered_by, entered_by_name, entered_at)
                values (?, 'P1', '', date '2026-01-01', date '2026-06-30', '', '', current_timestamp)""", station.enterprise);
        add(station, "permit", permit, 120, "2026-01-01", null);
        add(station, "permit", permit, 35, "2026-03-01", null);
        assertThat(limit(station, "2026-02-28"))
                .as("a permit goes before a stricter province")
                .isEqualTo("PERMIT 120.0");
        assertThat(limit(station, "2026-03-26"))
                .as("the strictest of one source")
                .isEqualTo("PERMIT 35.0");
        assertThat(limit(station, "2026-06-30")).isEqualTo("PERMIT 35.0");
        assertThat(limit(station, "2026-07-01")).as("ends with the permit").isEqualTo("PROVINCIAL 100.0");
        assertThat(station.registry.limit(station.outlet, "a21026", ReadingKind.DAY, Station.day("2026-03-26")))
                .isEmpty();
        // the provincial ones concern everybody of the category: other tests have the same
        station.db
                .sql("delete from monitoring_limit where source = 'provincial'")
                .update();
    }

    @ParameterizedTest
    @EnumSource
    void hoursThatAreMissingOrFaultyLowerTheRateAndAnAcknowledgedStopDoesNot(Database database) {
        Station station = new Station(database);
        station.now("2026-03-03T10:00");
        station.db
                .sql(
                        "insert into monitoring_outlet_factor (outlet_id, factor, since) values (?, 'a21026', date '2026-03-02')")
                .param(station.outlet)
                .update();
        // due: the second of March whole, and the third until nine o'clock
        List<Reading> hours = new ArrayList<>();
        for (int hour = 0; hour < 33; hour++) {
            if (hour == 5 || hour == 6) continue;
            String flag = hour == 20 ? "D" : "N";
            hours.add(new Reading(
                    station.device,
                    ReadingKind.HOUR,
                    "a21026",
                    Station.at("2026-03-02T00:00:00").plusSeconds(3600L * hour),
                    1.0,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    flag,
                    Reading.Source.DEVICE,
                    null,
                    station.clock.instant(),
                    false,
                    0));
        }
        station.partitions.ensure(hours.stream().map(Reading::time).toList(), List.of(station.clock.instant()));
        station.intake.take(hours);
        Transmission rate = station.readings.transmission(station.outlet, YearMonth.of(2026, 3));
        assertThat(rate.due()).isEqualTo(33);
        assertThat(rate.come()).isEqualTo(31);
        assertThat(rate.valid()).isEqualTo(30);
        assertThat(rate.rate()).isCloseTo(30.0 / 33, within(1e-9));

        stop(station, null);
        assertThat(station.readings
                        .transmission(station.outlet, YearMonth.of(2026, 3))
                        .due())
                .isEqualTo(33);
        stop(station, "acknowledged");
        assertThat(station.readings
                        .transmission(station.outlet, YearMonth.of(2026, 3))
                        .transmitted())
                .isEqualTo(1.0);
        station.db
                .sql("""
                        insert into monitoring_mark (outlet_id, begins_at, ends_at, kind, label, origin, in_time, entered_at, entered_by, entered_by_name)
                        values (?, ?, ?, 'invalid', '校准', '上级平台', true, current_timestamp, '', '')""")
                .params(
                        station.outlet,
                        Moments.sql(Station.at("2026-03-02T20:00:00")),
                        Moments.sql(Station.at("2026-03-02T21:00:00")))
                .update();
        assertThat(station.readings
                        .transmission(station.outlet, YearMonth.of(2026, 3))
                        .rate())
                .isEqualTo(1.0);
        assertThat(station.readings
                        .transmission(station.outlet, YearMonth.of(2026, 4))
                        .rate())
                .isEqualTo(1.0);
    }

    /** What the use cases need around them. */
    private static Access access(Station station) {
        return new Access(() -> Actor.SYSTEM, Mockito.mock(People.class), station.registry, station.db);
    }

    private static final Audit NO_AUDIT = (action, caseNumber, detail) -> {};

    private static Limits limits(Station station) {
        Access access = access(station);
        Enterprises enterprises = new Enterprises(
                station.db, station.registry, access, Mockito.mock(People.class), NO_AUDIT, station.clock);
        Outlets outlets = new Outlets(station.db, station.registry, enterprises, access, NO_AUDIT, station.clock);
        return new Limits(station.db, station.registry, enterprises, outlets, access, NO_AUDIT, station.clock);
    }

    private static String sentence(Limits limits, Station station, String day) {
        return limits.holding(station.outlet, Station.day(day)).stream()
                .filter(one -> one.factor().code().equals("a21026"))
                .map(Limits.Holding::sentence)
                .findFirst()
                .orElse("none");
    }

    @ParameterizedTest
    @EnumSource
    void theLimitOfADaySaysBySentenceWhyItHoldsAndNobodyChangesIt(Database database) {
        Station station = new Station(database);
        Limits limits = limits(station);
        String name = "试验锅炉" + station.outlet;
        limits.addCategory("boiler", name);
        String category = station.db
                .sql("select code from monitoring_limit_category where name = ?")
                .param(name)
                .query(String.class)
                .single();
        assertThat(category).startsWith("boiler-");
        assertThatThrownBy(() -> limits.addCategory("boiler", name)).hasMessageContaining("已有类别");
        station.db
                .sql("update monitoring_outlet set category = ? where id = ?")
                .params(category, station.outlet)
                .update();
        limits.add("national", category, "a21026", "hour", "", "200", "GB 13271-2014 表3", "2014-07-01", "");
        limits.add("provincial", category, "a21026", "hour", "", "50", "示例标准 表1", "2026-03-26", "");
        assertThat(sentence(limits, station, "2026-03-25"))
                .contains("小时均值执行200 mg/m³：国家标准，GB 13271-2014 表3，自2014年7月1日")
                .doesNotContain("先于", "当日零点");
        assertThat(sentence(limits, station, "2026-03-26"))
                .contains("执行50 mg/m³：地方标准", "先于国家标准200 mg/m³（GB 13271-2014 表3）", "当日零点起执行，跨零点的时段按开始时有效的限值判定");
        assertThat(sentence(limits, station, "2026-03-27")).doesNotContain("当日零点");
        Limits.Standard provincial = limits.standards(category).stream()
                .filter(one -> one.limit().highest() == 50)
                .findFirst()
                .orElseThrow();
        station.now("2026-04-01T10:00");
        assertThatThrownBy(() -> limits.end(provincial.limit().id(), "2026-03-31"))
                .hasMessageContaining("不能早于今天");
        assertThatThrownBy(() -> limits.delete(provincial.limit().id())).hasMessageContaining("只有当天录入");
        limits.end(provincial.limit().id(), "2026-04-05");
        assertThat(sentence(limits, station, "2026-04-05")).contains("执行50 mg/m³", "至2026年4月5日");
        assertThat(sentence(limits, station, "2026-04-06")).contains("执行200 mg/m³");
        assertThatThrownBy(
                        () -> limits.add("provincial", category, "a21026", "hour", "", "五十", "示例标准", "2026-03-26", ""))
                .hasMessage("「限值」请填写数字。");
    }

    @ParameterizedTest
    @EnumSource
    void aFactorOfElectricityIsOfThatKind(Database database) {
        Station station = new Station(database);
        FactorBook book = new FactorBook(station.db, station.registry, access(station), NO_AUDIT);
        String code = "d2" + (100_000 + station.outlet);
        assertThatThrownBy(() -> book.add(new FactorBook.Input(code, "生产功率", "kW", "GAS", "MEAN", false, false, "2")))
                .hasMessageContaining("「类别」请选择用电");
        book.add(new FactorBook.Input(code, "生产功率", "kW", "POWER", "MEAN", false, false, "2"));
        book.change(new FactorBook.Input(code, "破碎机有功功率", "", "", "", false, true, "1"));
        assertThat(book.all())
                .filteredOn(one -> one.code().equals(code))
                .singleElement()
                .satisfies(one -> assertThat(one.name()).isEqualTo("破碎机有功功率"))
                .satisfies(one -> assertThat(one.unit()).isEqualTo("kW"))
                .satisfies(one -> assertThat(one.negative()).isTrue());
    }

    @ParameterizedTest
    @EnumSource
    void theDayByWhichAFaultHasToBeRepairedFollowsTheHolidays(Database database) {
        Station station = new Station(database);
        Access access = access(station);
        List<LocalDate> off = new ArrayList<>();
        WorkCalendar calendar = Mockito.mock(WorkCalendar.class);
        Mockito.when(calendar.plusWorkingDays(Mockito.any(), Mockito.anyInt())).thenAnswer(call -> {
            LocalDate day = call.getArgument(0);
            for (int left = call.getArgument(1); left > 0; ) {
                day = day.plusDays(1);
                if (day.getDayOfWeek().getValue() < 6 && !off.contains(day)) left--;
            }
            return day;
        });
        Papers papers = Mockito.mock(Papers.class);
        DeviceDesk desk = new DeviceDesk(station.db, station.devices, access, papers, NO_AUDIT, station.clock);
        EnterpriseReports reports =
                new EnterpriseReports(station.db, desk, access, calendar, papers, NO_AUDIT, station.clock);
        reports.reportFault(station.device, "2026-03-26T08:00", "分析仪故障", "每天人工采样一次", null);
        assertThat(reports.faults(station.device).get(0).repairDue()).isEqualTo(Station.at("2026-04-02T18:00:00"));
        off.add(LocalDate.parse("2026-04-01"));
        reports.on(new WorkingDaysChanged(2026));
        assertThat(reports.faults(station.device).get(0).repairDue()).isEqualTo(Station.at("2026-04-03T18:00:00"));
        assertThat(desk.book(station.device).get(0).text()).contains("2026年放假安排", "改至2026年4月3日");
        assertThat(reports.faults(station.device).get(0).reportDue())
                .as("hours are hours")
                .isEqualTo(Station.at("2026-03-26T20:00:00"));
        long fault = reports.faults(station.device).get(0).id();
        reports.repairFault(station.device, fault, "2026-03-26T09:30", "更换光源");
        off.add(LocalDate.parse("2026-03-31"));
        reports.on(new WorkingDaysChanged(2026));
        assertThat(reports.faults(station.device).get(0).repairDue())
                .as("what is repaired is over")
                .isEqualTo(Station.at("2026-04-03T18:00:00"));
    }

    @ParameterizedTest
    @EnumSource
    void dataCanBeMarkedUntilNoonOfTheNextDay(Database database) {
        assertThat(Marks.windowEnds(Station.at("2026-03-26T00:00:00"))).isEqualTo(Station.at("2026-03-27T12:00:00"));
        assertThat(Marks.windowEnds(Station.at("2026-03-26T23:00:00"))).isEqualTo(Station.at("2026-03-27T12:00:00"));
        Station station = new Station(database);
        assertThat(new StoredMarks(station.db)
                        .ofOutlet(station.outlet, Station.at("2026-03-01T00:00:00"), station.clock.instant()))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theNewestReviewThatIsInForceSpeaksForADevice(Database database) {
        Station station = new Station(database);
        assertThat(station.registry.evidential(station.device, Station.day("2026-03-26")))
                .isFalse();
        review(station, true, "2026-01-01", "2026-12-31");
        assertThat(station.registry.evidential(station.device, Station.day("2026-03-26")))
                .isTrue();
        assertThat(station.registry.evidential(station.device, Station.day("2025-12-31")))
                .isFalse();
        assertThat(station.registry.evidential(station.device, Station.day("2027-01-01")))
                .isFalse();
        review(station, false, "2026-03-01", null);
        assertThat(station.registry.evidential(station.device, Station.day("2026-03-26")))
                .isFalse();
        assertThat(station.registry.evidential(station.device, Station.day("2026-02-01")))
                .isTrue();
    }

    private static void review(
            Station station, boolean passed, String from, @org.jspecify.annotations.Nullable String until) {
        station.db
                .sql("""
                        insert into monitoring_device_review (device_id, paper, paper_number, paper_on, location, published_at, published_on, passed,
                          remark, valid_from, valid_until, reviewed_by, reviewed_by_name, reviewed_at)
                        values (?, 'acceptance', '1', date '2026-01-01', '', '', date '2026-01-01', ?, '', ?, ?, '', '', current_timestamp)""")
                .param(station.device)
                .param(passed)
                .param(Station.day(from))
                .param(until == null ? null : Station.day(until))
                .update();
    }

    private static void stop(Station station, @org.jspecify.annotations.Nullable String decision) {
        station.db
                .sql("""
                        insert into monitoring_planned_stop (outlet_id, kind, begins_at, ends_at, reason, reported_at, reported_by, reported_by_name,
                          decision, decided_at)
                        values (?, 'boiler', ?, ?, '', current_timestamp, '', '', ?, current_timestamp)""")
                .param(station.outlet)
                .param(Moments.sql(Station.at("2026-03-02T05:00:00")))
                .param(Moments.sql(Station.at("2026-03-02T07:00:00")))
                .param(decision)
                .update();
    }

    private static void add(
            Station station,
            String source,
            @org.jspecify.annotations.Nullable Long permit,
            double highest,
            String from,
            @org.jspecify.annotations.Nullable String until) {
        boolean own = permit != null;
        station.db
                .sql("""
                        insert into monitoring_limit (source, outlet_id, permit_id, category, factor, averaging, highest, basis, valid_from, valid_until,
                          entered_by, entered_by_name, entered_at)
                        values (?, ?, ?, ?, 'a21026', 'hour', ?, '', ?, ?, '', '', current_timestamp)""")
                .param(source)
                .param(own ? station.outlet : null)
                .param(permit)
                .param(own ? null : "boiler-coal-special")
                .param(highest)
                .param(Station.day(from))
                .param(until == null ? null : Station.day(until))
                .update();
    }

    private static String limit(Station station, String day) {
        return station.registry
                .limit(station.outlet, "a21026", ReadingKind.HOUR, Station.day(day))
                .map(limit -> limit.source() + " " + limit.highest())
                .orElse("none");
    }
}
