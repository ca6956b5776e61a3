package org.banhao.whole.year;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.banhao.proposal.domain.NumberOrder;
import org.banhao.proposal.domain.Registration;
import org.jspecify.annotations.Nullable;

/** The committee's three levels of review, the revision that is asked for, and the file numbers. */
final class Reviewing {

    private static final List<String> GROUNDS = List.of("academic", "personal", "promotion", "hollow", "outsideLocal");
    private static final List<String> DEFECTS = List.of("severalMatters", "noAnalysis", "noSuggestion", "eligibility");

    private final Scene scene;
    private final Proposing proposing;
    private final Convening convening;
    private long meeting;
    private String meetingDay = "";

    Reviewing(Scene scene, Proposing proposing, Convening convening) {
        this.scene = scene;
        this.proposing = proposing;
        this.convening = convening;
    }

    private Dice dice() {
        return scene.dice();
    }

    private String usual() {
        return dice().weighted(
                        Map.entry("file", 0.77),
                        Map.entry("merge", 0.09),
                        Map.entry("convert", 0.05),
                        Map.entry("notFile", 0.04),
                        Map.entry("return", 0.05));
    }

    /** A verdict with what it needs. @param before verdict of the level before */
    private Map<String, Object> verdict(String number, String key, @Nullable String before) {
        String verdict = before == null || dice().rare(0.06) ? usual() : before;
        boolean leads = proposing.leads(number);
        boolean ends = key.equals("finalVerdict")
                ? !verdict.equals("file")
                : verdict.equals("return") || verdict.equals("merge");
        if (leads && ends) verdict = "file";
        // 模拟提案各自评审
        String lead = verdict.equals("merge") && !Scene.mock(number) ? lead(number) : null;
        if (verdict.equals("merge") && lead == null) verdict = "file";
        Map<String, Object> values = new HashMap<>();
        values.put(key, verdict);
        switch (verdict) {
            case "merge" -> values.put("leadCase", lead);
            case "notFile" -> values.put("ground", dice().one(GROUNDS));
            case "convert" ->
                values.put("destination", dice().one(List.of("suggestion", "publicOpinion", "reference")));
            case "return" -> values.put("defects", dice().some(DEFECTS, dice().between(1, 2)));
            default -> {}
        }
        return values;
    }

    private @Nullable String lead(String number) {
        List<String> leads = scene.texts(
                "select p.case_number from proposal_proposal p join casefile_case c on c.number = p.case_number where"
                        + " p.submitted_at is not null and p.withdrawn_at is null and (p.verdict is null or p.verdict ="
                        + " 'file') and p.session_id = (select session_id from proposal_proposal where case_number = ?)"
                        + " and p.case_number <> ? and c.status not in ('replied', 'secondHandling', 'closed') and not"
                        + " exists (select 1 from proposal_handling h where h.case_number = p.case_number and h.state ="
                        + " 'delivered') order by p.case_number",
                number,
                number);
        return leads.isEmpty() ? null : dice().one(leads);
    }

    private List<String> proposers(String number) {
        List<String> all = new ArrayList<>(scene.texts(
                "select person_id from proposal_signature where case_number = ? and state = 'confirmed'", number));
        all.addAll(scene.texts("select proposer_person from proposal_proposal where case_number = ?", number));
        return all;
    }

    private @Nullable String last(String number, String level) {
        List<String> verdicts = scene.texts(
                "select verdict from proposal_review r where case_number = ? and level = ? and round = (select"
                        + " review_round from proposal_proposal where case_number = r.case_number) order by id desc",
                number,
                level);
        return verdicts.isEmpty() ? null : verdicts.get(0);
    }

    @Nullable
    String first(Todo todo) {
        String person = scene.somebody(todo, proposers(todo.number()));
        if (person == null) return null;
        Map<String, Object> values = verdict(todo.number(), "firstVerdict", null);
        classified(values, "firstVerdict");
        return scene.answer(todo, person, values);
    }

    private void classified(Map<String, Object> values, String key) {
        Object verdict = values.get(key);
        if ("return".equals(verdict) || "notFile".equals(verdict)) return;
        values.put("category", dice().one(List.of("economy", "politics", "culture", "society", "ecology")));
        if (dice().chance(0.6))
            values.put("suggestedUnits", dice().some(scene.house().units(), dice().between(1, 2)));
    }

    @Nullable
    String second(Todo todo) {
        List<String> not = proposers(todo.number());
        not.addAll(scene.texts(
                "select reviewer from proposal_review r where case_number = ? and level = 'first' and round = (select"
                        + " review_round from proposal_proposal where case_number = r.case_number)",
                todo.number()));
        String person = scene.somebody(todo, not);
        if (person == null) return null;
        Map<String, Object> values = verdict(todo.number(), "secondVerdict", last(todo.number(), "first"));
        values.put("secondOpinion", "结论依据提案内容和职责分工。");
        classified(values, "secondVerdict");
        if (values.containsKey("category") && dice().chance(0.15)) values.put("keyCandidate", true);
        return scene.answer(todo, person, values);
    }

    @Nullable
    String inMeeting(Todo todo) {
        String person = scene.somebody(todo, List.of());
        if (person == null) return null;
        Map<String, Object> values = verdict(todo.number(), "finalVerdict", last(todo.number(), "second"));
        values.put("meeting", String.valueOf(meeting()));
        return decided(todo, person, values);
    }

    /** One a day at most. */
    private long meeting() {
        String today = scene.today().toString();
        if (!today.equals(meetingDay)) {
            meetingDay = today;
            meeting = convening.held("committee", "提案委员会" + today + "会议", House.SECRETARY);
        }
        return meeting;
    }

    @Nullable
    String byDirector(Todo todo) {
        String person = scene.somebody(todo, proposers(todo.number()));
        if (person == null) return null;
        Map<String, Object> values = verdict(todo.number(), "finalVerdict", last(todo.number(), "second"));
        values.put("decisionText", "审定意见见上。");
        return decided(todo, person, values);
    }

    private String decided(Todo todo, String person, Map<String, Object> values) {
        String done = scene.answer(todo, person, values);
        if ("merge".equals(values.get("finalVerdict"))) proposing.merged(todo.number());
        return done;
    }

    /** By itself, or with everything that waits for a number. */
    @Nullable
    String number(Todo todo) {
        String person = scene.somebody(todo, List.of());
        if (person == null) return null;
        Registration registration = scene.bean(Registration.class);
        // 模拟提案 have a series of their own, dealt one by one
        if (Scene.mock(todo.number())) return scene.answer(todo, person, Map.of("numberConfirmed", true));
        boolean held = todo.assignee() != null;
        boolean resting = scene.count("select count(*) from casefile_suspension where until is null") > 0;
        if (!held && !resting && dice().chance(0.3)) {
            NumberOrder order = dice().one(List.of(NumberOrder.values()));
            List<String> numbers = registration.preview(order).stream()
                    .map(Registration.Line::caseNumber)
                    .toList();
            if (numbers.contains(todo.number())) {
                scene.as(person, () -> registration.numberAll(order, numbers, person));
                return person + " numbers " + numbers;
            }
        }
        String done = scene.answer(todo, person, Map.of("numberConfirmed", true));
        boolean published =
                scene.bean(org.banhao.proposal.domain.Sessions.class).current().published();
        if (!published && dice().chance(0.1)) {
            scene.as(House.CLERK, () -> registration.renumber(dice().one(List.of(NumberOrder.values())), House.CLERK));
            done += ", deals the numbers again";
        }
        return done;
    }

    @Nullable
    String revise(Todo todo) {
        String person = scene.somebody(todo, List.of());
        if (person == null) return null;
        Map<String, Object> values = new HashMap<>();
        values.put("title", "关于修改以后重新提交的提案之" + todo.number().substring(8));
        values.put("situation", "现状补充了数据。");
        values.put("analysis", "原因分析已经补充。");
        int many = dice().between(1, 3);
        List<Map<String, Object>> suggestions = new ArrayList<>();
        for (int i = 1; i <= many; i++) suggestions.add(Map.of("text", "修改后的建议之" + i + "。"));
        values.put("suggestions", suggestions);
        values.put("changeNote", "按退回意见修改。");
        values.put("noSecret", true);
        return scene.answer(todo, person, values);
    }
}
