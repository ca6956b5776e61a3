package org.banhao.people.domain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.people.Unit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The use cases of units. Ids are for ever, names change: records keep the name of their day. A unit that is closed is
 * no longer offered; the people in its groups go on with what they have.
 */
@Service
@Transactional
public class Units {

    /** As statistics are split. Source: 提案办理工作按党委、政府、法检、群团、县区、中省驻长单位分别统计. */
    public static final List<String> SYSTEMS = List.of("党委", "政府", "法检", "群团", "县区", "中省驻长单位");

    private static final int LONGEST_NAME = 50;

    private final PersonRows rows;
    private final Accounts accounts;
    private final Audit audit;

    Units(PersonRows rows, Accounts accounts, Audit audit) {
        this.rows = rows;
        this.accounts = accounts;
        this.audit = audit;
    }

    /**
     * @param place 1, 2, 3 … among all, in protocol order
     * @param people names of those in its groups, with their roles
     */
    public record Line(Unit unit, int place, List<String> people) {}

    /** Closed ones too, in protocol order. */
    @Transactional(readOnly = true)
    public List<Line> all() {
        Map<String, Map<String, Set<String>>> inUnits = new LinkedHashMap<>();
        rows.inUnits()
                .forEach(i -> inUnits.computeIfAbsent(i.unitId(), id -> new LinkedHashMap<>())
                        .computeIfAbsent(i.name() + " " + i.personId(), n -> new LinkedHashSet<>())
                        .add(role(i.groupId())));
        List<Line> lines = new ArrayList<>();
        for (Unit unit : rows.allUnits()) {
            List<String> people = inUnits.getOrDefault(unit.id(), Map.of()).entrySet().stream()
                    .map(e -> e.getKey().substring(0, e.getKey().indexOf(' ')) + "（" + String.join("、", e.getValue())
                            + "）")
                    .toList();
            lines.add(new Line(unit, lines.size() + 1, people));
        }
        return lines;
    }

    /** At the end of the protocol order, with its five groups. */
    public void add(String id, String name, String system) {
        rows.lockUnits();
        List<Unit> all = rows.allUnits();
        int last = all.isEmpty() ? 0 : all.get(all.size() - 1).order();
        accounts.addUnit(new Unit(id.strip(), name("", name, all), system(system), last + 1, true));
    }

    /** Its groups are named after it. */
    public void change(String id, String name, String system) {
        rows.lockUnits();
        Unit unit = existing(id);
        String next = name(id, name, rows.allUnits());
        rows.changeUnit(new Unit(id, next, system(system), unit.order(), unit.active()));
        if (!next.equals(unit.name())) {
            for (String group : rows.unitGroups(id)) rows.renameGroup(group, next + "·" + role(group));
        }
        audit.record("people.changeUnit", null, id + "：" + unit.name() + " → " + next);
    }

    /** @param place 1 is the first; beyond the last is the last */
    public void move(String id, int place) {
        rows.lockUnits();
        existing(id);
        if (place < 1) throw new Refusal("place", "「排位」请填写1以上的整数。");
        List<Unit> all = new ArrayList<>(rows.allUnits());
        Unit moved = all.stream().filter(u -> u.id().equals(id)).findFirst().orElseThrow();
        all.remove(moved);
        all.add(Math.min(place - 1, all.size()), moved);
        for (int i = 0; i < all.size(); i++) {
            Unit u = all.get(i);
            if (u.order() != i + 1) rows.changeUnit(new Unit(u.id(), u.name(), u.system(), i + 1, u.active()));
        }
        audit.record("people.moveUnit", null, id + "，第" + (all.indexOf(moved) + 1) + "位");
    }

    public void close(String id) {
        active(id, false, "已经停用，无需重复操作");
        audit.record("people.closeUnit", null, id);
    }

    public void reopen(String id) {
        active(id, true, "正在使用，无需恢复");
        audit.record("people.reopenUnit", null, id);
    }

    private void active(String id, boolean active, String already) {
        rows.lockUnits();
        Unit unit = existing(id);
        if (unit.active() == active) throw new Refusal("「" + unit.name() + "」" + already + "，请刷新页面查看。");
        if (active) name(id, unit.name(), rows.allUnits());
        rows.changeUnit(new Unit(id, unit.name(), unit.system(), unit.order(), active));
    }

    private Unit existing(String id) {
        return rows.unit(id).orElseThrow(() -> new Refusal("没有这个单位，请刷新页面后再试。"));
    }

    /** Two open units of one name could not be told apart in a list. */
    private static String name(String id, String typed, List<Unit> all) {
        String name = Accounts.text("name", "单位名称", typed, LONGEST_NAME);
        boolean taken = all.stream().anyMatch(u -> u.active() && u.name().equals(name) && !u.id().equals(id));
        if (taken) throw new Refusal("name", "已有名为「" + name + "」的单位，请核对。");
        return name;
    }

    private static String system(String typed) {
        if (!SYSTEMS.contains(typed)) throw new Refusal("system", "「所属系统」不在可选范围内，请重新选择。");
        return typed;
    }

    private static String role(String groupId) {
        return UnitRoles.name(groupId.substring(groupId.indexOf('.') + 1));
    }
}
