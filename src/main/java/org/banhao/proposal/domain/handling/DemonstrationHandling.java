package org.banhao.proposal.domain.handling;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.banhao.base.ChineseTime;
import org.banhao.people.Person;
import org.banhao.people.Roles;
import org.banhao.proposal.domain.Consent;
import org.banhao.proposal.domain.DemonstrationFiled;
import org.banhao.proposal.domain.DemonstrationHands;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Brings proposals of the demonstration through assignment and handling, so that the desks of a bureau are not empty on the first day. */
@Component
class DemonstrationHandling {

    private static final String OFFICE = Roles.GOVERNMENT_OFFICE_ASSIGNER;
    /** Of the two leaders of assigning offices the one of that office. */
    private static final String GOVERNMENT_LEADER = "you-haichuan";

    private final DemonstrationHands hands;
    private final Consultations consultations;
    private final Handlings handlings;
    private final Clock clock;

    DemonstrationHandling(DemonstrationHands hands, Consultations consultations, Handlings handlings, Clock clock) {
        this.hands = hands;
        this.consultations = consultations;
        this.handlings = handlings;
        this.clock = clock;
    }

    @EventListener
    @Order(1)
    void filed(DemonstrationFiled filed) {
        String number = filed.number();
        hands.answer(number, OFFICE, plan(filed));
        if (filed.stage().equals("assigned")) return;
        if (filed.stage().equals("reassigned")) {
            givenBack(filed);
            return;
        }

        List<String> units = holding(filed);
        units.forEach(unit -> hands.answer(number, unit + ".liaison", Map.of("unitAnswer", "accept")));
        if (filed.stage().equals("accepted")) return;

        for (String unit : units) {
            DemonstrationFiled.Words words = filed.words().get(unit);
            if (words == null) continue;
            hands.answer(number, unit + ".liaison", Map.of("section", words.section()));
            hands.answer(number, unit + ".handler", Map.of("handlingNote", words.note()));
            if (words.coOpinion() == null) {
                Person handler = hands.one(unit + ".handler");
                String visited = words.visited();
                if (visited != null)
                    DemonstrationHands.as(
                            handler, () -> consulted(number, unit, words, ConsultationKind.RESEARCH, visited, handler));
                String place = Objects.requireNonNull(words.place());
                DemonstrationHands.as(
                        handler, () -> consulted(number, unit, words, ConsultationKind.FACE_TO_FACE, place, handler));
            } else {
                opinion(number, unit, words);
            }
        }
        if (filed.stage().equals("drafting")) return;

        String unit = units.get(0);
        DemonstrationFiled.Words words = Objects.requireNonNull(filed.words().get(unit), unit);
        if (units.size() > 1 && !separate(filed)) {
            hands.answer(number, unit + ".handler", Map.of());
        }
        replied(number, unit, words);
    }

    private static boolean separate(DemonstrationFiled filed) {
        return filed.stage().equals("repliedInPart");
    }

    /** A scene in which one unit is enough names further ones only as the proposer's wish. */
    private static List<String> holding(DemonstrationFiled filed) {
        return separate(filed) || filed.key() || filed.stage().equals("handledAgain")
                ? filed.units()
                : filed.units().subList(0, 1);
    }

    /** 退回重新交办: the unit says whose duty it is, the office's leader rules so. */
    private void givenBack(DemonstrationFiled filed) {
        String number = filed.number();
        String liaison = filed.units().get(0) + ".liaison";
        String right = filed.units().get(1);
        String scan = hands.scan(number, hands.step(number, liaison).taskId(), "主要负责人签字件（演示）.pdf", hands.one(liaison));
        hands.answer(
                number,
                liaison,
                Map.of(
                        "unitAnswer",
                        "return",
                        "returnReason",
                        "这件事的建设和日常管理由建议改办的单位负责，我单位没有相应职责。",
                        "dutyBasis",
                        "部门职能配置规定第三条",
                        "proposedUnit",
                        right,
                        "signedScan",
                        List.of(scan)));
        hands.answer(
                number,
                hands.person(GOVERNMENT_LEADER),
                Map.of(
                        "ruling",
                        "change",
                        "newUnit",
                        right,
                        "restartClock",
                        "restart",
                        "rulingReason",
                        "建设和管理同属一个单位，由该单位办理。"));
    }

    private static Map<String, Object> plan(DemonstrationFiled filed) {
        List<String> units = holding(filed);
        if (separate(filed)) {
            return Map.of(
                    "confirmation",
                    "confirm",
                    "changeReason",
                    "各条建议分属不同部门，分别办理。",
                    "separate",
                    units.stream()
                            .map(unit -> Map.of(
                                    "unit",
                                    unit,
                                    "numbers",
                                    numbers(Objects.requireNonNull(filed.words().get(unit), unit)).stream()
                                            .map(String::valueOf)
                                            .collect(Collectors.joining("、"))))
                            .toList());
        }
        if (units.size() < filed.units().size()) {
            return Map.of("confirmation", "confirm", "changeReason", "一个单位能够办理的，不再会办。", "leadUnit", units.get(0));
        }
        return units.size() == 1
                ? Map.of("confirmation", "confirm", "leadUnit", units.get(0))
                : Map.of(
                        "confirmation",
                        "confirm",
                        "changeReason",
                        "按职责分工交办。",
                        "leadUnit",
                        units.get(0),
                        "coUnits",
                        units.subList(1, units.size()));
    }

    private static List<Integer> numbers(DemonstrationFiled.Words words) {
        return Objects.requireNonNull(words.numbers(), "numbers");
    }

    private void opinion(String number, String unit, DemonstrationFiled.Words words) {
        hands.answer(
                number,
                unit + ".handler",
                Map.of(
                        "points",
                        numbers(words).stream().map(String::valueOf).toList(),
                        "coOpinion",
                        Objects.requireNonNull(words.coOpinion())));
        hands.answer(number, unit + ".deputy", Map.of("coVerdict", "sign"));
        String send = hands.step(number, unit + ".liaison").taskId();
        String scan = hands.scan(number, send, "会办意见盖章件（演示）.pdf", hands.one(unit + ".liaison"));
        hands.answer(number, unit + ".liaison", Map.of("documentNumber", letter(words), "sealedScan", List.of(scan)));
    }

    private void replied(String number, String unit, DemonstrationFiled.Words words) {
        Person handler = hands.one(unit + ".handler");
        Person liaison = hands.one(unit + ".liaison");
        hands.answer(number, unit + ".handler", reply(number, words, handler));
        hands.answer(number, unit + ".checker", Map.of("checkVerdict", "pass"));
        if (headSigns(number, unit)) {
            hands.answer(number, unit + ".deputy", Map.of("signVerdict", "toHead", "signOpinion", "请审签。"));
            hands.answer(number, unit + ".head", Map.of("signVerdict", "sign", "signOpinion", "同意。"));
        } else {
            hands.answer(number, unit + ".deputy", Map.of("signVerdict", "sign", "signOpinion", "同意。"));
        }
        hands.answer(number, OFFICE, Map.of("previewVerdict", "pass"));
        String scan = hands.scan(number, hands.step(number, unit + ".liaison").taskId(), "答复函盖章件（演示）.pdf", liaison);
        hands.answer(
                number,
                unit + ".liaison",
                Map.of(
                        "documentNumber",
                        letter(words),
                        "sealedScan",
                        List.of(scan),
                        "deliveries",
                        proposers(number, handler).stream()
                                .map(one -> Map.of("mode", "online", "deliveredOn", today().toString()))
                                .toList()));
    }

    private boolean headSigns(String number, String unit) {
        return handlings.ofCase(number).stream()
                .filter(row -> row.unitId().equals(unit))
                .flatMap(row -> handlings.reply(row.id()).stream())
                .anyMatch(reply -> reply.signLevel() == SignLevel.HEAD);
    }

    private String letter(DemonstrationFiled.Words words) {
        return words.letter() + "〔" + today().getYear() + "〕1号";
    }

    private LocalDate today() {
        return ChineseTime.day(clock.instant());
    }

    private List<Consultations.Choices.ProposerChoice> proposers(String number, Person handler) {
        return consultations.choices(List.of(number), handler.id()).proposers();
    }

    private long consulted(
            String number,
            String unit,
            DemonstrationFiled.Words words,
            ConsultationKind kind,
            String place,
            Person handler) {
        return consultations.record(
                new Consultations.Entry(
                        List.of(number),
                        List.of(unit),
                        kind,
                        ConsultationStage.DURING,
                        LocalDateTime.ofInstant(clock.instant().minus(Duration.ofHours(2)), ChineseTime.ZONE),
                        place,
                        handler.name(),
                        handler.name() + " 经办人",
                        "",
                        proposers(number, handler).stream()
                                .map(one -> new Consultations.Presence(one.caseNumber(), one.personId(), true, null))
                                .toList(),
                        Objects.requireNonNull(words.views()),
                        List.of(),
                        ""),
                List.of(),
                handler.id(),
                null);
    }

    private Map<String, Object> reply(String number, DemonstrationFiled.Words words, Person handler) {
        List<String> answers = Objects.requireNonNull(words.answers());
        List<String> classes = Objects.requireNonNull(words.classes());
        Map<String, Object> values = new HashMap<>();
        values.put(
                "items",
                IntStream.range(0, answers.size())
                        .mapToObj(i -> Map.of("itemAnswer", answers.get(i), "itemClass", classes.get(i)))
                        .toList());
        values.put("resultClass", words.resultClass());
        values.put("publicity", Consent.FULL.code());
        values.put(
                "commitments",
                List.of(Map.of(
                        "commitment",
                        Objects.requireNonNull(words.commitment()),
                        "commitmentDue",
                        today().plusMonths(6).toString(),
                        "commitmentSection",
                        words.section(),
                        "commitmentSuggestion",
                        Objects.requireNonNull(words.promised()))));
        values.put("mainTo", "提案者");
        values.put("copyTo", "市政协提案委员会、市政府办公室");
        values.put("contactPerson", handler.name());
        values.put("contactPhone", "0355-0000001");
        return values;
    }
}
