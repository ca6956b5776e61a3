package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.banhao.base.ChineseTime;
import org.banhao.monitoring.domain.HeardLine;
import org.banhao.testing.Desk;
import org.junit.jupiter.api.Test;

/** The chart's data, the duty screen, 日报, 传输有效率 and 数据质量, against what was sent, counted by hand. */
interface MonitoringFigures extends MonitoringDesk {

    /** Yesterday, hour by hour: what the device sent; null: nothing. From 22:00 on the outlet stands. */
    List<String> SENT = Arrays.asList(
            null, null, null, null, "40D", "40D", "40C", "40C", "250N", "250N", "250N", "40N", "40N", "40N", "40N",
            "40N", "40N", "40N", "40N", "40N", "40N", "40N", "40N", "40N");

    int MARKED_FROM = 6;
    int MARKED_UNTIL = 8;
    int STANDS_FROM = 22;

    private static LocalDateTime now() {
        return LocalDateTime.now(Clock.system(ChineseTime.ZONE)).withNano(0).withSecond(0);
    }

    /** An outlet with what {@link #SENT} says, marks, a stop, a permit's limits from yesterday on, and the day's mean. */
    private String told(String code) {
        Desk engineer = engineer();
        LocalDate yesterday = now().toLocalDate().minusDays(1);
        String outlet = outlet(engineer, code);
        device(engineer, outlet, code + "F");
        done(engineer, outlet + "/factors", Map.of("factor", "a21026", "since", yesterday.toString()));
        String enterprise =
                engineer.web().get(outlet).body().replaceAll("(?s).*?(/monitoring/enterprises/\\d+).*", "$1");
        done(
                engineer,
                enterprise + "/permits",
                Map.of("number", code, "issuedBy", "市行政审批服务管理局", "validFrom", yesterday.toString()));
        String permit = db().sql("select id from monitoring_permit where number = ?")
                .param(code)
                .query(String.class)
                .single();
        for (Map.Entry<String, String> limit :
                Map.of("hour", "100", "day", "30").entrySet())
            done(
                    engineer,
                    outlet + "/limits",
                    Map.of(
                            "permit",
                            permit,
                            "factor",
                            "a21026",
                            "averaging",
                            limit.getKey(),
                            "highest",
                            limit.getValue()));
        StringBuilder csv = new StringBuilder("MN,类型,因子,时间,数值,折算值,标记\n");
        for (int hour = 0; hour < 24; hour++) {
            String sent = SENT.get(hour);
            if (sent != null)
                csv.append(code)
                        .append("F,小时,a21026,")
                        .append(yesterday)
                        .append(String.format(" %02d:00,", hour))
                        .append("20,")
                        .append(sent, 0, sent.length() - 1)
                        .append(',')
                        .append(sent.charAt(sent.length() - 1))
                        .append('\n');
        }
        csv.append(code).append("F,日,a21026,").append(yesterday).append(" 00:00,28,35,N\n");
        assertThat(push("骆知远", csv.toString()).statusCode()).isEqualTo(200);
        done(
                engineer,
                outlet + "/marks",
                Map.of(
                        "factor",
                        "a21026",
                        "beginsAt",
                        yesterday.atTime(MARKED_FROM, 0).toString(),
                        "endsAt",
                        yesterday.atTime(MARKED_UNTIL, 0).toString(),
                        "markKind",
                        "invalid",
                        "label",
                        "校准",
                        "setAt",
                        yesterday.atTime(9, 0).toString()));
        done(
                engineer,
                outlet + "/stops",
                Map.of(
                        "kind",
                        "boiler",
                        "beginsAt",
                        yesterday.atTime(STANDS_FROM, 0).toString(),
                        "endsAt",
                        yesterday.plusDays(3).atStartOfDay().toString(),
                        "reason",
                        "停炉检修"));
        String stop = db().sql("select max(id) from monitoring_planned_stop")
                .query(String.class)
                .single();
        done(desk("武晨"), outlet + "/stops/" + stop + "/decide", Map.of("decision", "acknowledge"));
        return outlet;
    }

    /** As a person counts with a pencil, by nothing but {@link #SENT}. */
    private static Map<String, Integer> counted() {
        Map<String, Integer> counted = new LinkedHashMap<>();
        for (String column : List.of("应传小时", "有效小时", "其中已标记", "无效小时", "缺失小时", "超标小时")) counted.put(column, 0);
        for (int hour = 0; hour < STANDS_FROM; hour++) {
            String sent = SENT.get(hour);
            boolean marked = hour >= MARKED_FROM && hour < MARKED_UNTIL;
            counted.merge("应传小时", 1, Integer::sum);
            if (sent == null) counted.merge("缺失小时", 1, Integer::sum);
            else if (marked) {
                counted.merge("有效小时", 1, Integer::sum);
                counted.merge("其中已标记", 1, Integer::sum);
            } else if (sent.endsWith("N")) counted.merge("有效小时", 1, Integer::sum);
            else counted.merge("无效小时", 1, Integer::sum);
            if (sent != null && sent.startsWith("250")) counted.merge("超标小时", 1, Integer::sum);
        }
        return counted;
    }

    /** The lines of one enterprise, by the names of columns. */
    private static List<Map<String, String>> lines(HttpResponse<String> answer, String code) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
                .startsWith("attachment");
        assertThat(answer.body()).startsWith("\uFEFF");
        List<String> lines = answer.body().substring(1).lines().toList();
        String[] names = lines.get(0).split(",");
        List<Map<String, String>> found = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            if (!line.contains(code)) continue;
            String[] cells = line.split(",", -1);
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < names.length; i++) row.put(names[i].replace("\"", ""), cells[i].replace("\"", ""));
            found.add(row);
        }
        return found;
    }

    @Test
    default void theDailyReportSaysWhatWasSentAndNothingElse() {
        String code = MonitoringDesk.fresh();
        told(code);
        LocalDate yesterday = now().toLocalDate().minusDays(1);
        Desk duty = desk("武晨");
        List<Map<String, String>> rows = lines(duty.web().get("/monitoring/reports/daily.csv?date=" + yesterday), code);
        assertThat(rows).hasSize(1);
        Map<String, String> row = rows.get(0);
        counted()
                .forEach((column, figure) ->
                        assertThat(row).as(column + row).containsEntry(column, String.valueOf(figure)));
        // 18 of 22 hours came, 16 of these are good
        assertThat(row)
                .containsEntry("传输率", "81.82%")
                .containsEntry("有效率", "88.89%")
                .containsEntry("日均值", "35.00")
                .containsEntry("日限值", "30.00")
                .containsEntry("日均超标", "是");
        assertThat(row.get("停运报备")).startsWith("停炉");
        String page =
                duty.web().get("/monitoring/reports/daily?date=" + yesterday).body();
        assertThat(page).contains(code, "72.7%", "低于90%");
        assertThat(db().sql("select count(*) from base_audit where action = 'monitoring.exportDaily'")
                        .query(Long.class)
                        .single())
                .isPositive();
        assertThat(desk("苗壮").web().get("/monitoring/reports/daily.csv").statusCode())
                .isEqualTo(403);
        Sentences.refused(duty.web().get("/monitoring/reports/daily?date=2026-13-01"));
        Sentences.refused(duty.web().get("/monitoring/reports/daily?date=" + yesterday.plusDays(2)));
    }

    @Test
    default void transmissionAndQualityAreOfTheOutletsAPersonMaySee() {
        String code = MonitoringDesk.fresh();
        String outlet = told(code);
        LocalDate yesterday = now().toLocalDate().minusDays(1);
        String month = "?month=" + YearMonth.from(yesterday);
        Map<String, String> row = lines(desk("武晨").web().get("/monitoring/reports/transmission.csv" + month), code)
                .get(0);
        assertThat(row)
                .containsEntry("应传小时", "22")
                .containsEntry("实传小时", "18")
                .containsEntry("有效小时", "16")
                .containsEntry("传输有效率", "72.73%");
        Map<String, String> quality = lines(
                        desk("武晨").web().get("/monitoring/reports/quality.csv?date=" + yesterday), code)
                .get(0);
        assertThat(quality)
                .containsEntry("数据", "21")
                .containsEntry("缺数时段", "00:00至04:00")
                .containsEntry("缺数小时", "4.0");
        Desk manager = desk("苗壮");
        for (String page : List.of("transmission", "transmission.csv", "quality", "quality.csv"))
            assertThat(manager.web().get("/monitoring/reports/" + page).body())
                    .as(page)
                    .doesNotContain(code);
        String device = db().sql("select id from monitoring_device where mn = ?")
                .param(code + "F")
                .query(String.class)
                .single();
        assertThat(manager.web()
                        .get("/monitoring/reports/quality?device=" + device)
                        .statusCode())
                .isEqualTo(403);
        assertThat(desk("武晨")
                        .web()
                        .get("/monitoring/reports/quality?device=" + device)
                        .body())
                .contains("00:00至04:00");
        String enterprise =
                engineer().web().get(outlet).body().replaceAll("(?s).*?(/monitoring/enterprises/\\d+).*", "$1");
        done(engineer(), enterprise + "/keepers", Map.of("person", "miao-zhuang", "role", "enterprise-manager"));
        for (String page : List.of("transmission", "transmission.csv", "quality", "quality.csv"))
            assertThat(manager.web().get("/monitoring/reports/" + page).body())
                    .as(page)
                    .contains(code);
    }

    @Test
    default void qualityCountsWhatCameAgainWasCorrectedRefusedOrUnknown() {
        String code = MonitoringDesk.fresh();
        Desk engineer = engineer();
        device(engineer, outlet(engineer, code), code + "Q");
        HeardLine line = new HeardLine(this, code + "Q");
        LocalDateTime now = now();
        // an hour that is over; on the first minutes of a day it belongs to the day before
        LocalDateTime hour = now.minusHours(1).withMinute(0);
        DateTimeFormatter digits = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
        java.time.Instant at = now.atZone(ChineseTime.ZONE).toInstant();
        String time = "DataTime=" + digits.format(hour) + ";";
        String first = time + "a21026-Avg=20,a21026-ZsAvg=25,a21026-Flag=N;a99999-Avg=1,a99999-Flag=N";
        line.hour(at, digits.format(now) + "000", first);
        line.hour(at, digits.format(now) + "000", first);
        line.hour(at, digits.format(now) + "000", first);
        line.hour(at, digits.format(now.plusSeconds(75)) + "000", time + "a21026-Avg=22,a21026-ZsAvg=27,a21026-Flag=N");
        line.hour(
                at,
                digits.format(now.minusSeconds(10)) + "000",
                "DataTime=" + digits.format(hour.plusYears(1)) + ";a21026-Avg=22,a21026-Flag=N");
        line.refused(org.banhao.monitoring.gateway.LineWatch.Refused.CHECKSUM);
        line.refused(org.banhao.monitoring.gateway.LineWatch.Refused.PASSWORD);
        line.write();
        Desk duty = desk("武晨");
        assertThat(lines(duty.web().get("/monitoring/reports/quality.csv?date=" + now.toLocalDate()), code)
                        .get(0))
                .containsEntry("报文", "3")
                .containsEntry("重复报文", "2")
                .containsEntry("时间不合理报文", "1")
                .containsEntry("拒收报文", "2")
                .containsEntry("其中校验错", "1")
                .containsEntry("时钟偏差", "慢10秒至快75秒");
        assertThat(lines(duty.web().get("/monitoring/reports/quality.csv?date=" + hour.toLocalDate()), code)
                        .get(0))
                .containsEntry("数据", "2")
                .containsEntry("更正数据", "1")
                .containsEntry("未登记的编码", "a99999");
        String page = duty.web().get("/monitoring/reports/quality").body();
        assertThat(page).contains("拒收2条，其中校验错1条", "另重复2条");
    }

    @Test
    default void theChartStepsWithTheLimitAndTellsWhatIsNewOnly() {
        String code = MonitoringDesk.fresh();
        String outlet = told(code);
        LocalDate yesterday = now().toLocalDate().minusDays(1);
        String series = outlet + "/series/now?kind=hour&range=3d&day=" + now().toLocalDate();
        Desk duty = desk("武晨");
        JsonNode told = Desk.json(duty.web().get(series));
        JsonNode line = told.path("lines").get(0);
        assertThat(line.path("name").asText()).isEqualTo("二氧化硫");
        assertThat(line.path("points")).hasSize(20);
        assertThat(StreamSupport.stream(line.path("points").spliterator(), false)
                        .map(point -> point.path("state").asInt())
                        .toList())
                .as("invalid, marked, over, good")
                .containsExactly(2, 2, 3, 3, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        // of the nation until the permit begins, then the permit's
        assertThat(line.path("limits")).hasSize(2);
        assertThat(line.path("limits").get(0).path("highest").asDouble()).isEqualTo(200);
        assertThat(line.path("limits").get(1).path("highest").asDouble()).isEqualTo(100);
        assertThat(line.path("limits").get(1).path("from").asLong())
                .isEqualTo(yesterday.atStartOfDay(ChineseTime.ZONE).toInstant().toEpochMilli());
        assertThat(told.path("stops")).hasSize(1);
        assertThat(told.path("signs").toString()).contains("超标", "/monitoring/episodes/");

        long later = told.path("until").asLong() + 600_000;
        assertThat(Desk.json(duty.web().get(series + "&since=" + later)).path("lines"))
                .isEmpty();
        assertThat(Desk.json(duty.web().get(series + "&since=0"))
                        .path("lines")
                        .get(0)
                        .path("points"))
                .hasSize(20);
        Sentences.refused(duty.web().get(series + "&since=soon"));
        Sentences.refused(duty.web().get(outlet + "?kind=weekly"));
        assertThat(duty.web().get(outlet + "/figures/now?kind=day").body()).contains("35.00", "日限值30.00");

        Desk manager = desk("苗壮");
        assertThat(manager.web().get(series).statusCode()).isEqualTo(403);
        assertThat(manager.web().get(outlet + "/figures/now").statusCode()).isEqualTo(403);
        String enterprise =
                engineer().web().get(outlet).body().replaceAll("(?s).*?(/monitoring/enterprises/\\d+).*", "$1");
        done(engineer(), enterprise + "/keepers", Map.of("person", "miao-zhuang", "role", "enterprise-manager"));
        JsonNode own = Desk.json(manager.web().get(series));
        assertThat(own.path("lines")).isEqualTo(told.path("lines"));
        // sees that it was found, and cannot open what the branch does about it
        assertThat(own.path("signs").toString()).contains("超标").doesNotContain("/monitoring/episodes/");
        assertThat(desk("王小川").web().get(series).statusCode()).isEqualTo(403);
    }

    @Test
    default void theDutyScreenShowsAlertsSilentDevicesAndEveryOutletWorstFirst() {
        String code = MonitoringDesk.fresh();
        String outlet = told(code);
        Desk duty = desk("武晨");
        String page = duty.web().get("/monitoring/duty").body();
        String now = duty.web().get("/monitoring/duty/now").body();
        assertThat(page).contains("hx-get=\"/monitoring/duty/now\"", code);
        assertThat(now).contains(code, outlet + "?kind=realtime", "停运报备").doesNotContain("<html", "<header");
        List<String> states = java.util.regex.Pattern.compile("<li class=\"tile ([a-z]+)\"")
                .matcher(now)
                .results()
                .map(hit -> hit.group(1))
                .toList();
        assertThat(states).isNotEmpty();
        List<String> order = List.of("red", "orange", "yellow", "blue", "silent", "stopped", "normal");
        assertThat(states.stream().map(order::indexOf).toList()).isSorted();
        assertThat(desk("苗壮").web().get("/monitoring/duty/now").statusCode()).isEqualTo(403);
    }

    @Test
    default void whoHasAcknowledgedAnAlertStandsOnTheDutyScreenAndWhatComesNext() {
        String code = MonitoringDesk.fresh();
        told(code);
        Desk duty = desk("武晨");
        assertThat(alert(duty, code))
                .as("nobody has seen it: nothing later matters")
                .contains("接警时限")
                .doesNotContain("武晨");
        String address = alert(duty, code).replaceAll("(?s).*?href=\"(/monitoring/episodes/\\d+)\".*", "$1");
        assertThat(duty.web().get(address).body()).contains("接警说明");
        assertThat(refused(duty, address + "/acknowledge", Map.of("reason", " ")))
                .contains("接警说明");
        assertThat(engineer().web().get(address).body()).doesNotContain("接警说明");
        assertThat(engineer()
                        .web()
                        .form(address + "/acknowledge", List.of(Map.entry("reason", "已看到")))
                        .statusCode())
                .isEqualTo(403);
        done(duty, address + "/acknowledge", Map.of("reason", "已联系企业，正在核对台账" + code));
        assertThat(duty.web().get(address).body()).contains("武晨已于", "已联系企业，正在核对台账" + code);
        assertThat(alert(duty, code)).contains("武晨已于", "研判时限");
        HttpResponse<String> again = duty.web().form(address + "/acknowledge", List.of(Map.entry("reason", "再接一次")));
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("武晨已于");
        // how long the terms are, stands in rows that the rules administrator adds to
        assertThat(duty.web().get("/monitoring/duty").body()).contains("接警30分钟、研判2小时、现场核查红色24小时，其他3个工作日");
    }

    private static String alert(Desk duty, String code) {
        return java.util.Arrays.stream(duty.web().get("/monitoring/duty").body().split("<li class=\"card alert"))
                .filter(one -> one.contains(code))
                .findFirst()
                .orElseThrow();
    }
}
