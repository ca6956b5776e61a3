package org.banhao.whole.year;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.banhao.notice.domain.NoticeRounds;
import org.banhao.proposal.domain.SessionAdministration;
import org.banhao.proposal.domain.Sessions;
import org.banhao.proposal.domain.feedback.FeedbackSweep;
import org.banhao.proposal.domain.revisit.RevisitSweep;
import org.banhao.testing.Whole;
import org.camunda.bpm.engine.ManagementService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A year of a session and the year after it, by the dice of one seed: proposals come in, everybody does what waits for him when he gets to
 * it, or does not, timers fire and rounds run as time passes. After each step {@link Invariants} are asked.
 */
final class Year {

    /** Begins on a Monday and ends when what was promised has been looked back at once. */
    static final Instant BEGIN = OfficialDays.at(LocalDate.of(2026, 1, 5), 9, 0);

    private static final LocalDate CLOSING = LocalDate.of(2026, 3, 26);
    private static final LocalDate END = LocalDate.of(2027, 10, 29);
    private static final Logger LOG = LoggerFactory.getLogger(Year.class);
    private static final String REMINDING = "deadlines remind";
    private static final String DIGEST = "the digest of the day";
    private static final Set<String> TELLING = Set.of(REMINDING, DIGEST);
    private static final int TOLD_LAST = 20;
    private static final int WHOLE_EVERY = 250;

    private final Scene scene;
    private final Soliciting soliciting;
    private final Practising practising;
    private final Proposing proposing;
    private final Reviewing reviewing;
    private final Assigning assigning;
    private final UnitsAtWork units;
    private final Rating rating;
    private final LookingBack lookingBack;
    private final Incidents incidents;
    private final Invariants invariants;
    private final long seed;
    private final int proposals;
    private final long lastStep;
    private final Map<String, Function<Todo, @Nullable String>> works;
    private final Set<String> known = new HashSet<>();
    private final Deque<String> trace = new ArrayDeque<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<String, Long> spent = new TreeMap<>();
    private long steps;
    private int failures;
    private String detail = "";

    /** @param lastStep where it stops, whatever is still planned; 0: it plays to its end */
    Year(Whole whole, long seed, int proposals, long lastStep) {
        this.seed = seed;
        this.proposals = proposals;
        this.lastStep = lastStep;
        scene = new Scene(whole, seed, BEGIN);
        Convening convening = new Convening(scene);
        soliciting = new Soliciting(scene);
        practising = new Practising(scene);
        proposing = new Proposing(scene, soliciting);
        reviewing = new Reviewing(scene, proposing, convening);
        assigning = new Assigning(scene, convening);
        units = new UnitsAtWork(scene);
        rating = new Rating(scene, units);
        lookingBack = new LookingBack(scene);
        incidents = new Incidents(scene, assigning, convening);
        invariants = new Invariants(scene);
        works = Map.ofEntries(
                Map.entry("prepareTopics", soliciting::prepare),
                Map.entry("approveCall", soliciting::approve),
                Map.entry("writeSummary", soliciting::summarize),
                Map.entry("firstReview", reviewing::first),
                Map.entry("secondReview", reviewing::second),
                Map.entry("decideInMeeting", reviewing::inMeeting),
                Map.entry("decideByDirector", reviewing::byDirector),
                Map.entry("assignFileNumber", reviewing::number),
                Map.entry("reviseProposal", reviewing::revise),
                Map.entry("confirmUnits", assigning::confirm),
                Map.entry("answerAssignment", assigning::answer),
                Map.entry("ruleOnReturn", assigning::rule),
                Map.entry("forwardToSection", units::forward),
                Map.entry("handle", units::handle),
                Map.entry("collateOpinions", units::collate),
                Map.entry("draftReply", units::draft),
                Map.entry("checkReply", units::check),
                Map.entry("signByDeputy", units::deputy),
                Map.entry("signByHead", units::head),
                Map.entry("previewReply", units::preview),
                Map.entry("deliverReply", units::deliver),
                Map.entry("draftCoOpinion", units::draftOpinion),
                Map.entry("signCoOpinion", units::signOpinion),
                Map.entry("sendCoOpinion", units::sendOpinion),
                Map.entry("approveRequest", units::approveMoreTime),
                Map.entry("decideExtension", units::decideMoreTime),
                Map.entry("giveFeedback", rating::give),
                Map.entry("examineFeedback", rating::examine),
                Map.entry("mediate", rating::mediate),
                Map.entry("reportProgress", lookingBack::report),
                Map.entry("checkReport", lookingBack::check),
                Map.entry("decideEscalation", lookingBack::escalate));
    }

    /** @return what happened, in figures */
    String play() {
        try {
            begin();
            for (Agenda.Plan plan = scene.agenda().next();
                    plan != null;
                    plan = scene.agenda().next()) {
                if (OfficialDays.day(plan.at()).isAfter(END)) break;
                timersUntil(plan.at());
                scene.moveTo(plan.at());
                step(plan.what(), plan.act()::get);
            }
            step("the end", Set::of);
            wholeHouse();
            invariants.everyCase();
            invariants.lived();
            if (failures > 0)
                throw new AssertionError(failures + " steps failed, see above; " + figures() + counts + spent);
        } catch (Stopped end) {
            return "stopped after step " + steps + "\n" + String.join("\n", trace);
        }
        return "seed " + seed + ": " + steps + " steps, " + scene.books().answers() + " answers " + counts + " "
                + figures() + " ms " + spent;
    }

    private static final class Stopped extends RuntimeException {

        private static final long serialVersionUID = 1;
    }

    private void begin() {
        scene.moveTo(BEGIN);
        scene.house().moveIn();
        String session = scene.bean(Sessions.class).current().id();
        scene.as(
                House.CLERK,
                () -> scene.bean(SessionAdministration.class)
                        .moveClosing(House.CLERK, session, OfficialDays.at(CLOSING, 18, 0), "会期已定。"));
        scene.books().closes(OfficialDays.at(CLOSING, 18, 0));
        scene.allTodos().forEach(this::discovered);
        invariants.before();
        assigning.before();
        scene.writtenAbout();
        LocalDate first = OfficialDays.day(BEGIN);
        for (int i = 0; i < proposals; i++) {
            // most come in the last weeks before the closing hour, some after it
            LocalDate day = scene.dice().chance(0.15)
                    ? CLOSING.plusDays(scene.dice().between(1, 200))
                    : CLOSING.minusDays(
                            Math.min(scene.dice().between(0, 75), scene.dice().between(0, 75)));
            scene.later(scene.officeHour(day), "a proposal is written", proposing::write);
        }
        incidents.plan(first, CLOSING);
        soliciting.plan(first, CLOSING);
        practising.plan(CLOSING);
        for (int i = 0; i < 2; i++) {
            scene.later(
                    scene.officeHour(
                            LocalDate.of(2027, 3, 1).plusDays(scene.dice().between(0, 60))),
                    "a yearly round of look-backs",
                    lookingBack::round);
        }
        for (LocalDate day = first; !day.isAfter(END); day = day.plusDays(1)) routine(day);
    }

    private void routine(LocalDate day) {
        scene.later(OfficialDays.at(day, 4, 20), "the night looks who has left", () -> {
            scene.bean(FeedbackSweep.class).daily();
            return Set.of();
        });
        scene.later(OfficialDays.at(day, 7, 10), "the morning begins look-backs", () -> {
            scene.bean(RevisitSweep.class).sweep();
            return Set.of();
        });
        scene.later(OfficialDays.at(day, 8, 40), REMINDING, () -> {
            if (scene.days().working(day)) {
                NoticeRounds.remind(scene.whole());
                invariants.reminded();
            }
            return Set.of();
        });
        if (day.getDayOfMonth() == 15) {
            scene.later(OfficialDays.at(day, 8, 45), DIGEST, () -> {
                NoticeRounds.digest(scene.whole());
                return Set.of();
            });
        }
    }

    // ---- steps

    private interface Doing {
        Set<String> now();
    }

    /** Does it, and looks at everything it touched. Nothing done is no step. */
    private void step(String what, Doing doing) {
        long before = System.nanoTime();
        try {
            Set<String> touched = doing.now();
            spent(what, before);
            boolean routine = touched.isEmpty();
            if (!routine) {
                steps++;
                told(what + " " + detail);
            }
            detail = "";
            long looked = System.nanoTime();
            Set<String> numbers = scene.writtenAbout();
            // who is told something is written down, and nothing of the case has changed
            if (TELLING.contains(what)) numbers.clear();
            touched.stream().filter(number -> !number.equals("-")).forEach(number -> {
                numbers.add(number);
                numbers.addAll(scene.family(number));
            });
            List<Todo> open = touched.contains("-") ? scene.allTodos() : scene.todos(numbers);
            open.stream().filter(todo -> known.add(todo.id())).toList().forEach(this::discovered);
            invariants.after(numbers);
            spent(" invariants", looked);
            if (!routine && steps % WHOLE_EVERY == 0) wholeHouse();
        } catch (Stopped end) {
            throw end;
        } catch (RuntimeException | AssertionError failure) {
            told(what + " FAILS");
            AssertionError told = new AssertionError(
                    "Seed " + seed + ", step " + steps + ", " + scene.now().atZone(OfficialDays.ZONE) + ": " + failure
                            + "\nRun again: -Dbanhao.year.seed=" + seed + " -Dbanhao.year.proposals=" + proposals
                            + " -Dbanhao.year.steps=" + (steps + 1) + "\n" + String.join("\n", trace),
                    failure);
            if (!Boolean.getBoolean("banhao.year.on")) throw told;
            LOG.error("{}", told.getMessage(), failure);
            failures++;
        }
        if (lastStep > 0 && steps >= lastStep) throw new Stopped();
    }

    private void wholeHouse() {
        long looked = System.nanoTime();
        invariants.whole();
        spent(" whole house", looked);
    }

    private void spent(String what, long since) {
        String kind = what.startsWith(" ")
                ? what.strip()
                : what.replaceAll("TA-\\d{4}-\\d{6}", "…").replaceAll("^[a-z0-9-]+ (?=signs|declines)", "");
        spent.merge(kind, (System.nanoTime() - since) / 1_000_000, Long::sum);
    }

    private void told(String what) {
        trace.add("#" + steps + " "
                + scene.now().atZone(OfficialDays.ZONE).toLocalDateTime().withNano(0) + " " + what);
        while (trace.size() > TOLD_LAST) trace.removeFirst();
    }

    // ---- time

    private record Timer(String id, Instant due, String number, String what) {}

    /** Timers fire at their hour, in their order. */
    private void timersUntil(Instant moment) {
        while (true) {
            // asked thousands of times, and there is seldom one
            if (scene.count(
                            "select count(*) from act_ru_job where duedate_ <= ? and suspension_state_ = 1 and retries_ > 0",
                            java.sql.Timestamp.from(moment))
                    == 0) return;
            List<Timer> due = scene.rows(
                    "select j.id_, j.duedate_, e.business_key_, j.handler_cfg_, coalesce(a.id, f.id, 0) as row_id from"
                            + " act_ru_job j join act_ru_execution e on e.id_ = j.process_instance_id_ left join"
                            + " proposal_assignment a on a.instance_id = e.id_ left join proposal_feedback f on"
                            + " f.instance_id = e.id_ where j.duedate_ <= ? and j.suspension_state_ = 1 and j.retries_ > 0"
                            + " order by j.duedate_, e.business_key_, j.handler_cfg_, row_id fetch first 1 rows only",
                    (row, n) -> new Timer(
                            row.getString("id_"),
                            row.getTimestamp("duedate_").toInstant(),
                            row.getString("business_key_"),
                            row.getString("handler_cfg_")),
                    java.sql.Timestamp.from(moment));
            if (due.isEmpty()) return;
            Timer timer = due.get(0);
            scene.moveTo(timer.due().plusSeconds(2));
            step("timer " + timer.what() + " of " + timer.number(), () -> {
                Set<String> touched = new TreeSet<>(scene.family(timer.number()));
                scene.bean(ManagementService.class).executeJob(timer.id());
                count("timer " + timer.what());
                return touched;
            });
        }
    }

    // ---- what waits

    /** Somebody gets to it when he gets to it. */
    private void discovered(Todo todo) {
        known.add(todo.id());
        if (Scene.real(todo.number())) planned(todo);
        else
            scene.beside(() -> {
                planned(todo);
                return todo;
            });
    }

    private void planned(Todo todo) {
        Instant at = when(todo);
        if (at != null) later(todo, at);
        if (todo.name().equals("handle")) {
            units.perhapsMoreTime(todo);
            units.perhapsInside(todo);
        }
    }

    private void later(Todo todo, Instant at) {
        scene.later(at, todo.name() + " of " + todo.number(), () -> act(todo));
    }

    private Set<String> act(Todo planned) {
        Todo todo = scene.todo(planned);
        if (todo == null) return Set.of();
        if (todo.rests()) {
            later(todo, scene.inWorkingDays(1, 4));
            return Set.of();
        }
        Set<String> touched = new TreeSet<>(scene.family(todo.number()));
        Function<Todo, @Nullable String> work = works.get(todo.name());
        if (work == null) throw new AssertionError("Nobody knows how to do " + todo);
        String done = work.apply(todo);
        if (done == null) {
            later(todo, scene.inWorkingDays(3, 9));
            return Set.of();
        }
        count(todo.name());
        detail = todo.process() + " #" + todo.row() + " " + done;
        touched.addAll(scene.family(todo.number()));
        return touched;
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    /** Null: never. */
    private @Nullable Instant when(Todo todo) {
        Dice dice = scene.dice();
        switch (todo.name()) {
            case "answerAssignment":
                return dice.rare(0.1) ? null : scene.inWorkingDays(0, 4);
            case "giveFeedback":
                if (dice.chance(0.12)) return null;
                return dice.chance(0.1) ? late(todo) : scene.inWorkingDays(0, 12);
            case "reviseProposal":
                return dice.chance(0.2) ? late(todo) : scene.inWorkingDays(0, 4);
            default:
                return dice.chance(0.05) ? late(todo) : usual(todo);
        }
    }

    private Instant late(Todo todo) {
        Instant due = todo.due();
        LocalDate day = due == null ? scene.today() : OfficialDays.day(due);
        return scene.officeHour(day.plusDays(scene.dice().between(1, 15)));
    }

    private Instant usual(Todo todo) {
        return switch (todo.name()) {
            case "decideInMeeting", "decideByDirector" -> scene.inWorkingDays(1, 8);
            case "confirmUnits" -> scene.inWorkingDays(1, 15);
            case "ruleOnReturn" -> scene.inWorkingDays(1, 5);
            case "handle" -> scene.inWorkingDays(5, 45);
            case "collateOpinions" -> scene.inWorkingDays(2, 12);
            case "draftReply", "draftCoOpinion" -> scene.inWorkingDays(1, 9);
            case "examineFeedback" -> scene.inWorkingDays(0, 8);
            case "mediate" -> scene.inWorkingDays(2, 18);
            case "reportProgress" -> scene.inWorkingDays(3, 20);
            case "checkReport", "decideEscalation" -> scene.inWorkingDays(1, 10);
            default -> scene.inWorkingDays(0, 3);
        };
    }

    private Map<String, Long> figures() {
        Map<String, Long> figures = new TreeMap<>();
        scene.rows("select status, count(*) from casefile_case group by status", (row, n) -> {
            figures.put(row.getString(1), row.getLong(2));
            return 0;
        });
        for (String table : List.of(
                "notice_outbox",
                "casefile_timeline",
                "base_audit",
                "proposal_revisit",
                "proposal_extension",
                "casefile_open_step",
                "casefile_meeting",
                "proposal_topic_choice")) {
            figures.put(table, scene.count("select count(*) from " + table));
        }
        return figures;
    }
}
