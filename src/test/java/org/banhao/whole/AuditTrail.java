package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.banhao.testing.Desk;
import org.banhao.testing.Whole;
import org.junit.jupiter.api.Test;

/** Who did what, on which case, when and from where: one journey, and a row for each of its acts and readings. */
interface AuditTrail extends Whole {

    record Row(String person, String name, String action, String address) {}

    @Test
    default void eachActOfAJourneyAndEachReadingOfADossierIsOnRecordWithWhoAndFromWhere() {
        long before = db().sql("select coalesce(max(id), 0) from base_audit")
                .query(Long.class)
                .single();
        Desk member = desk("申雨禾");
        Committee committee = new Committee(this);
        String number = member.begin();
        String file = Desk.json(Desk.ok(
                        member.web().upload("draft:" + number, "现场照片说明.txt", "走访记录".getBytes(StandardCharsets.UTF_8)),
                        200))
                .path("id")
                .asText();
        Desk.ok(member.handIn(number, "关于留痕可查的提案", "economy"), 302);
        Desk.ok(member.web().get("/my/proposals/" + number), 200);

        String task = committee.clerk.task(number);
        Desk.ok(committee.clerk.claim(task), 204);
        Desk.ok(committee.clerk.engine("POST", "/task/" + task + "/unclaim", "{}"), 204);
        Desk.ok(committee.clerk.claim(task), 204);
        Desk.ok(committee.clerk.web().get("/cases/" + number), 200);
        Desk.ok(committee.clerk.web().get("/cases/by-task/" + task), 200);
        Desk.ok(
                committee
                        .clerk
                        .web()
                        .script(
                                "PUT",
                                "/api/drafts/" + task,
                                "application/json",
                                "{\"firstOpinion\":\"先\"}".getBytes(StandardCharsets.UTF_8)),
                204);
        Desk.ok(committee.clerk.submit(task, Map.of("firstVerdict", "file", "category", "economy")), 204);
        committee.second(number);
        committee.decided(committee.meeting("留痕会议"), List.of(number));
        List<String> waiting = Committee.waitingForNumbers(committee.clerk);
        assertThat(Committee.numberAll(committee.clerk, waiting)).contains("已编号");
        Desk.ok(member.web().get("/api/documents/" + file), 200);

        String proposer = member.account().login();
        String clerk = committee.clerk.account().login();
        String reviewer = committee.reviewer.account().login();
        String secretary = committee.secretary.account().login();
        assertThat(rows(before, number))
                .extracting(row -> row.person() + " " + row.action())
                .contains(
                        proposer + " proposal.begin",
                        proposer + " casefile.open",
                        proposer + " proposal.saveDraft",
                        proposer + " proposal.handIn",
                        proposer + " proposal.register",
                        proposer + " document.attach",
                        proposer + " proposal.read",
                        proposer + " document.read",
                        clerk + " flow.claim",
                        clerk + " flow.unclaim",
                        clerk + " casefile.read",
                        clerk + " proposal.firstReview",
                        clerk + " casefile.answer",
                        reviewer + " flow.claim",
                        reviewer + " proposal.secondReview",
                        reviewer + " casefile.answer",
                        secretary + " proposal.decide",
                        secretary + " casefile.answer",
                        clerk + " proposal.assignFileNumber",
                        clerk + " casefile.fileNumber");
        assertThat(rows(before, null))
                .extracting(row -> row.person() + " " + row.action())
                .contains(
                        proposer + " people.signIn",
                        proposer + " document.store",
                        clerk + " flow.draft",
                        secretary + " proposal.recordMeeting",
                        clerk + " proposal.numberAll");
        // by page, by fragment of the task: two readings, two rows
        assertThat(rows(before, number))
                .filteredOn(row -> row.action().equals("casefile.read"))
                .hasSize(2);
        assertThat(rows(before, number)).allSatisfy(row -> {
            assertThat(row.address()).as(row.toString()).isEqualTo("127.0.0.1");
            assertThat(row.name()).as(row.toString()).matches("\\p{IsHan}{2,4}");
        });
    }

    @Test
    default void aReadingThatIsRefusedLeavesNoReading() {
        Desk member = desk("申雨禾");
        String number = member.begin();
        Desk stranger = desk("田禾");
        long before = db().sql("select coalesce(max(id), 0) from base_audit")
                .query(Long.class)
                .single();

        Desk.ok(stranger.web().get("/cases/" + number), 404);

        assertThat(rows(before, number)).isEmpty();
    }

    private List<Row> rows(long after, String number) {
        return db().sql("select person_id, person_name, action, address from base_audit where id > ? and "
                        + (number == null ? "case_number is null" : "case_number = '" + number + "'") + " order by id")
                .param(after)
                .query((row, n) -> new Row(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                .list();
    }
}
