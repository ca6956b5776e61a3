package org.banhao.whole.year;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseMeetings;
import org.banhao.casefile.domain.StoredMeetings;

/** Meetings as their secretary keeps them: the agenda, who came, the minutes, the end. What they decide is told elsewhere. */
final class Convening {

    private static final List<String> ENTITLED = List.of("甲大成", "乙守信", "丙文和", "丁立行", "戊明远", "己思齐", "庚有为", "辛从善", "壬知新");

    private static final String REPORT = "听取提案工作情况报告";

    private final Scene scene;

    Convening(Scene scene) {
        this.scene = scene;
    }

    private Dice dice() {
        return scene.dice();
    }

    private StoredMeetings meetings() {
        return scene.bean(StoredMeetings.class);
    }

    /** One that may decide from now on, and ends on a day to come. @return its id */
    long held(String kind, String name, String person) {
        return scene.beside(() -> {
            long[] id = new long[1];
            scene.as(person, () -> {
                id[0] = scene.bean(CaseMeetings.class).create(kind, name, scene.today(), person);
                meetings().planWaiting(id[0], person);
                if (dice().chance(0.3)) meetings().plan(id[0], null, REPORT, person);
                if (dice().chance(0.7)) came(id[0], kind, person);
            });
            scene.later(
                    scene.officeHour(scene.days().workingDay(scene.today(), dice().between(1, 4))),
                    "a meeting ends",
                    () -> ends(id[0], kind, person));
            return id[0];
        });
    }

    /** Too few now and then: what decides all the same says why, and what may not waits for those who are late. */
    private void came(long id, String kind, String person) {
        boolean few = dice().chance(0.2);
        boolean refuses = kind.equals("partyGroup");
        int half = ENTITLED.size() / 2;
        if (few && refuses) {
            attendance(id, dice().between(1, half), "", person);
            refused(id);
        }
        int present = few && !refuses ? dice().between(1, half) : dice().between(half + 1, ENTITLED.size());
        attendance(id, present, few ? "电话征得其他成员同意" : "", person);
    }

    private void attendance(long id, int present, String reason, String person) {
        String absent = IntStream.range(present, ENTITLED.size())
                .mapToObj(i -> ENTITLED.get(i) + " 出差")
                .collect(Collectors.joining("\n"));
        meetings().attendance(id, String.join("\n", ENTITLED.subList(0, present)), absent, "列席人", reason, person);
    }

    private void refused(long id) {
        try {
            scene.bean(CaseMeetings.class).deciding(id);
        } catch (Refusal tooFew) {
            return;
        }
        throw new AssertionError("Meeting " + id + " may decide though too few came");
    }

    private Set<String> ends(long id, String kind, String person) {
        String number = scene.texts("select case_number from casefile_meeting where id = ?", id)
                .get(0);
        scene.as(person, () -> {
            StoredMeetings.View view = meetings().view(id, person);
            if (view.people().isEmpty()) came(id, kind, person);
            for (StoredMeetings.Item item : view.agenda()) {
                if (item.decision() != null) continue;
                if (item.subject().equals(REPORT)) meetings().record(item.id(), "同意报告", null, person);
                else meetings().drop(item.id(), person);
            }
            meetings().minutes(id, "纪要.pdf", scene.paper(), person);
            meetings().close(id, person);
            List<Long> decided = meetings().view(id, person).agenda().stream()
                    .map(item ->
                            java.util.Objects.requireNonNull(item.decision()).id())
                    .toList();
            if (!decided.isEmpty() && dice().rare(0.05))
                meetings().correct(dice().one(decided), "原则同意", "漏记了“原则”。", person);
        });
        return Set.of(number);
    }
}
