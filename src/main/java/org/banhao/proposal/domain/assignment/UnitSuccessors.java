package org.banhao.proposal.domain.assignment;

import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.banhao.people.Unit;
import org.banhao.proposal.domain.Rows;
import org.banhao.proposal.domain.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who stands in for a unit that is closed, also in what it answered long ago. */
@Service
@Transactional
public class UnitSuccessors {

    private final JdbcClient jdbc;
    private final AssignmentParties parties;
    private final People people;
    private final ApplicationEventPublisher events;
    private final Audit audit;
    private final Clock clock;

    UnitSuccessors(
            JdbcClient jdbc,
            AssignmentParties parties,
            People people,
            ApplicationEventPublisher events,
            Audit audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.parties = parties;
        this.people = people;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /** The unit itself while it is active, else the one at the end of the chain; empty when nobody stands in yet. */
    @Transactional(readOnly = true)
    public Optional<Unit> present(String unit) {
        Set<String> seen = new HashSet<>();
        String at = unit;
        while (at != null && seen.add(at)) {
            Optional<Unit> found = people.unit(at).filter(Unit::active);
            if (found.isPresent()) {
                return found;
            }
            at = next(at);
        }
        return Optional.empty();
    }

    private @Nullable String next(String unit) {
        return jdbc.sql("select successor_id from proposal_unit_successor where unit_id = :unit")
                .param("unit", unit)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /**
     * The committee names who stands in for a closed unit.
     *
     * @throws Refusal not the committee, the unit is not closed, or the other is none
     */
    public void name(String from, @Nullable String to, @Nullable String reason, String person) {
        if (!people.groupsOf(person).contains(Roles.PROPOSAL_CLERK)
                && !people.groupsOf(person).contains(Roles.COMMITTEE_DIRECTOR)) {
            throw new Refusal("只有提案委员会办公室和提案委员会主任可以指定接收单位。");
        }
        if (people.unit(from).filter(Unit::active).isPresent()) {
            throw new Refusal("这个单位没有停用，不必指定接收单位。");
        }
        Unit next =
                people.unit(String.valueOf(to)).filter(Unit::active).orElseThrow(() -> new Refusal("to", "请选择「接收单位」。"));
        String why = Texts.line(reason, Texts.LONGEST_LINE, "reason", "理由");
        if (why.length() < 4) {
            throw new Refusal("reason", "请写明「理由」，如机构改革文件的名称和文号。");
        }
        record(from, next, why, person);
    }

    void record(String from, Unit to, String reason, String person) {
        jdbc.sql("delete from proposal_unit_successor where unit_id = :unit")
                .param("unit", from)
                .update();
        jdbc.sql("""
                        insert into proposal_unit_successor (unit_id, successor_id, reason, recorded_by, recorded_name, recorded_at)
                        values (:unit, :next, :reason, :person, :name, :now)""")
                .param("unit", from)
                .param("next", to.id())
                .param("reason", reason)
                .param("person", person)
                .param("name", people.nameOf(person))
                .param("now", Rows.at(clock.instant()))
                .update();
        events.publishEvent(new UnitSucceeded(from, to));
        audit.record("proposal.nameSuccessor", null, from + " → " + to.name());
    }

    /** The unit reads the case from now on, as one that handles it. */
    public void reads(String caseNumber, String unit) {
        parties.handles(caseNumber, unit);
    }
}
