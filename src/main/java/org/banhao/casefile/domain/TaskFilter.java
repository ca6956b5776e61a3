package org.banhao.casefile.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.banhao.people.Roles;

/** The lists at the left of Tasklist. Ids are constants: Tasklist keeps them in links and bookmarks. */
enum TaskFilter {
    WAITING("ba9a0000-0000-4000-8000-000000000001", "待办", "由我办理的，和等待签收的", "#1b4f8f", true, true, ""),
    TO_SIGN("ba9a0000-0000-4000-8000-000000000002", "待签收", "交到我的岗位、还没有人签收的", "#1b4f8f", false, true, ""),
    MINE("ba9a0000-0000-4000-8000-000000000003", "我的在办", "已由我签收、正在办理的", "#1b4f8f", true, false, ""),
    SOON(
            "ba9a0000-0000-4000-8000-000000000004",
            "7日内到期",
            "七日之内到期的待办",
            "#8a5300",
            true,
            true,
            " and due >= :now and due < :soon"),
    LATE("ba9a0000-0000-4000-8000-000000000005", "逾期", "已过时限的待办", "#b3261e", true, true, " and due < :now"),
    KEY("ba9a0000-0000-4000-8000-000000000006", "重点", "重点案件的待办", "#6a3d9a", true, true, " and important = true");

    /** Who works only on what is handed to him by name: nothing waits for a signature, no key cases to watch. */
    private static final Set<String> PROPOSERS =
            Set.of(Roles.MEMBER, Roles.ORGANIZATION_CONTACT, Roles.SECTOR_CONVENER);

    final String id;
    final String label;
    final String description;
    final String color;
    /** Shows what the person holds. */
    final boolean held;
    /** Shows what is offered to his groups and held by nobody. */
    final boolean offered;
    /** Narrows both further. */
    final String condition;

    TaskFilter(
            String id,
            String label,
            String description,
            String color,
            boolean held,
            boolean offered,
            String condition) {
        this.id = id;
        this.label = label;
        this.description = description;
        this.color = color;
        this.held = held;
        this.offered = offered;
        this.condition = condition;
    }

    static Optional<TaskFilter> of(String id) {
        return Arrays.stream(values()).filter(f -> f.id.equals(id)).findFirst();
    }

    /** The filters of somebody in these groups, in order. */
    static List<TaskFilter> of(List<String> groups) {
        return PROPOSERS.containsAll(groups) ? List.of(WAITING, MINE, SOON, LATE) : List.of(values());
    }

    /** People of a unit sign for their unit. */
    String label(List<String> groups) {
        return this == TO_SIGN && groups.stream().anyMatch(g -> g.contains(".")) ? "本单位待签收" : label;
    }
}
