package org.banhao.whole.year;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.banhao.people.Member;
import org.banhao.people.People;
import org.banhao.proposal.domain.Category;
import org.banhao.proposal.domain.DraftContent;
import org.banhao.proposal.domain.Drafts;
import org.banhao.proposal.domain.SessionAdministration;
import org.banhao.proposal.domain.Submission;

/** A mock session beside the real one: a few teams write, the committee reviews and numbers; nothing of it may count. */
final class Practising {

    static final String SESSION = "mn-year";

    private final Scene scene;
    private String organizer = "";

    Practising(Scene scene) {
        this.scene = scene;
    }

    private Dice dice() {
        return scene.dice();
    }

    /** Around the real closing hour, when most is counted. */
    void plan(LocalDate closing) {
        scene.beside(() -> {
            scene.later(scene.officeHour(closing.minusDays(dice().between(5, 40))), "a mock session opens", this::open);
            return closing;
        });
    }

    private Set<String> open() {
        Member chosen = dice().one(scene.house().members("organization", "party"));
        organizer = chosen.id();
        scene.as(
                House.CLERK,
                () -> scene.bean(SessionAdministration.class)
                        .addMock(
                                House.CLERK,
                                SESSION,
                                "青少年模拟提案竞赛",
                                scene.now().plus(Duration.ofDays(30)),
                                List.of(organizer)));
        int teams = dice().between(3, 6);
        for (int i = 1; i <= teams; i++) {
            String team = "第" + i + "队";
            scene.later(
                    scene.officeHour(scene.today().plusDays(dice().between(1, 27))),
                    "a team writes",
                    () -> write(team));
        }
        if (dice().chance(0.5)) {
            scene.later(scene.officeHour(scene.today().plusDays(28)), "the mock session closes", () -> {
                scene.as(
                        House.CLERK,
                        () -> scene.bean(SessionAdministration.class).closeMock(House.CLERK, SESSION));
                return Set.of();
            });
        }
        return Set.of("-");
    }

    private String contact() {
        return scene.bean(People.class).member(organizer).map(Member::personId).orElseThrow();
    }

    private Set<String> write(String team) {
        String contact = contact();
        boolean open = scene.count(
                        "select count(*) from proposal_session where id = ? and mock_closed_at is null and closes_at >= ?",
                        SESSION,
                        java.sql.Timestamp.from(scene.now()))
                > 0;
        if (!open) return Set.of();
        Drafts drafts = scene.bean(Drafts.class);
        String[] number = new String[1];
        scene.as(contact, () -> {
            number[0] = drafts.beginMock(contact, SESSION, organizer, team);
            drafts.save(
                    number[0],
                    contact,
                    1,
                    DraftContent.of(
                            "关于校园周边环境的提案之" + team,
                            "现状摘自走访记录。",
                            "缺少统一的办法。",
                            List.of("配齐设施。"),
                            dice().one(List.of(Category.values()))));
            scene.bean(Submission.class).handIn(number[0], contact);
        });
        String mock = number[0];
        if (dice().chance(0.15)) {
            scene.later(scene.inWorkingDays(0, 6), "withdraw " + mock, () -> withdraw(mock));
        }
        return Set.of(mock);
    }

    private Set<String> withdraw(String number) {
        boolean possible = scene.count(
                        "select count(*) from proposal_proposal where case_number = ? and verdict is null and withdrawn_at"
                                + " is null",
                        number)
                > 0;
        if (!possible) return Set.of();
        String contact = contact();
        scene.as(contact, () -> scene.bean(Submission.class).withdraw(number, contact, "队伍退出。"));
        return Set.of(number);
    }
}
