package org.banhao.whole.year;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What holds of the solicitation and of meetings, and of a proposal because of them. */
final class Beside {

    private final Scene scene;
    private final BiConsumer<String, String> fault;
    private final Set<String> called = new HashSet<>();

    Beside(Scene scene, BiConsumer<String, String> fault) {
        this.scene = scene;
        this.fault = fault;
    }

    // ---- the solicitation

    private record Call(
            String session,
            String state,
            String status,
            boolean ended,
            @Nullable Instant closedAt,
            @Nullable Integer members,
            @Nullable Integer participants,
            String summary) {}

    /** @return where it stands */
    String solicitation(String number) {
        Call call = scene.rows(
                        "select s.*, c.status, c.closed from proposal_solicitation s join casefile_case c on c.number ="
                                + " s.case_number where s.case_number = ?",
                        (rs, n) -> new Call(
                                rs.getString("session_id"),
                                rs.getString("state"),
                                rs.getString("status"),
                                rs.getObject("closed") != null,
                                Scene.instant(rs, "closed_at"),
                                rs.getObject("closed_members", Integer.class),
                                rs.getObject("closed_participants", Integer.class),
                                rs.getString("summary_text")),
                        number)
                .get(0);
        if (!call.state().equals(call.status()))
            fault.accept(number, call.state() + ", and its case is " + call.status());
        boolean over = List.of("closed", "summarized").contains(call.state());
        if (call.ended() != call.state().equals("summarized"))
            fault.accept(number, call.state() + ", its case ended: " + call.ended());
        if (over != !scene.now().isBefore(scene.books().closes())
                && !List.of("preparing", "approving").contains(call.state()))
            fault.accept(
                    number, call.state() + ", and the hour is " + scene.books().closes());
        boolean timer = scene.count(
                        "select count(*) from act_ru_job j join act_ru_execution e on e.id_ = j.process_instance_id_ where"
                                + " e.business_key_ = ? and j.handler_cfg_ like 'timer_solicitationClosing%'",
                        number)
                == 1;
        if (timer != call.state().equals("calling"))
            fault.accept(number, call.state() + ", its closing hour is awaited: " + timer);
        if (call.state().equals("calling") && called.add(number)) told(number);
        Instant closed = call.closedAt();
        if (closed != null && Duration.between(closed, scene.now()).toSeconds() < 5) counted(number, call);
        if (call.state().equals("summarized")
                && !call.summary().contains("委员参与率" + call.participants() + "/" + call.members()))
            fault.accept(number, "its summary does not say " + call.participants() + "/" + call.members());
        return call.state();
    }

    /** The call goes to everybody in office, once to each. */
    private void told(String number) {
        Set<String> told = new TreeSet<>(scene.texts(
                "select distinct person_id from notice_outbox where case_number = ? and template = 'solicitationCall'",
                number));
        Set<String> all = new TreeSet<>(
                scene.texts("select person_id from people_member where " + IN_OFFICE, scene.today(), scene.today()));
        if (!all.equals(told)) fault.accept(number, "called " + told + ", in office are " + all);
    }

    private static final String IN_OFFICE =
            "(in_office_until is null or in_office_until >= ?) and (in_office_since is null or in_office_since <= ?)";

    /** 参与率 is of the moment it closed: members in office, and those of them who proposed or signed what was not withdrawn. */
    private void counted(String number, Call call) {
        long members = scene.count(
                "select count(*) from people_member where kind = 'member' and " + IN_OFFICE,
                scene.today(),
                scene.today());
        long participants = scene.count(
                "select count(*) from people_member m where kind = 'member' and " + IN_OFFICE
                        + " and exists (select 1 from"
                        + " proposal_signature s join proposal_proposal p on p.case_number = s.case_number where"
                        + " s.member_id = m.id and s.state = 'confirmed' and p.session_id = ? and p.handed_in_at is not"
                        + " null and p.withdrawn_at is null)",
                scene.today(),
                scene.today(),
                call.session());
        if (!Objects.equals(call.members(), (int) members) || !Objects.equals(call.participants(), (int) participants))
            fault.accept(
                    number,
                    "closed with " + call.participants() + "/" + call.members() + ", counted " + participants + "/"
                            + members);
    }

    /** 大会提案 until the closing hour of that moment, and the topic it named is still the one it answers. */
    void proposal(String number, @Nullable String period) {
        String wanted = scene.books().period(number);
        if (wanted != null && !wanted.equals(period))
            fault.accept(number, "handed in as " + period + " instead of " + wanted);
        Long topic = scene.books().topic(number);
        List<String> chosen = scene.texts(
                "select cast(topic_id as varchar(20)) from proposal_topic_choice where case_number = ?", number);
        if (wanted != null && !chosen.equals(topic == null ? List.of() : List.of(String.valueOf(topic))))
            fault.accept(number, "answers topic " + chosen + " instead of " + topic);
    }

    // ---- meetings

    private record Meeting(
            long id,
            String kind,
            String reason,
            @Nullable Instant closedAt,
            String status,
            long present,
            long entitled,
            long items,
            long decided,
            long late,
            long papers) {}

    /** Nothing is decided by too few without a reason, once an item; what has ended is whole. */
    void meeting(String number) {
        Meeting meeting = scene.rows(
                        "select m.*, c.status, (select count(*) from casefile_meeting_person p where p.meeting_id = m.id and"
                                + " p.role = 'present') as present, (select count(*) from casefile_meeting_person p where"
                                + " p.meeting_id = m.id and p.role <> 'guest') as entitled, (select count(*) from"
                                + " casefile_meeting_item i where i.meeting_id = m.id) as items, (select count(*) from"
                                + " casefile_meeting_item i join casefile_meeting_decision d on d.item_id = i.id where"
                                + " i.meeting_id = m.id and d.corrects is null) as decided, (select count(*) from"
                                + " casefile_meeting_item i join casefile_meeting_decision d on d.item_id = i.id where"
                                + " i.meeting_id = m.id and d.corrects is null and d.at > m.closed_at) as late, (select"
                                + " count(*) from document_file o where o.case_number = m.case_number) as papers from"
                                + " casefile_meeting m join casefile_case c on c.number = m.case_number where"
                                + " m.case_number = ?",
                        (rs, n) -> new Meeting(
                                rs.getLong("id"),
                                rs.getString("kind"),
                                rs.getString("quorum_reason"),
                                Scene.instant(rs, "closed_at"),
                                rs.getString("status"),
                                rs.getLong("present"),
                                rs.getLong("entitled"),
                                rs.getLong("items"),
                                rs.getLong("decided"),
                                rs.getLong("late"),
                                rs.getLong("papers")),
                        number)
                .get(0);
        boolean enough =
                switch (meeting.kind()) {
                    case "assignment" -> true;
                    case "partyGroup" -> meeting.present() * 2 >= meeting.entitled();
                    default -> meeting.present() * 2 > meeting.entitled();
                };
        boolean asked = meeting.entitled() > 0;
        if (asked
                && !enough
                && meeting.decided() > 0
                && (meeting.kind().equals("partyGroup") || meeting.reason().isEmpty()))
            fault.accept(number, "decided by too few: " + meeting);
        if (meeting.decided() > meeting.items()) fault.accept(number, "an item is decided twice: " + meeting);
        boolean ended = meeting.closedAt() != null;
        if (ended != meeting.status().equals("closed")) fault.accept(number, "ended, or not: " + meeting);
        if (ended && (!asked || meeting.decided() != meeting.items() || meeting.papers() == 0 || meeting.late() > 0))
            fault.accept(number, "has ended without attendance, minutes or a decision: " + meeting);
    }

    // ---- the whole year

    private static final Map<String, String> LIVED = Map.of(
            "a solicitation with its summary", "select count(*) from proposal_solicitation where state = 'summarized'",
            "a reminder of the solicitation",
                    "select count(*) from notice_outbox where template = 'solicitationReminder'",
            "a proposal that answers a topic", "select count(*) from proposal_topic_choice",
            "a proposal after the closing hour",
                    "select count(*) from proposal_proposal where period = 'interim' and case_number like 'TA-%'",
            "a mock proposal that was judged",
                    "select count(*) from proposal_proposal where verdict is not null and case_number like 'MN-%'",
            "a meeting with a decision and an end",
                    "select count(*) from casefile_meeting m where closed_at is not null and exists (select 1 from"
                            + " casefile_meeting_item i join casefile_meeting_decision d on d.item_id = i.id where"
                            + " i.meeting_id = m.id)",
            "a meeting of too few that says why", "select count(*) from casefile_meeting where quorum_reason <> ''");

    void lived() {
        LIVED.forEach((what, sql) -> {
            if (scene.count(sql) == 0) fault.accept("the year", "has not lived " + what);
        });
    }
}
