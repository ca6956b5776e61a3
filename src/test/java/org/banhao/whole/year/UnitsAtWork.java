package org.banhao.whole.year;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.banhao.proposal.domain.assignment.InnerForwardings;
import org.banhao.proposal.domain.handling.ConsultationKind;
import org.banhao.proposal.domain.handling.ConsultationStage;
import org.banhao.proposal.domain.handling.Consultations;
import org.banhao.proposal.domain.handling.Extensions;
import org.jspecify.annotations.Nullable;

/** One unit from the section it is given to up to the delivered reply or the opinion sent to the lead; more time on the way. */
final class UnitsAtWork {

    private final Scene scene;

    UnitsAtWork(Scene scene) {
        this.scene = scene;
    }

    private Dice dice() {
        return scene.dice();
    }

    /** What the runner has to know of a handling. */
    record Row(
            long id, String number, String unit, String unitName, String role, String parts, int round, String state) {

        boolean answers() {
            return !role.equals("co");
        }
    }

    Row row(long id) {
        return scene.rows(
                        "select h.*, a.role, a.suggestions as parts from proposal_handling h join proposal_assignment"
                                + " a on a.id = h.assignment_id where h.id = ?",
                        (row, n) -> new Row(
                                row.getLong("id"),
                                row.getString("case_number"),
                                row.getString("unit_id"),
                                row.getString("unit_name"),
                                row.getString("role"),
                                row.getString("parts"),
                                row.getInt("round"),
                                row.getString("state")),
                        id)
                .get(0);
    }

    @Nullable
    String forward(Todo todo) {
        String person = scene.somebody(todo, List.of());
        if (person == null) return null;
        Map<String, Object> values = new HashMap<>(Map.of("section", "业务一科"));
        Row row = row(todo.row());
        List<String> deputies = scene.house().of(List.of(row.unit() + ".deputy"));
        if (!deputies.isEmpty() && dice().chance(0.3)) {
            values.put("instructedBy", deputies.get(0));
            values.put("instructionNote", "书面");
            values.put("instruction", "请业务科室按期办理。");
        }
        return scene.answer(todo, person, values);
    }

    @Nullable
    String handle(Todo todo) {
        String person = scene.somebody(todo, List.of());
        if (person == null) return null;
        Row row = row(todo.row());
        if (row.answers() && dice().chance(0.85)) contact(row, person);
        return scene.answer(todo, person, Map.of("handlingNote", "已经走访调研并列出清单。"));
    }

    /** One case, sometimes another of the same unit with it. */
    private void contact(Row row, String person) {
        List<String> numbers = new ArrayList<>(List.of(row.number()));
        if (dice().chance(0.2)) {
            List<String> others = scene.texts(
                    "select distinct h.case_number from proposal_handling h join proposal_assignment a on a.id ="
                            + " h.assignment_id where h.unit_id = ? and h.case_number <> ? and h.state in ('handling',"
                            + " 'drafting') and a.state in ('accepted', 'deemedAccepted', 'kept') order by h.case_number",
                    row.unit(),
                    row.number());
            numbers.addAll(dice().some(others, 2));
        }
        boolean key =
                scene.count("select count(*) from casefile_case where number = ? and important = true", row.number())
                        > 0;
        ConsultationKind kind = key || dice().chance(0.5) ? ConsultationKind.FACE_TO_FACE : ConsultationKind.CALL;
        enter(numbers, List.of(row.unit()), kind, ConsultationStage.DURING, person, dice().chance(0.9));
    }

    void enter(
            List<String> numbers,
            List<String> units,
            ConsultationKind kind,
            ConsultationStage stage,
            String person,
            boolean everybody) {
        Consultations consultations = scene.bean(Consultations.class);
        List<Consultations.Presence> presences = consultations.choices(numbers, person).proposers().stream()
                .map(one -> everybody || dice().chance(0.6)
                        ? new Consultations.Presence(one.caseNumber(), one.personId(), true, null)
                        : new Consultations.Presence(one.caseNumber(), one.personId(), false, "在外地出差"))
                .toList();
        List<Consultations.Agreed> agreed = dice().chance(0.3)
                ? List.of(new Consultations.Agreed(
                        "年底前通报进展", units.get(0), scene.today().plusDays(dice().between(30, 200))))
                : List.of();
        scene.as(
                person,
                () -> consultations.record(
                        new Consultations.Entry(
                                numbers,
                                units,
                                kind,
                                stage,
                                LocalDateTime.ofInstant(scene.now().minusSeconds(600), OfficialDays.ZONE),
                                "单位会议室",
                                scene.name(person),
                                "经办人员和提案者",
                                "",
                                presences,
                                "提案者希望年内见效，单位介绍了情况。",
                                agreed,
                                ""),
                        List.of(),
                        person));
    }

    private List<String> missing(Row row) {
        return scene.texts(
                "select a.unit_id from proposal_assignment a where a.case_number = ? and a.role = 'co' and a.state in"
                        + " ('sent', 'returnRequested', 'accepted', 'deemedAccepted', 'kept') and not exists (select 1"
                        + " from proposal_handling h where h.assignment_id = a.id and h.state = 'opinionSent') order by"
                        + " a.unit_id",
                row.number());
    }

    @Nullable
    String collate(Todo todo) {
        String person = scene.somebody(todo, List.of());
        if (person == null) return null;
        boolean waits = !missing(row(todo.row())).isEmpty();
        if (waits && dice().chance(0.6)) return null;
        return scene.answer(todo, person, waits ? Map.of("withoutReason", "已催办两次，期限将到。") : Map.of());
    }

    private List<Integer> numbers(Row row) {
        List<Integer> numbers = new ArrayList<>();
        if (row.parts().isEmpty()) {
            long all = scene.count("select count(*) from proposal_suggestion where case_number = ?", row.number());
            for (int number = 1; number <= all; number++) numbers.add(number);
        } else {
            for (String part : row.parts().split(",")) numbers.add(Integer.valueOf(part.strip()));
        }
        return numbers;
    }

    @Nullable
    String draft(Todo todo) {
        String person = scene.somebody(todo, List.of());
        if (person == null) return null;
        Row row = row(todo.row());
        if (row.round() > 1 && dice().chance(0.6)) contact(row, person);
        Map<String, Object> values = new HashMap<>();
        String result =
                dice().weighted(Map.entry("A", 0.45), Map.entry("B", 0.35), Map.entry("C", 0.15), Map.entry("D", 0.05));
        List<Integer> numbers = numbers(row);
        List<Map<String, Object>> items = new ArrayList<>();
        for (int number : numbers) items.add(Map.of("itemAnswer", "第" + number + "条的办理情况。", "itemClass", result));
        values.put("items", items);
        values.put("opening", "提案收悉，现答复如下。");
        values.put("resultClass", result);
        String consent = scene.texts("select consent from proposal_proposal where case_number = ?", row.number())
                .get(0);
        boolean open = consent.equals("full") && dice().chance(0.9);
        values.put("publicity", open ? "full" : "titleOnly");
        if (!open) values.put("publicityReason", "提案者不同意公开全文，或者涉及内部情况。");
        if (dice().chance(0.15)) values.put("moneyRelated", true);
        if (result.equals("B") || dice().chance(0.1)) {
            List<Map<String, Object>> promises = new ArrayList<>();
            int many = dice().between(1, 2);
            for (int i = 1; i <= many; i++) {
                promises.add(Map.of(
                        "commitment",
                        "出台管理办法之" + i,
                        "commitmentDue",
                        scene.today().plusDays(dice().between(20, 330)).toString(),
                        "commitmentSection",
                        "业务一科",
                        "commitmentSuggestion",
                        dice().one(numbers)));
            }
            values.put("commitments", promises);
        }
        values.put("mainTo", "提案者");
        values.put("copyTo", "市政协提案委员会");
        values.put("contactPerson", "经办人");
        values.put("contactPhone", "0355-0000001");
        // harmless where everybody was reached; otherwise it is asked for
        values.put("contactReason", "提案者外出，已约定时间当面沟通。");
        return scene.answer(todo, person, values);
    }

    /** Waited for longer than the unit promised: only another draft mends that. */
    private boolean promisePast(Todo todo) {
        return scene.count(
                        "select count(*) from proposal_commitment where handling_id = ? and due_on < ?",
                        todo.row(),
                        java.sql.Date.valueOf(scene.today()))
                > 0;
    }

    @Nullable
    String check(Todo todo) {
        String person = scene.somebody(todo, List.of());
        if (person == null) return null;
        if (promisePast(todo)) {
            return scene.answer(todo, person, Map.of("checkVerdict", "return", "checkOpinion", "承诺的日期已过。"));
        }
        return scene.answer(
                todo,
                person,
                dice().chance(0.92)
                        ? Map.of("checkVerdict", "pass")
                        : Map.of("checkVerdict", "return", "checkOpinion", "第一条没有写明时限。"));
    }

    /** 重点提案、集体提案、涉及资金的 are the head's to sign. */
    private boolean forTheHead(Todo todo) {
        return scene.count(
                        "select count(*) from proposal_handling h join casefile_case c on c.number = h.case_number"
                                + " join proposal_proposal p on p.case_number = h.case_number join proposal_reply r on"
                                + " r.handling_id = h.id where h.id = ? and (c.important = true or p.kind = 'collective'"
                                + " or r.money_related = true)",
                        todo.row())
                > 0;
    }

    @Nullable
    String deputy(Todo todo) {
        String person = scene.somebody(todo, List.of());
        if (person == null) return null;
        if (promisePast(todo)) {
            return scene.answer(todo, person, Map.of("signVerdict", "return", "signOpinion", "承诺的日期已过。"));
        }
        if (dice().rare(0.06)) {
            return scene.answer(todo, person, Map.of("signVerdict", "return", "signOpinion", "请补充数据。"));
        }
        // decided when it was checked, not now: a topic may have been selected in between
        String level = scene.texts("select sign_level from proposal_reply where handling_id = ?", todo.row())
                .get(0);
        boolean up = level.equals("head") || dice().chance(0.1);
        return scene.answer(todo, person, Map.of("signVerdict", up ? "toHead" : "sign"));
    }

    @Nullable
    String head(Todo todo) {
        String person = scene.somebody(todo, List.of());
        if (person == null) return null;
        if (promisePast(todo)) {
            return scene.answer(todo, person, Map.of("signVerdict", "return", "signOpinion", "承诺的日期已过。"));
        }
        return scene.answer(
                todo,
                person,
                dice().chance(0.95)
                        ? Map.of("signVerdict", "sign")
                        : Map.of("signVerdict", "return", "signOpinion", "请再斟酌措辞。"));
    }

    @Nullable
    String preview(Todo todo) {
        String person = scene.somebody(todo, List.of());
        if (person == null) return null;
        if (promisePast(todo)) {
            return scene.answer(todo, person, Map.of("previewVerdict", "return", "previewOpinion", "承诺的日期已过。"));
        }
        return scene.answer(
                todo,
                person,
                dice().chance(0.93)
                        ? Map.of("previewVerdict", "pass")
                        : Map.of("previewVerdict", "return", "previewOpinion", "类别不恰当。", "proposedClass", "B"));
    }

    @Nullable
    String deliver(Todo todo) {
        String person = scene.somebody(todo, List.of());
        if (person == null) return null;
        if (promisePast(todo)) {
            return scene.answer(todo, person, Map.of("sentBack", true, "sentBackReason", "承诺的日期已过。"));
        }
        Row row = row(todo.row());
        int recipients = scene.bean(Consultations.class)
                .choices(List.of(row.number()), person)
                .proposers()
                .size();
        List<Map<String, Object>> deliveries = new ArrayList<>();
        boolean receipt = false;
        for (int i = 0; i < recipients; i++) {
            String mode = dice().weighted(Map.entry("online", 0.6), Map.entry("mail", 0.2), Map.entry("inPerson", 0.2));
            receipt |= mode.equals("inPerson");
            deliveries.add(Map.of("mode", mode, "deliveredOn", scene.today().toString()));
        }
        Map<String, Object> values = new HashMap<>();
        values.put("documentNumber", scene.documentNumber(row.unit()));
        values.put("sealedScan", List.of(scene.upload(todo, person)));
        values.put("deliveries", deliveries);
        if (receipt) values.put("receipts", List.of(scene.upload(todo, person)));
        return scene.answer(todo, person, values);
    }

    @Nullable
    String draftOpinion(Todo todo) {
        String person = scene.somebody(todo, List.of());
        if (person == null) return null;
        return scene.answer(todo, person, Map.of("points", List.of("1"), "coOpinion", "相关工作由我单位配合。"));
    }

    @Nullable
    String signOpinion(Todo todo) {
        String person = scene.somebody(todo, List.of());
        if (person == null) return null;
        return scene.answer(
                todo,
                person,
                dice().chance(0.93)
                        ? Map.of("coVerdict", "sign")
                        : Map.of("coVerdict", "return", "signOpinion", "请补充依据。"));
    }

    @Nullable
    String sendOpinion(Todo todo) {
        String person = scene.somebody(todo, List.of());
        if (person == null) return null;
        return scene.answer(
                todo,
                person,
                Map.of(
                        "documentNumber",
                        scene.documentNumber(row(todo.row()).unit()),
                        "sealedScan",
                        List.of(scene.upload(todo, person))));
    }

    // ---- on to a county's own bureaus

    /** A county hands it on inside, and takes it back at times. */
    void perhapsInside(Todo todo) {
        Row row = row(todo.row());
        boolean county =
                scene.count("select count(*) from people_unit where id = ? and unit_system = '县区'", row.unit()) > 0;
        if (!county || row.round() > 1 || !dice().chance(0.6)) return;
        String bureau = dice().one(List.of("教育局", "水利局", "民政局"));
        scene.later(
                scene.inWorkingDays(0, 4), row.unit() + " hands on " + row.number(), () -> inside(row.id(), bureau));
    }

    private record Held(long assignment, String person) {}

    private @Nullable Held held(long handling) {
        Row row = row(handling);
        List<String> people = scene.house().of(List.of(row.unit() + ".liaison"));
        List<String> assignments = scene.texts(
                "select cast(a.id as varchar(20)) from proposal_assignment a join proposal_handling h on h.assignment_id ="
                        + " a.id join casefile_case c on c.number = a.case_number where h.id = ? and a.unit_id = ? and"
                        + " a.state in ('accepted', 'deemedAccepted', 'kept') and c.status in ('assigned', 'handling')",
                handling,
                row.unit());
        return people.isEmpty() || assignments.isEmpty()
                ? null
                : new Held(Long.parseLong(assignments.get(0)), people.get(0));
    }

    private Set<String> inside(long handling, String bureau) {
        Held held = held(handling);
        if (held == null) return Set.of();
        InnerForwardings forwardings = scene.bean(InnerForwardings.class);
        InnerForwardings.Line line = forwardings.of(held.person()).stream()
                .filter(one -> one.assignment().id() == held.assignment())
                .findFirst()
                .orElseThrow();
        LocalDate outer = Objects.requireNonNull(line.outerDue());
        LocalDate due = scene.today().plusDays(dice().between(2, 20));
        String name = line.assignment().unitName() + bureau;
        boolean twice =
                line.forwardings().stream().anyMatch(one -> one.innerUnit().equals(name));
        if (!line.mayForward() || !due.isBefore(outer) || twice) return Set.of();
        String number = line.assignment().caseNumber();
        scene.as(held.person(), () -> forwardings.forward(held.assignment(), name, due, "请提前三天报回。", held.person()));
        if (dice().chance(0.3))
            scene.later(scene.inWorkingDays(1, 10), bureau + " is relieved of " + number, () -> back(handling, name));
        return Set.of(number);
    }

    private Set<String> back(long handling, String name) {
        Held held = held(handling);
        if (held == null) return Set.of();
        InnerForwardings forwardings = scene.bean(InnerForwardings.class);
        List<Long> open = forwardings.of(held.person()).stream()
                .filter(one -> one.assignment().id() == held.assignment())
                .flatMap(one -> one.forwardings().stream())
                .filter(one -> one.innerUnit().equals(name))
                .map(one -> one.id())
                .toList();
        if (open.isEmpty()) return Set.of();
        scene.as(held.person(), () -> forwardings.takeBack(held.assignment(), open.get(0), held.person()));
        return Set.of(row(handling).number());
    }

    // ---- more time

    /** Some days before the day has come. */
    void perhapsMoreTime(Todo todo) {
        if (todo.due() == null || !dice().rare(0.15)) return;
        Row row = row(todo.row());
        if (!row.answers() || row.round() > 1) return;
        LocalDate asked = OfficialDays.day(todo.due()).minusDays(dice().between(2, 12));
        scene.later(scene.officeHour(asked), "asks for more time in " + todo.number(), () -> ask(row.id()));
    }

    private Set<String> ask(long handling) {
        Row row = row(handling);
        boolean open = !List.of("delivered", "opinionSent", "ended").contains(row.state());
        boolean asked = scene.count("select count(*) from proposal_extension where open_key = ?", handling) > 0;
        boolean rests = scene.count(
                        "select count(*) from casefile_suspension where case_number = ? and until is null",
                        row.number())
                > 0;
        List<Instant> due = scene.rows(
                "select d.due_at from calendar_deadline d join proposal_handling h on h.instance_id = d.instance_id"
                        + " where h.id = ? and d.rule_key = 'reply' and d.state = 'open'",
                (one, n) -> Objects.requireNonNull(Scene.instant(one, "due_at")),
                handling);
        List<String> people = scene.house().of(List.of(row.unit() + ".handler"));
        if (!open
                || asked
                || rests
                || !row.answers()
                || due.isEmpty()
                || people.isEmpty()
                || !scene.now().isBefore(due.get(0))) return Set.of();
        Instant start = scene.books().clock(row.number(), row.unit());
        if (start == null) return Set.of();
        Instant latest = scene.terms().due("replyExtended", start);
        LocalDate until = OfficialDays.day(due.get(0)).plusDays(dice().between(5, 40));
        if (OfficialDays.at(until, 18, 0).isAfter(latest)) until = OfficialDays.day(latest);
        if (!OfficialDays.at(until, 18, 0).isAfter(due.get(0))) return Set.of();
        LocalDate wanted = until;
        String person = people.get(0);
        scene.as(person, () -> scene.bean(Extensions.class).ask(handling, wanted, "需要省级部门批复后才能答复。", person));
        return Set.of(row.number());
    }

    @Nullable
    String approveMoreTime(Todo todo) {
        List<String> askers = scene.texts("select asked_by from proposal_extension where id = ?", todo.row());
        String person = scene.somebody(todo, askers);
        if (person == null) return null;
        return scene.answer(
                todo,
                person,
                dice().chance(0.85)
                        ? Map.of("requestVerdict", "approve")
                        : Map.of("requestVerdict", "refuse", "extensionOpinion", "应当按期答复。"));
    }

    @Nullable
    String decideMoreTime(Todo todo) {
        String person = scene.somebody(todo, List.of());
        if (person == null) return null;
        record Request(long handling, Instant wanted) {}
        Request request = scene.rows(
                        "select handling_id, due_wanted from proposal_extension where id = ?",
                        (row, n) -> new Request(
                                row.getLong("handling_id"), Objects.requireNonNull(Scene.instant(row, "due_wanted"))),
                        todo.row())
                .get(0);
        Instant present = scene.rows(
                        "select d.due_at from calendar_deadline d join proposal_handling h on h.instance_id ="
                                + " d.instance_id where h.id = ? and d.rule_key = 'reply' and d.state = 'open'",
                        (one, n) -> Objects.requireNonNull(Scene.instant(one, "due_at")),
                        request.handling())
                .get(0);
        boolean possible =
                request.wanted().isAfter(scene.now()) && request.wanted().isAfter(present);
        if (!possible || dice().chance(0.25)) {
            return scene.answer(todo, person, Map.of("extensionVerdict", "refuse", "extensionOpinion", "理由不充分，请按期答复。"));
        }
        String done = scene.answer(todo, person, Map.of("extensionVerdict", "grant"));
        scene.books().granted(request.handling(), request.wanted());
        return done;
    }
}
