package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.banhao.base.ChineseTime;
import org.banhao.monitoring.hj212.Corpus;
import org.banhao.testing.Accounts;
import org.banhao.testing.Desk;
import org.banhao.testing.Whole;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;

/** 污染源档案, data by file, 报文检查: over HTTP, by those whose work it is and by those who must not. */
interface MonitoringDesk extends Whole {

    default Desk engineer() {
        return desk("骆知远");
    }

    static String fresh() {
        return "DEMO"
                + UUID.randomUUID().toString().replace("-", "").substring(0, 10).toUpperCase();
    }

    default String done(Desk who, String path, Map<String, String> fields) {
        HttpResponse<String> answer = who.web().form(path, List.copyOf(fields.entrySet()));
        assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(302);
        return answer.headers().firstValue("Location").orElseThrow().replaceFirst("^https?://[^/]+", "");
    }

    default String refused(Desk who, String path, Map<String, String> fields) {
        HttpResponse<String> answer = who.web().form(path, List.copyOf(fields.entrySet()));
        assertThat(answer.statusCode()).as(path).isEqualTo(400);
        Sentences.refused(answer);
        return answer.body();
    }

    default String outlet(Desk engineer, String code) {
        String enterprise =
                done(engineer, "/monitoring/enterprises", Map.of("creditCode", code, "name", code + "示例热力（演示）"));
        return done(
                engineer,
                enterprise + "/outlets",
                Map.of(
                        "code",
                        "da001",
                        "name",
                        "1号锅炉",
                        "kind",
                        "gas",
                        "category",
                        "boiler-coal-special",
                        "referenceOxygen",
                        "9"));
    }

    default String device(Desk engineer, String outlet, String mn) {
        return done(engineer, outlet + "/devices", logger(mn, "Ku9x!q"));
    }

    private static Map<String, String> logger(String mn, String password) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("mn", mn);
        fields.put("name", "数采仪");
        fields.put("kind", "logger");
        fields.put("standard", "2017");
        fields.put("password", password);
        fields.put("realtimeSeconds", "60");
        fields.put("minutes", "10");
        fields.put("installedOn", "2026-01-01");
        return fields;
    }

    private String today() {
        return LocalDate.now(java.time.Clock.system(ChineseTime.ZONE)).toString();
    }

    @Test
    default void anEnterpriseIsSeenByTheBranchAndByThoseWhoLookAfterItOnly() {
        Desk engineer = engineer();
        String code = fresh();
        String outlet = outlet(engineer, code);
        String enterprise =
                engineer.web().get(outlet).body().replaceAll("(?s).*?(/monitoring/enterprises/\\d+).*", "$1");
        Desk manager = desk("苗壮");
        assertThat(manager.web().get(outlet).statusCode()).isEqualTo(403);
        assertThat(manager.web().get("/monitoring/enterprises").body()).doesNotContain(code);
        assertThat(refused(
                        engineer, enterprise + "/keepers", Map.of("person", "shi-jian", "role", "enterprise-manager")))
                .contains("没有这一身份");
        done(engineer, enterprise + "/keepers", Map.of("person", "miao-zhuang", "role", "enterprise-manager"));
        assertThat(manager.web().get(outlet).statusCode()).isEqualTo(200);
        assertThat(manager.web().get("/monitoring/enterprises").body()).contains(code);
        assertThat(desk("王小川").web().get(outlet).statusCode()).isEqualTo(403);
        assertThat(desk("武晨").web().get(outlet).statusCode()).isEqualTo(200);
        // looks after it, and keeps no registry
        HttpResponse<String> forbidden = manager.web()
                .form(
                        outlet + "/devices",
                        List.copyOf(logger(code + "X", "Ku9x!q").entrySet()));
        assertThat(forbidden.statusCode()).isEqualTo(403);
        done(manager, enterprise + "/ledger", Map.of("kind", "treatment", "day", today(), "content", "脱硫塔运行正常"));
        assertThat(manager.web().get(enterprise).body()).contains("脱硫塔运行正常", "缺30天");
        assertThat(db().sql("select count(*) from base_audit where action = 'monitoring.enterLedger'")
                        .query(Long.class)
                        .single())
                .isPositive();
    }

    @Test
    default void theLimitOfThePermitGoesBeforeTheNationalOneAndAPasswordThatEverybodyKnowsNeedsADay() {
        Desk engineer = engineer();
        String code = fresh();
        String outlet = outlet(engineer, code);
        assertThat(engineer.web().get(outlet).body()).contains("GB 13271-2014 表3");
        String enterprise =
                engineer.web().get(outlet).body().replaceAll("(?s).*?(/monitoring/enterprises/\\d+).*", "$1");
        done(
                engineer,
                enterprise + "/permits",
                Map.of("number", code, "issuedBy", "市行政审批服务管理局", "validFrom", "2025-01-01"));
        String permit = db().sql("select id from monitoring_permit where number = ?")
                .param(code)
                .query(String.class)
                .single();
        assertThat(refused(
                        engineer,
                        outlet + "/limits",
                        Map.of("permit", permit, "factor", "a99999", "averaging", "hour", "highest", "35")))
                .contains("没有监测因子");
        done(
                engineer,
                outlet + "/limits",
                Map.of("permit", permit, "factor", "a21026", "averaging", "hour", "highest", "35"));
        assertThat(engineer.web().get(outlet).body()).contains("排污许可证" + code, "另有限值优先");
        assertThat(refused(engineer, outlet + "/devices", logger(code + "M", "123456")))
                .contains("人人皆知");
        Map<String, String> let = logger(code + "M", "123456");
        let.put("weakUntil", LocalDate.parse(today()).plusDays(30).toString());
        let.put("weakReason", "运维单位本月更换");
        String device = done(engineer, outlet + "/devices", let);
        assertThat(engineer.web().get(device).body()).contains("弱口令放行至").doesNotContain("123456");
    }

    @Test
    default void aDeviceStaysOfItsKindAndItsBookSpeaksChinese() {
        Desk engineer = engineer();
        String code = fresh();
        String outlet = outlet(engineer, code);
        String device = device(engineer, outlet, code + "K");
        Map<String, String> meter = logger(code + "K", "Ku9x!q");
        meter.put("kind", "meter");
        assertThat(refused(engineer, device, meter)).contains("设备类型不能改动");
        Map<String, String> swapped = logger(code + "K", "Ku9x!q");
        swapped.put("checksum", "MODBUS_SWAPPED");
        done(engineer, device, swapped);
        assertThat(engineer.web().get(device).body())
                .contains("校验按CRC-16/Modbus（高低字节颠倒）")
                .doesNotContain("，MODBUS_SWAPPED");
    }

    @Test
    default void equipmentIsReadByAMeterOfItsOwnEnterpriseOnly() {
        Desk engineer = engineer();
        String code = fresh();
        String own = outlet(engineer, code);
        String other = outlet(engineer, fresh());
        Map<String, String> meter = logger(code + "E", "Ku9x!q");
        meter.put("kind", "meter");
        done(engineer, other + "/devices", meter);
        assertThat(refused(
                        engineer,
                        own + "/equipment",
                        Map.of("name", "引风机", "meter", code + "E", "workingFrom", "10", "standingBelow", "1")))
                .contains("不属于本企业");
    }

    @Test
    default void aThresholdIsTriedProposedAndAdoptedAndHoldsFromThenOn() {
        Desk engineer = engineer();
        String code = fresh();
        String outlet = outlet(engineer, code);
        String id = outlet.replaceAll(".*/", "");
        String today = today();
        assertThat(refused(
                        engineer,
                        "/monitoring/try-out",
                        Map.of("outlet", id, "first", today, "last", today, "OFFLINE_MINUTES", "9")))
                .contains("不能试算");
        String trial = done(
                engineer,
                "/monitoring/try-out",
                Map.of("outlet", id, "first", today, "last", today, "NEAR_LIMIT_HOURS", "6"));
        // computed by another thread
        org.awaitility.Awaitility.await()
                .until(() -> !engineer.web().get(trial).body().contains("正在试算"));
        String page = engineer.web().get(trial).body();
        assertThat(page)
                .contains("贴限·持续6小时", "没有差别")
                .contains("/monitoring/thresholds?scope=" + id + "&amp;NEAR_LIMIT_HOURS=6");
        String taken = engineer.web()
                .get("/monitoring/thresholds?scope=" + id + "&NEAR_LIMIT_HOURS=6")
                .body();
        assertThat(taken).contains("提交建议", "name=\"NEAR_LIMIT_HOURS\" value=\"6\"");
        assertThat(refused(engineer, "/monitoring/thresholds", Map.of("scope", id, "NEAR_LIMIT_HOURS", "6")))
                .contains("请填写“理由”", "value=\"6\"");
        String reason = "试算后调整" + code;
        done(engineer, "/monitoring/thresholds", Map.of("scope", id, "NEAR_LIMIT_HOURS", "6", "reason", reason));
        String proposal = db().sql("select max(id) from monitoring_threshold")
                .query(String.class)
                .single();
        HttpResponse<String> own = engineer.web().form("/monitoring/thresholds/" + proposal + "/adopt", List.of());
        assertThat(own.statusCode()).isEqualTo(403);
        Desk rules = desk("戊规");
        assertThat(rules.web().get("/monitoring/thresholds").body()).contains(reason);
        done(rules, "/monitoring/thresholds/" + proposal + "/adopt", Map.of());
        assertThat(engineer.web().get("/monitoring/thresholds?scope=" + id).body())
                .contains("本排放口", reason, "已采纳");
        done(rules, "/monitoring/thresholds/" + proposal + "/end", Map.of("reason", "改按常用值"));
        assertThat(engineer.web().get("/monitoring/thresholds?scope=" + id).body())
                .contains("已停止适用");
    }

    @Test
    default void ordersCommandsAndLimitsAreSeenAndKeptOnTheirPages() {
        Desk engineer = engineer();
        String code = fresh();
        String outlet = outlet(engineer, code);
        String id = outlet.replaceAll(".*/", "");
        String tomorrow = LocalDate.parse(today()).plusDays(1) + "T08:00";
        assertThat(refused(
                        engineer,
                        "/monitoring/orders",
                        Map.of("outlet", id, "from", tomorrow, "allowed", "很少", "basis", "橙色预警")))
                .contains("请填写数字", "橙色预警");
        done(
                engineer,
                "/monitoring/orders",
                Map.of("outlet", id, "from", tomorrow, "allowed", "0", "basis", "橙色预警" + code));
        assertThat(engineer.web().get("/monitoring/orders").body()).contains("橙色预警" + code, "尚未开始");
        String order = db().sql("select max(id) from monitoring_production_order")
                .query(String.class)
                .single();
        done(engineer, "/monitoring/orders/" + order + "/lift", Map.of());
        assertThat(engineer.web().get("/monitoring/orders").body()).doesNotContain("橙色预警" + code);

        done(
                engineer,
                "/monitoring/commands",
                Map.of("outlet", id, "command", "1011", "reason", "核对时钟" + code, "validUntil", tomorrow));
        String right = db().sql("select max(id) from monitoring_command_right")
                .query(String.class)
                .single();
        Desk lead = desk("庾承安");
        assertThat(lead.web().get("/monitoring/commands").body()).contains("核对时钟" + code, "待另一人同意");
        done(lead, "/monitoring/commands/" + right + "/agree", Map.of("outlet", id));
        assertThat(engineer.web().get("/monitoring/commands").body()).contains("已开通");
        done(engineer, "/monitoring/commands/" + right + "/close", Map.of("outlet", id));

        assertThat(engineer.web()
                        .get("/monitoring/limits?outlet=" + id + "&day=2026-03-26")
                        .body())
                .contains("二氧化硫小时均值执行200 mg/m³：国家标准，GB 13271-2014 表3");
        assertThat(engineer.web().get("/monitoring/factors").body()).contains("化学需氧量", "按流量加权");
        assertThat(desk("武晨").web().get("/monitoring/limits").body()).doesNotContain("登记标准限值");
        assertThat(refused(engineer, "/monitoring/judging", Map.of("outlet", id, "from", "2020-01-01", "reason", "补录")))
                .contains("45天以内");
        done(engineer, "/monitoring/judging", Map.of("outlet", id, "from", today(), "reason", "补录许可限值"));
    }

    @Test
    default void aPaperIsReadByThoseWhoSeeTheEnterpriseOnly() {
        Desk engineer = engineer();
        String code = fresh();
        String outlet = outlet(engineer, code);
        String now = LocalDateTime.now(java.time.Clock.system(ChineseTime.ZONE))
                .withNano(0)
                .withSecond(0)
                .toString();
        String later = LocalDate.parse(today()).plusDays(3) + "T08:00";
        Map<String, String> stop = Map.of("kind", "boiler", "beginsAt", now, "endsAt", later, "reason", "检修" + code);
        assertThat(sent(engineer, outlet + "/stops", stop, "报备.exe", new byte[] {'M', 'Z', 0, 0})
                        .statusCode())
                .isEqualTo(400);
        assertThat(engineer.web().get(outlet).body())
                .as("without its paper nothing is reported")
                .doesNotContain("检修" + code);
        byte[] paper = ("停运报备" + code).getBytes(StandardCharsets.UTF_8);
        assertThat(sent(engineer, outlet + "/stops", stop, "报备.txt", paper).statusCode())
                .isEqualTo(302);
        String page = engineer.web().get(outlet).body();
        assertThat(page).contains("检修" + code, "报备材料");
        String link = page.replaceAll("(?s).*?(/monitoring/papers/[0-9a-f-]+).*", "$1");
        HttpResponse<String> read = engineer.web().get(link);
        assertThat(read.body()).contains("停运报备" + code);
        assertThat(read.headers().firstValue("Content-Disposition").orElse("")).startsWith("attachment");
        assertThat(desk("武晨").web().get(link).statusCode()).isEqualTo(200);
        assertThat(desk("苗壮").web().get(link).statusCode())
                .as("does not look after this enterprise")
                .isEqualTo(404);
        assertThat(engineer.web()
                        .get(link.replace("/monitoring/papers/", "/api/documents/"))
                        .statusCode())
                .as("not even the one who sent it, past the rights of the enterprise")
                .isEqualTo(404);
    }

    private static HttpResponse<String> sent(
            Desk who, String path, Map<String, String> fields, String name, byte[] file) {
        String edge = "----edge" + UUID.randomUUID();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        fields.forEach((field, value) -> body.writeBytes(
                ("--" + edge + "\r\nContent-Disposition: form-data; name=\"" + field + "\"\r\n\r\n" + value + "\r\n")
                        .getBytes(StandardCharsets.UTF_8)));
        body.writeBytes(("--" + edge + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        body.writeBytes(("\r\n--" + edge + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return who.web().script("POST", path, "multipart/form-data; boundary=" + edge, body.toByteArray());
    }

    @Test
    default void valuesOfAnUpperPlatformComeByFileOnceAndAreShownWithTheLimit() {
        Desk engineer = engineer();
        String code = fresh();
        String outlet = outlet(engineer, code);
        device(engineer, outlet, code + "V");
        LocalDateTime now = LocalDateTime.now(java.time.Clock.system(ChineseTime.ZONE));
        String hour = now.minusHours(2).format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:00"));
        String csv = "MN,类型,因子,时间,数值,折算值,标记\n" + code + "V,小时,a21026," + hour + ",20,240.5,N\n";
        HttpResponse<String> first = push("骆知远", csv);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        // of a day that is over the day is made, too
        assertThat(Desk.json(first).path("fresh").asInt()).isEqualTo(now.getHour() < 2 ? 2 : 1);
        assertThat(Desk.json(push("骆知远", csv)).path("fresh").asInt()).isZero();
        String page = engineer.web()
                .get(outlet + "?kind=hour&day=" + hour.substring(0, 10))
                .body();
        assertThat(page).contains("240.50", "超过限值", "上级平台");
        HttpResponse<String> bad = push("骆知远", csv.replace("240.5", "二百") + code + "W,小时,a21026," + hour + ",1,,N\n");
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(Desk.json(bad).path("message").asText()).startsWith("第2行「折算值」");
    }

    @Test
    default void aCommandNeedsTwoPersons() {
        Desk engineer = engineer();
        String code = fresh();
        String outlet = outlet(engineer, code);
        String device = device(engineer, outlet, code + "C");
        String until = LocalDateTime.now(java.time.Clock.system(ChineseTime.ZONE))
                .plusDays(1)
                .withNano(0)
                .withSecond(0)
                .toString();
        assertThat(refused(engineer, device + "/commands", Map.of("command", "1012")))
                .contains("没有开通");
        assertThat(refused(
                        engineer, outlet + "/commands", Map.of("command", "3015", "reason", "留样", "validUntil", until)))
                .contains("只用于废水");
        done(engineer, outlet + "/commands", Map.of("command", "1012", "reason", "时钟慢了一小时", "validUntil", until));
        String right = db().sql("select max(id) from monitoring_command_right")
                .query(String.class)
                .single();
        assertThat(refused(engineer, outlet + "/commands/" + right + "/agree", Map.of()))
                .contains("另一人");
        done(desk("庾承安"), outlet + "/commands/" + right + "/agree", Map.of());
        // the gateway is off here
        assertThat(refused(engineer, device + "/commands", Map.of("command", "1012")))
                .contains("没有开启数据接收");
    }

    @Test
    default void aPlannedStopHasNoEffectUntilTheBranchHasAcknowledgedIt() {
        Desk engineer = engineer();
        String code = fresh();
        String outlet = outlet(engineer, code);
        String enterprise =
                engineer.web().get(outlet).body().replaceAll("(?s).*?(/monitoring/enterprises/\\d+).*", "$1");
        done(engineer, enterprise + "/keepers", Map.of("person", "wang-xiaochuan", "role", "maintenance-contractor"));
        Desk contractor = desk("王小川");
        LocalDateTime now = LocalDateTime.now(java.time.Clock.system(ChineseTime.ZONE))
                .withNano(0)
                .withSecond(0);
        Map<String, String> stop = Map.of(
                "kind",
                "boiler",
                "beginsAt",
                now.minusHours(1).toString(),
                "endsAt",
                now.plusDays(30).toString(),
                "reason",
                "供暖期结束");
        done(contractor, outlet + "/stops", stop);
        long id = Long.parseLong(outlet.replaceAll(".*/", ""));
        org.banhao.monitoring.Registry registry = bean(org.banhao.monitoring.Registry.class);
        assertThat(registry.stops(id, java.time.Instant.EPOCH, java.time.Instant.parse("2100-01-01T00:00:00Z")))
                .isEmpty();
        String row = db().sql("select max(id) from monitoring_planned_stop")
                .query(String.class)
                .single();
        HttpResponse<String> own = contractor
                .web()
                .form(outlet + "/stops/" + row + "/decide", List.of(Map.entry("decision", "acknowledge")));
        assertThat(own.statusCode()).isEqualTo(403);
        done(desk("武晨"), outlet + "/stops/" + row + "/decide", Map.of("decision", "acknowledge"));
        assertThat(registry.stops(id, java.time.Instant.EPOCH, java.time.Instant.parse("2100-01-01T00:00:00Z")))
                .hasSize(1);
    }

    @Test
    default void aTableIsCheckedCellByCellAndTakenWholeOrNotAtAll() throws IOException {
        Desk engineer = engineer();
        String code = fresh();
        String bad = upload(engineer, table(code, "12x"), "check");
        assertThat(bad).contains("设备!C2", "MN");
        assertThat(upload(engineer, table(code, code + "T"), "check")).contains("可以登记1家企业、1个排放口、1台设备");
        assertThat(engineer.web().get("/monitoring/enterprises").body()).doesNotContain(code);
        upload(engineer, table(code, code + "T"), "store");
        assertThat(engineer.web().get("/monitoring/enterprises").body()).contains(code);
        assertThat(upload(engineer, table(code, code + "T"), "check")).contains("排放口!B2", "已有排放口");
    }

    private static byte[] table(String code, String mn) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(bytes, "test", "1.0")) {
            row(book.newWorksheet("企业"), List.of("统一社会信用代码", "企业名称"), List.of(code, code + "示例建材（演示）"));
            row(
                    book.newWorksheet("排放口"),
                    List.of("统一社会信用代码", "排放口编号", "排放口名称", "类别", "应测因子", "开始日期"),
                    List.of(code, "DA001", "窑尾", "废气", "a21026、a21002", "2026-01-01"));
            row(
                    book.newWorksheet("设备"),
                    List.of("统一社会信用代码", "排放口编号", "MN", "设备名称", "设备类型", "标准版本", "访问密码", "安装日期"),
                    List.of(code, "DA001", mn, "数采仪", "数采仪", "2017", "Ku9x!q", "2026-01-01"));
        }
        return bytes.toByteArray();
    }

    private static void row(Worksheet sheet, List<String> names, List<String> values) {
        for (int i = 0; i < names.size(); i++) {
            sheet.value(0, i, names.get(i));
            sheet.value(1, i, values.get(i));
        }
    }

    private static String upload(Desk who, byte[] xlsx, String act) {
        String edge = "----edge" + UUID.randomUUID();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(
                ("--" + edge + "\r\nContent-Disposition: form-data; name=\"act\"\r\n\r\n" + act + "\r\n--" + edge
                                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.xlsx\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(xlsx);
        body.writeBytes(("\r\n--" + edge + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return who.web()
                .script(
                        "POST",
                        "/monitoring/import/registry",
                        "multipart/form-data; boundary=" + edge,
                        body.toByteArray())
                .body();
    }

    @Test
    default void aPacketIsInspectedForAccountsWithTheRightOnly() {
        Corpus.Row good = Corpus.frames().stream()
                .filter(Corpus.Row::standardCrc)
                .filter(r -> r.packet().contains("Flag=5"))
                .findFirst()
                .orElseThrow();
        HttpResponse<String> valid = inspect("骆知远", good.packet());
        assertThat(valid.statusCode()).as(valid.body()).isEqualTo(200);
        assertThat(Desk.json(valid).path("valid").asBoolean()).isTrue();
        assertThat(Desk.json(valid).path("crcExpected").asText())
                .isEqualToIgnoringCase(Desk.json(valid).path("crcActual").asText());
        assertThat(Desk.json(valid).path("fields").toString()).contains("请求编码");
        assertThat(valid.headers().firstValue("Set-Cookie")).isEmpty();

        String broken = good.packet().replaceFirst("....$", "0000");
        HttpResponse<String> wrong = inspect("骆知远", broken);
        assertThat(Desk.json(wrong).path("valid").asBoolean()).isFalse();
        assertThat(Desk.json(wrong).path("crcActual").asText()).isEqualTo("0000");
        assertThat(Desk.json(wrong).path("problems").toString()).contains("CRC应为");
        assertThat(Desk.json(inspect("骆知远", "hello")).path("valid").asBoolean()).isFalse();

        assertThat(inspect("武晨", good.packet()).statusCode())
                .as("no right to machine interfaces")
                .isEqualTo(403);
        assertThat(post("/api/monitoring/frames/inspect", null, "text/plain", good.packet())
                        .statusCode())
                .isEqualTo(401);
        assertThat(push("甲管", "MN,类型,因子,时间,数值\n").statusCode())
                .as("has the right, and not the role")
                .isEqualTo(403);
    }

    @Test
    default void thePageOfPacketsSaysWhatIsWrong() {
        Desk engineer = engineer();
        HttpResponse<String> answer = engineer.web()
                .form(
                        "/monitoring/frames",
                        List.of(Map.entry("frame", Corpus.frames().get(0).packet()), Map.entry("standard", "2017")));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("不会接收", "CRC");
        refused(engineer, "/monitoring/frames", Map.of("frame", " "));
    }

    private HttpResponse<String> inspect(String name, String packet) {
        return post("/api/monitoring/frames/inspect", accounts().named(name), "text/plain", packet);
    }

    default HttpResponse<String> push(String name, String csv) {
        return post("/api/monitoring/readings", accounts().named(name), "text/csv", csv);
    }

    private HttpResponse<String> post(
            String path, Accounts.@org.jspecify.annotations.Nullable Account account, String type, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address() + path))
                .header("Content-Type", type)
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (account != null) {
            request.header(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString((account.login() + ":" + account.password())
                                            .getBytes(StandardCharsets.UTF_8)));
        }
        try {
            return HttpClient.newHttpClient()
                    .send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
