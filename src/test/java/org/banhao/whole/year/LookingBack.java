package org.banhao.whole.year;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.banhao.proposal.domain.Sessions;
import org.banhao.proposal.domain.revisit.ProposerWord;
import org.banhao.proposal.domain.revisit.Revisits;
import org.jspecify.annotations.Nullable;

/** 回头看: the unit reports, proposers say what they see, the committee checks and presses. */
final class LookingBack {

    private final Scene scene;

    LookingBack(Scene scene) {
        this.scene = scene;
    }

    private Dice dice() {
        return scene.dice();
    }

    @Nullable
    String report(Todo todo) {
        String person = scene.somebody(todo, List.of());
        if (person == null) return null;
        long items = scene.count("select count(*) from proposal_revisit_item where revisit_id = ?", todo.row());
        List<Map<String, Object>> rows = new ArrayList<>();
        boolean kept = false;
        for (int i = 0; i < items; i++) {
            String result = dice().weighted(
                            Map.entry("kept", 0.6),
                            Map.entry("partly", 0.2),
                            Map.entry("notKept", 0.15),
                            Map.entry("lapsed", 0.05));
            kept |= result.equals("kept") || result.equals("partly");
            rows.add(Map.of("itemResult", result, "itemReason", "经费下半年到位，明年建成。", "itemFigures", "长政办发〔2027〕3号"));
        }
        Map<String, Object> values = new HashMap<>();
        values.put("items", rows);
        values.put("reportText", "管理办法已经印发，设施正在建设。");
        values.put("proposedClass", dice().one(List.of("A", "B", "C")));
        if (kept) values.put("evidence", List.of(scene.upload(todo, person)));
        String done = scene.answer(todo, person, values);
        if (dice().chance(0.3)) {
            String proposer = scene.texts(
                            "select proposer_person from proposal_proposal where case_number = ?", todo.number())
                    .get(0);
            scene.later(
                    scene.inWorkingDays(0, 2),
                    "says a word on the look-back of " + todo.number(),
                    () -> word(todo, proposer));
        }
        return done;
    }

    private Set<String> word(Todo todo, String proposer) {
        boolean checking =
                scene.count("select count(*) from proposal_revisit where id = ? and state = 'checking'", todo.row())
                        > 0;
        if (!checking) return Set.of();
        scene.as(
                proposer, () -> scene.bean(Revisits.class).word(todo.row(), ProposerWord.PARTLY, "公园还没有开工。", proposer));
        return Set.of(todo.number());
    }

    @Nullable
    String check(Todo todo) {
        String person = scene.somebody(todo, List.of());
        if (person == null) return null;
        if (dice().chance(0.08)) {
            return scene.answer(todo, person, Map.of("checkVerdict", "return", "checkOpinion", "请补充设施清单。"));
        }
        boolean whole = scene.count(
                        "select count(*) from proposal_revisit_item where revisit_id = ? and result in ('partly',"
                                + " 'notKept')",
                        todo.row())
                == 0;
        String outcome = whole
                ? dice().weighted(Map.entry("kept", 0.85), Map.entry("partly", 0.1), Map.entry("notKept", 0.05))
                : dice().weighted(Map.entry("partly", 0.7), Map.entry("notKept", 0.3));
        Map<String, Object> values = new HashMap<>();
        values.put("checkVerdict", "accept");
        values.put("outcome", outcome);
        values.put("acceptedClass", dice().one(List.of("A", "B", "C")));
        if (outcome.equals("partly"))
            values.put("nextOn", scene.today().plusDays(dice().between(60, 250)).toString());
        return scene.answer(todo, person, values);
    }

    @Nullable
    String escalate(Todo todo) {
        String person = scene.somebody(todo, List.of());
        if (person == null) return null;
        return scene.answer(
                todo,
                person,
                Map.of(
                        "escalation",
                        dice().one(List.of("director", "chair")),
                        "nextOn",
                        scene.today().plusDays(dice().between(60, 200)).toString(),
                        "escalationOpinion",
                        "请年底前落实。"));
    }

    /** A yearly round over what is B or C at this moment. */
    Set<String> round() {
        Revisits revisits = scene.bean(Revisits.class);
        String session = scene.bean(Sessions.class).current().id();
        List<Revisits.Candidate> all = revisits.preview(session, List.of("B", "C"), House.CLERK).stream()
                .filter(one -> one.hindrance().isEmpty())
                .toList();
        List<Revisits.Candidate> chosen = dice().some(all, 6);
        if (chosen.isEmpty()) return Set.of();
        scene.as(
                House.CLERK,
                () -> revisits.beginRound(
                        session,
                        "2026年B、C类提案回头看",
                        chosen.stream().map(Revisits.Candidate::handlingId).toList(),
                        House.CLERK));
        return Set.copyOf(chosen.stream().map(Revisits.Candidate::caseNumber).toList());
    }
}
