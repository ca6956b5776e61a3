package org.banhao.whole.year;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.banhao.proposal.domain.Category;
import org.banhao.proposal.domain.Sessions;
import org.banhao.proposal.domain.solicitation.Solicitations;
import org.banhao.proposal.domain.solicitation.Topic;
import org.banhao.proposal.domain.solicitation.Topics;
import org.jspecify.annotations.Nullable;

/** 征集: topics, the call and who agrees to it, reminders to those who have not submitted, the summary. Its closing hour is a timer. */
final class Soliciting {

    private final Scene scene;

    Soliciting(Scene scene) {
        this.scene = scene;
    }

    private Dice dice() {
        return scene.dice();
    }

    private String session() {
        return scene.bean(Sessions.class).current().id();
    }

    void plan(LocalDate first, LocalDate closing) {
        scene.beside(() -> {
            scene.later(scene.officeHour(first.plusDays(dice().between(0, 3))), "the solicitation begins", this::begin);
            for (int i = 0; i < 4; i++) {
                scene.later(
                        scene.officeHour(closing.minusDays(dice().between(1, 45))),
                        "who has not submitted is reminded",
                        this::remind);
            }
            if (dice().chance(0.5)) {
                scene.later(
                        scene.officeHour(closing.minusDays(dice().between(1, 30))),
                        "another base of the rate is set",
                        this::base);
            }
            return first;
        });
    }

    private Set<String> begin() {
        Topics topics = scene.bean(Topics.class);
        String[] number = new String[1];
        scene.as(House.CLERK, () -> {
            int many = dice().between(3, 8);
            for (int i = 1; i <= many; i++) {
                Category category = dice().chance(0.7) ? dice().one(List.of(Category.values())) : null;
                topics.add(session(), "参考选题之" + i, i % 2 == 0 ? "市发展和改革委员会" : "提案线索", category, "", House.CLERK);
            }
            number[0] = scene.bean(Solicitations.class).begin(session(), House.CLERK);
        });
        return Set.of(number[0]);
    }

    @Nullable
    String prepare(Todo todo) {
        String person = scene.somebody(todo, List.of());
        if (person == null) return null;
        return scene.answer(todo, person, Map.of("callText", "现征集本届次提案，请于截止以前提交。"));
    }

    @Nullable
    String approve(Todo todo) {
        String person = scene.somebody(todo, List.of());
        if (person == null) return null;
        boolean back = scene.count(
                                "select count(*) from proposal_solicitation where case_number = ? and call_opinion = ''",
                                todo.number())
                        > 0
                && dice().chance(0.3);
        return scene.answer(
                todo,
                person,
                back ? Map.of("callVerdict", "return", "callOpinion", "请写明联系电话。") : Map.of("callVerdict", "approve"));
    }

    @Nullable
    String summarize(Todo todo) {
        String person = scene.somebody(todo, List.of());
        if (person == null) return null;
        return scene.answer(todo, person, Map.of("summaryText", "本届次征集工作已经完成。"));
    }

    /** Some drafts answer a topic, as soon as the call shows them. */
    void answer(String draft, String writer) {
        scene.beside(() -> {
            Topics topics = scene.bean(Topics.class);
            List<Topic> visible = topics.visible();
            if (visible.isEmpty() || dice().chance(0.5)) return draft;
            long topic = dice().one(visible).id();
            scene.as(writer, () -> topics.choose(draft, topic, writer));
            scene.books().answers(draft, topic);
            return draft;
        });
    }

    /** Exactly those hear it who are in office and neither proposed nor signed. */
    private Set<String> remind() {
        String session = session();
        List<String> calling = scene.texts(
                "select case_number from proposal_solicitation where session_id = ? and state = 'calling' and"
                        + " (reminded_on is null or reminded_on < ?)",
                session,
                scene.today());
        Set<String> missing = new TreeSet<>(scene.texts(
                "select person_id from people_member m where (in_office_until is null or in_office_until >= ?) and"
                        + " (in_office_since is null or in_office_since <= ?) and not exists (select 1 from"
                        + " proposal_signature s join proposal_proposal p on p.case_number = s.case_number where"
                        + " s.member_id = m.id and s.state = 'confirmed' and p.session_id = ? and p.handed_in_at is not"
                        + " null and p.withdrawn_at is null)",
                scene.today(),
                scene.today(),
                session));
        if (calling.isEmpty() || missing.isEmpty()) return Set.of();
        long last = scene.count("select coalesce(max(id), 0) from notice_outbox");
        scene.as(House.CLERK, () -> scene.bean(Solicitations.class).remind(session, House.CLERK));
        Set<String> told = new TreeSet<>(scene.texts(
                "select distinct person_id from notice_outbox where id > ? and template = 'solicitationReminder'",
                last));
        if (!told.equals(missing)) throw new AssertionError("Reminded " + told + ", who has not submitted: " + missing);
        return Set.copyOf(calling);
    }

    private Set<String> base() {
        List<String> open = scene.texts(
                "select case_number from proposal_solicitation where session_id = ? and state <> 'summarized'",
                session());
        if (open.isEmpty()) return Set.of();
        scene.as(
                House.CLERK, () -> scene.bean(Solicitations.class).denominator(session(), 355, "开幕日应到委员", House.CLERK));
        return Set.copyOf(open);
    }
}
