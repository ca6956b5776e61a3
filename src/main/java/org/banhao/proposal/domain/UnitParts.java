package org.banhao.proposal.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.banhao.casefile.CaseFacts;
import org.jspecify.annotations.Nullable;

/**
 * What the later stages know of units for lists of cases: a unit is in the list when assignment says so, the others add how far it has
 * come. What a later stage says of a class counts more.
 */
public final class UnitParts {

    private final Map<String, Map<String, Part>> parts = new HashMap<>();
    private final Map<String, List<String>> supervision = new HashMap<>();

    UnitParts() {}

    /** One unit in one case; fields that nobody sets stay empty. */
    public static final class Part {
        private final String unitId;
        private @Nullable String unitName;
        private String role = "";
        private boolean owes;
        private @Nullable Instant sent;
        private String assignmentState = "";
        private @Nullable String assignmentInstance;
        private @Nullable String state;
        private @Nullable String instance;
        private @Nullable Instant answered;
        private @Nullable String resultClass;
        private @Nullable String resultClassName;
        private String presentClass = "";
        private String lookBack = "";

        private Part(String unitId) {
            this.unitId = unitId;
        }

        /** The unit holds this part of the case. */
        public void assigned(
                String name,
                String roleName,
                boolean owesReply,
                @Nullable Instant at,
                String stateName,
                @Nullable String instanceId) {
            unitName = name;
            role = roleName;
            owes = owesReply;
            sent = at;
            assignmentState = stateName;
            assignmentInstance = instanceId;
        }

        /** @param instanceId null: it owes nothing any more */
        public void handled(String stateName, @Nullable String instanceId, @Nullable Instant answeredAt) {
            state = stateName;
            instance = instanceId;
            answered = answeredAt;
        }

        public void result(String code, String name) {
            resultClass = code;
            resultClassName = name;
        }

        /** 现办理结果, in words. */
        public void present(String line) {
            presentClass = line;
        }

        public void lookBack(String line) {
            lookBack = line;
        }

        private CaseFacts.UnitPart fact(Map<String, Integer> orders) {
            String stateName = state;
            return new CaseFacts.UnitPart(
                    unitId,
                    String.valueOf(unitName),
                    orders.getOrDefault(unitId, Integer.MAX_VALUE),
                    role,
                    stateName == null ? assignmentState : stateName,
                    stateName == null ? assignmentInstance : instance,
                    sent,
                    answered,
                    owes,
                    resultClass,
                    resultClassName,
                    presentClass,
                    lookBack);
        }
    }

    public Part of(String caseNumber, String unitId) {
        return parts.computeIfAbsent(caseNumber, number -> new LinkedHashMap<>())
                .computeIfAbsent(unitId, Part::new);
    }

    /** Who leads and supervises the case, as one line. */
    public void supervised(String caseNumber, String line) {
        supervision.computeIfAbsent(caseNumber, number -> new ArrayList<>()).add(line);
    }

    String supervision(String caseNumber) {
        return String.join("；", supervision.getOrDefault(caseNumber, List.of()));
    }

    /** @param orders unit → place in protocol */
    List<CaseFacts.UnitPart> of(String caseNumber, Map<String, Integer> orders) {
        return parts.getOrDefault(caseNumber, Map.of()).values().stream()
                .filter(part -> part.unitName != null)
                .map(part -> part.fact(orders))
                .toList();
    }
}
