package org.banhao.casefile.domain;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.banhao.casefile.CaseChoices;
import org.banhao.casefile.CaseRow;
import org.banhao.casefile.CaseView;
import org.banhao.casefile.Meeting;
import org.banhao.document.StoredDocument;
import org.banhao.people.Roles;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A meeting in the dossier: its minutes and its history are open to whoever reads meetings of its kind. */
@Component
@Order(40)
@Transactional(readOnly = true)
class MeetingCaseView implements CaseView {

    private static final List<String> ROLES = List.of(
            Roles.MEETING_SECRETARY,
            Roles.PROPOSAL_CLERK,
            Roles.GROUP_REVIEWER,
            Roles.COMMITTEE_DIRECTOR,
            Roles.SECRETARY_GENERAL,
            Roles.SUPERVISING_CHAIR,
            Roles.PARTY_OFFICE_ASSIGNER,
            Roles.GOVERNMENT_OFFICE_ASSIGNER,
            Roles.ASSIGNING_OFFICE_LEADER);

    private final MeetingRows rows;

    MeetingCaseView(MeetingRows rows) {
        this.rows = rows;
    }

    @Override
    public String kind() {
        return StoredMeetings.KIND;
    }

    private @Nullable Meeting meeting(CaseRow row) {
        return rows.ofCase(row.number()).orElse(null);
    }

    @Override
    public Optional<CaseChoices> choices(List<String> groups) {
        if (groups.stream().noneMatch(ROLES::contains)) return Optional.empty();
        return Optional.of(new CaseChoices(
                "会议",
                Map.of(
                        StoredMeetings.OPEN,
                        StoredMeetings.OPEN_NAME,
                        StoredMeetings.CLOSED,
                        StoredMeetings.CLOSED_NAME),
                Map.of(),
                List.of(),
                List.of(),
                Map.of()));
    }

    @Override
    public Map<String, String> summary(CaseRow row) {
        Map<String, String> summary = new LinkedHashMap<>();
        Meeting meeting = meeting(row);
        if (meeting != null) {
            summary.put("会议类别", meeting.kind().label());
            summary.put("时间", meeting.heldText());
            if (!meeting.place().isEmpty()) summary.put("地点", meeting.place());
            if (!meeting.chair().isEmpty()) summary.put("主持人", meeting.chair());
        }
        return summary;
    }

    @Override
    public List<Section> sections(CaseRow row, String personId, List<String> groups) {
        return List.of();
    }

    @Override
    public boolean shows(CaseRow row, StoredDocument paper, List<String> groups) {
        Meeting meeting = meeting(row);
        return meeting != null
                && StoredMeetings.MINUTES.equals(paper.origin())
                && meeting.kind().readBy(groups);
    }

    @Override
    public List<String> readers(CaseRow row) {
        Meeting meeting = meeting(row);
        return meeting == null ? List.of() : readers(meeting);
    }

    @Override
    public Map<String, List<String>> readers(Collection<CaseRow> cases) {
        Map<String, List<String>> all = new HashMap<>();
        rows.ofCases(cases.stream().map(CaseRow::number).toList())
                .forEach((number, meeting) -> all.put(number, readers(meeting)));
        return all;
    }

    private static List<String> readers(Meeting meeting) {
        return ROLES.stream()
                .filter(role -> meeting.kind().readBy(List.of(role)))
                .toList();
    }

    @Override
    public List<Action> actions(CaseRow row, List<String> groups) {
        Meeting meeting = meeting(row);
        return meeting == null || !meeting.kind().readBy(groups)
                ? List.of()
                : List.of(new Action("议程和决定", "/meetings/" + meeting.id()));
    }
}
