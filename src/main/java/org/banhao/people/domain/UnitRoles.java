package org.banhao.people.domain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Roles in a unit: second part of the group ids {@code <unit>.<role>}. */
final class UnitRoles {

    /** What every handling unit has. */
    static final List<String> COMMON = List.of("liaison", "handler", "checker", "deputy", "head");

    private static final Map<String, String> NAMES = names();

    private UnitRoles() {}

    static String name(String role) {
        String name = NAMES.get(role);
        if (name == null) throw new IllegalArgumentException("Unknown role in a unit: " + role);
        return name;
    }

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("liaison", "联络员");
        names.put("handler", "经办人");
        names.put("checker", "核稿人");
        names.put("deputy", "分管领导");
        names.put("head", "主要负责人");
        names.put("duty-officer", "值班员");
        names.put("command-lead", "指挥中心负责人");
        names.put("data-engineer", "监控数据员");
        names.put("brigade-leader", "执法大队长");
        names.put("enforcement-officer", "执法人员");
        names.put("sampling-staff", "采样人员");
        names.put("legal-reviewer", "法制审核人员");
        names.put("case-panel-secretary", "案审会秘书");
        names.put("hearing-host", "听证主持人");
        names.put("branch-deputy", "分管副局长");
        names.put("branch-head", "分局局长");
        names.put("case-clerk", "案件内勤");
        names.put("emission-tester", "尾气检测员");
        return names;
    }
}
