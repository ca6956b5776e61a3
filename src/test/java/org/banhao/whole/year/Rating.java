package org.banhao.whole.year;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.banhao.proposal.domain.feedback.ProposerFeedback;
import org.banhao.proposal.domain.handling.ConsultationKind;
import org.banhao.proposal.domain.handling.ConsultationStage;
import org.jspecify.annotations.Nullable;

/** What proposers think of the replies, and what the committee does about it. */
final class Rating {

    private final Scene scene;
    private final UnitsAtWork units;

    Rating(Scene scene, UnitsAtWork units) {
        this.scene = scene;
        this.units = units;
    }

    private Dice dice() {
        return scene.dice();
    }

    record Row(long id, String number, String lead, long handling, String person, String unit, int round) {}

    private Row row(long id) {
        return scene.rows(
                        "select f.*, h.case_number as lead_number, h.unit_id from proposal_feedback f"
                                + " join proposal_handling h on h.id = f.handling_id where f.id = ?",
                        (row, n) -> new Row(
                                row.getLong("id"),
                                row.getString("case_number"),
                                row.getString("lead_number"),
                                row.getLong("handling_id"),
                                row.getString("person_id"),
                                row.getString("unit_id"),
                                row.getInt("round")),
                        id)
                .get(0);
    }

    /** He himself, or the clerk for him, from paper or a call. */
    @Nullable
    String give(Todo todo) {
        Row row = row(todo.row());
        String result = dice().weighted(
                        Map.entry("satisfied", 0.58),
                        Map.entry("basicallySatisfied", 0.22),
                        Map.entry("dissatisfied", row.round() > 1 ? 0.35 : 0.2));
        String person = todo.assignee();
        boolean himself = person != null && scene.house().active(person) && dice().chance(0.88);
        boolean paper = !himself && dice().chance(0.5);
        ProposerFeedback.Typed typed = new ProposerFeedback.Typed(
                "satisfied",
                result,
                "no",
                null,
                "yes",
                result.equals("dissatisfied") ? "第二条没有说什么时候办。" : "",
                himself ? null : scene.today());
        ProposerFeedback feedback = scene.bean(ProposerFeedback.class);
        if (himself && person != null) {
            scene.as(person, () -> feedback.give(row.id(), typed, person));
            scene.books().answered(todo, person, java.util.Set.of("result"));
            return person + " rates " + result;
        }
        ProposerFeedback.Upload scan = paper
                ? new ProposerFeedback.Upload(
                        "反馈表.pdf",
                        new ByteArrayInputStream(
                                "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
                                        .getBytes(StandardCharsets.US_ASCII)))
                : null;
        scene.as(
                House.CLERK,
                () -> feedback.enterFor(row.id(), typed, paper ? "paper" : "telephone", scan, House.CLERK));
        scene.books().answered(todo, House.CLERK, java.util.Set.of("result"));
        return House.CLERK + " enters " + result + " for " + row.person();
    }

    @Nullable
    String examine(Todo todo) {
        Row row = row(todo.row());
        String person = scene.somebody(todo, List.of());
        if (person == null) return null;
        // not while another unit still owes its reply, and once only
        boolean answered = List.of("replied", "secondHandling", "closed").contains(scene.status(row.lead()));
        boolean done = scene.count(
                        "select count(*) from proposal_handling h join proposal_handling one on one.assignment_id ="
                                + " h.assignment_id where one.id = ? and h.round = 2 and h.state in ('delivered',"
                                + " 'ended')",
                        row.handling())
                > 0;
        boolean holds = scene.count(
                        "select count(*) from proposal_handling h join proposal_assignment a on a.id = h.assignment_id"
                                + " where h.id = ? and h.state = 'delivered' and a.state in ('accepted', 'deemedAccepted',"
                                + " 'kept')",
                        row.handling())
                > 0;
        if (!answered && dice().chance(0.7)) return null;
        boolean again = answered && !done && holds && dice().chance(0.75);
        return scene.answer(
                todo, person, Map.of("examination", again ? "rehandle" : "leave", "examinationNote", "已经核实，理由见上。"));
    }

    @Nullable
    String mediate(Todo todo) {
        Row row = row(todo.row());
        String person = scene.somebody(todo, List.of());
        if (person == null) return null;
        units.enter(
                List.of(row.lead()),
                List.of(row.unit()),
                dice().chance(0.5) ? ConsultationKind.FACE_TO_FACE : ConsultationKind.SUPERVISION,
                ConsultationStage.AFTER,
                person,
                true);
        return scene.answer(
                todo,
                person,
                Map.of(
                        "outcome",
                        dice().one(List.of("understood", "stillDissatisfied", "followUp")),
                        "outcomeNote",
                        "双方交换了意见。"));
    }
}
