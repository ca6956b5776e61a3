package org.banhao.proposal.domain.solicitation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.banhao.base.ChineseTime;
import org.banhao.casefile.CaseChoices;
import org.banhao.casefile.CaseRow;
import org.banhao.casefile.CaseView;
import org.banhao.people.Roles;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A session's solicitation in the dossier; the committee's matter. */
@Component
@Order(30)
@Transactional(readOnly = true)
class SolicitationCaseView implements CaseView {

    private static final List<String> COMMITTEE =
            List.of(Roles.PROPOSAL_CLERK, Roles.COMMITTEE_DIRECTOR, Roles.SECRETARY_GENERAL);

    private final Solicitations solicitations;
    private final Participation participation;

    SolicitationCaseView(Solicitations solicitations, Participation participation) {
        this.solicitations = solicitations;
        this.participation = participation;
    }

    @Override
    public String kind() {
        return "ZJ";
    }

    @Override
    public List<String> readers(CaseRow row) {
        return COMMITTEE;
    }

    @Override
    public Optional<CaseChoices> choices(List<String> groups) {
        if (groups.stream().noneMatch(COMMITTEE::contains)) {
            return Optional.empty();
        }
        Map<String, String> statuses = new LinkedHashMap<>();
        for (SolicitationState state : SolicitationState.values()) {
            statuses.put(state.code(), state.label());
        }
        return Optional.of(new CaseChoices("提案征集", statuses, Map.of(), List.of(), List.of(), Map.of()));
    }

    @Override
    public Map<String, String> summary(CaseRow row) {
        Map<String, String> summary = new LinkedHashMap<>();
        solicitations.ofCase(row.number()).ifPresent(one -> {
            summary.put("征集截止", ChineseTime.text(solicitations.closing(row.number())));
            if (one.calledAt() != null) {
                summary.put("审签", one.calledName() + "，" + ChineseTime.text(one.calledAt()));
            }
            if (one.state().called()) {
                Participation.Figures figures = participation.figures(one.sessionId(), one);
                summary.put("征集数", figures.collected() + "件");
                summary.put("参与率", String.join("；", figures.rates()));
            }
        });
        return summary;
    }

    @Override
    public List<Section> sections(CaseRow row, String personId, List<String> groups) {
        List<Section> sections = new ArrayList<>();
        solicitations.ofCase(row.number()).ifPresent(one -> {
            if (!one.callText().isEmpty()) {
                sections.add(new Section("征集通知", one.callText(), List.of()));
            }
            if (!one.summaryText().isEmpty()) {
                sections.add(new Section("征集情况汇总", one.summaryText(), List.of()));
            }
        });
        return sections;
    }

    @Override
    public List<Action> actions(CaseRow row, List<String> groups) {
        return groups.contains(Roles.PROPOSAL_CLERK) || groups.contains(Roles.COMMITTEE_DIRECTOR)
                ? List.of(new Action("选题和提交情况", "/proposals/solicitation?session=" + row.session()))
                : List.of();
    }
}
