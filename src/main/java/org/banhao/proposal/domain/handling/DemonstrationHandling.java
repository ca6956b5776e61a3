package org.banhao.proposal.domain.handling;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.banhao.base.ChineseTime;
import org.banhao.people.Person;
import org.banhao.people.Roles;
import org.banhao.proposal.domain.Consent;
import org.banhao.proposal.domain.DemonstrationFiled;
import org.banhao.proposal.domain.DemonstrationHands;
import org.banhao.proposal.domain.Proposals;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Brings proposals of the demonstration through assignment and handling, so that the desks of a bureau are not empty on the first day. */
@Component
class DemonstrationHandling {

    private final DemonstrationHands hands;
    private final Consultations consultations;
    private final Proposals proposals;
    private final Clock clock;

    DemonstrationHandling(DemonstrationHands hands, Consultations consultations, Proposals proposals, Clock clock) {
        this.hands = hands;
        this.consultations = consultations;
        this.proposals = proposals;
        this.clock = clock;
    }

    @EventListener
    void filed(DemonstrationFiled filed) {
        String number = filed.number();
        Person office = hands.one(Roles.GOVERNMENT_OFFICE_ASSIGNER);
        hands.answer(number, office, Map.of("confirmation", "confirm", "leadUnit", filed.unit()));
        if (filed.stage().equals("assigned")) return;

        Person liaison = hands.one(filed.unit() + ".liaison");
        hands.answer(number, liaison, Map.of("unitAnswer", "accept"));
        if (filed.stage().equals("accepted")) return;

        Person handler = hands.one(filed.unit() + ".handler");
        hands.answer(number, liaison, Map.of("section", "基础教育科"));
        hands.answer(number, handler, Map.of("handlingNote", "已走访三所学校，与提案者当面谈过，拟按学期分批落实。"));
        DemonstrationHands.as(handler, () -> consulted(number, filed.unit(), handler));
        if (filed.stage().equals("drafting")) return;

        hands.answer(number, handler, reply(number, handler));
        hands.answer(number, hands.one(filed.unit() + ".checker"), Map.of("checkVerdict", "pass"));
        hands.answer(number, hands.one(filed.unit() + ".deputy"), Map.of("signVerdict", "sign", "signOpinion", "同意。"));
        hands.answer(number, office, Map.of("previewVerdict", "pass"));
        String scan = hands.scan(number, hands.step(number).taskId(), "答复函盖章件（演示）.pdf", liaison);
        hands.answer(
                number,
                liaison,
                Map.of(
                        "documentNumber",
                        "长教函〔" + today().getYear() + "〕1号",
                        "sealedScan",
                        List.of(scan),
                        "deliveries",
                        List.of(Map.of("mode", "online", "deliveredOn", today().toString()))));
    }

    private LocalDate today() {
        return ChineseTime.day(clock.instant());
    }

    private long consulted(String number, String unit, Person handler) {
        return consultations.record(
                new Consultations.Entry(
                        List.of(number),
                        List.of(unit),
                        ConsultationKind.FACE_TO_FACE,
                        ConsultationStage.DURING,
                        LocalDateTime.ofInstant(clock.instant().minus(Duration.ofHours(2)), ChineseTime.ZONE),
                        "市教育局二楼会议室",
                        handler.name(),
                        handler.name() + " 经办人",
                        "",
                        consultations.choices(List.of(number), handler.id()).proposers().stream()
                                .map(one -> new Consultations.Presence(one.caseNumber(), one.personId(), true, null))
                                .toList(),
                        "提案者希望下学期见效；单位介绍了经费和人员的安排。",
                        List.of(),
                        ""),
                List.of(),
                handler.id(),
                null);
    }

    private Map<String, Object> reply(String number, Person handler) {
        int suggestions = proposals.get(number).suggestions().size();
        List<Map<String, String>> items = IntStream.rangeClosed(1, suggestions)
                .mapToObj(i -> Map.of(
                        "itemAnswer",
                        i == 1 ? "本学期已在两所学校试行，家长反映良好。" : "已列入明年工作计划，由基础教育科牵头落实。",
                        "itemClass",
                        i == 1 ? "A" : "B"))
                .toList();
        return Map.of(
                "items",
                items,
                "resultClass",
                "B",
                "publicity",
                Consent.FULL.code(),
                "commitments",
                List.of(Map.of(
                        "commitment",
                        "在全市小学推开",
                        "commitmentDue",
                        today().plusMonths(6).toString(),
                        "commitmentSection",
                        "基础教育科",
                        "commitmentSuggestion",
                        2)),
                "mainTo",
                "提案者",
                "copyTo",
                "市政协提案委员会、市政府办公室",
                "contactPerson",
                handler.name(),
                "contactPhone",
                "0355-0000001");
    }
}
