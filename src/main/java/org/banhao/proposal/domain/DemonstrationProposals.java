package org.banhao.proposal.domain;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.banhao.base.ChineseTime;
import org.banhao.casefile.CaseMeetings;
import org.banhao.casefile.MeetingKind;
import org.banhao.people.DemonstrationCast;
import org.banhao.people.DemonstrationPieces;
import org.banhao.people.Member;
import org.banhao.people.People;
import org.banhao.people.Person;
import org.banhao.people.Roles;
import org.banhao.people.Unit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens the demonstration's session and brings its proposals to their stages, by the same use cases and forms as people: once,
 * into a database without proposals, all of them or none. Before the web server takes requests: the one transaction holds the counters of numbers,
 * and whoever wrote a proposal meanwhile was kept waiting and then refused.
 */
@Component
class DemonstrationProposals extends DemonstrationPieces {

    private static final Logger LOG = LoggerFactory.getLogger(DemonstrationProposals.class);
    private static final String SESSION = "14-5";
    private static final Set<String> FILED = Set.of(
            "filed", "assigned", "accepted", "drafting", "replied", "repliedInPart", "handledAgain", "reassigned");
    private static final String RESOURCE = "/demonstration/proposals.json";

    private final ProposalRows rows;
    private final Sessions sessions;
    private final SessionAdministration administration;
    private final Drafts drafts;
    private final Submission submission;
    private final CaseMeetings meetings;
    private final People people;
    private final DemonstrationHands hands;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final ObjectMapper json;
    private final Clock clock;

    DemonstrationProposals(
            DemonstrationCast cast,
            ProposalRows rows,
            Sessions sessions,
            SessionAdministration administration,
            Drafts drafts,
            Submission submission,
            CaseMeetings meetings,
            People people,
            DemonstrationHands hands,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            ObjectMapper json,
            Clock clock) {
        super(cast);
        this.rows = rows;
        this.sessions = sessions;
        this.administration = administration;
        this.drafts = drafts;
        this.submission = submission;
        this.meetings = meetings;
        this.people = people;
        this.hands = hands;
        this.events = events;
        this.transaction = transaction;
        this.json = json;
        this.clock = clock;
    }

    /**
     * One proposal of the file.
     *
     * @param proposer name of a member or organisation of the cast
     * @param stage how far it goes; see {@link #go} and {@link DemonstrationFiled}
     * @param raisedBefore the year or number of the same matter before
     * @param key 重点提案
     * @param secondable 同意其他委员附议
     */
    record Scene(
            String title,
            String proposer,
            @Nullable List<String> coSigners,
            String category,
            List<String> wish,
            String stage,
            @Nullable List<String> researchForms,
            @Nullable String leadTitle,
            @Nullable List<String> defects,
            @Nullable String ground,
            @Nullable String destination,
            @Nullable String opinion,
            @Nullable String raisedBefore,
            boolean key,
            boolean secondable,
            String situation,
            String analysis,
            List<String> suggestions,
            @Nullable Map<String, DemonstrationFiled.Words> handling) {}

    @Override
    protected boolean present() {
        return rows.any();
    }

    @Override
    protected void load() {
        openSession();
        transaction.executeWithoutResult(status -> {
            // of two nodes that start together the second waits here and finds the work done
            sessions.lock(sessions.current().id());
            if (!rows.any()) play();
        });
    }

    /** 十四届五次, with the closing hour and limits one would enter first; a city opens its own on the page. */
    private void openSession() {
        if (sessions.open().isPresent()) {
            return;
        }
        Person clerk = hands.one(Roles.PROPOSAL_CLERK);
        LocalDate today = ChineseTime.day(clock.instant());
        LocalDate lastDay = LocalDate.of(today.getYear(), 12, 31);
        Instant closes = (today.isBefore(lastDay) ? lastDay : lastDay.plusYears(1))
                .atTime(18, 0)
                .atZone(ChineseTime.ZONE)
                .toInstant();
        try {
            DemonstrationHands.as(clerk, () -> {
                administration.add(
                        clerk.id(),
                        SESSION,
                        closes,
                        new SessionAdministration.Rules("十四届五次", "meeting", 50, 1500, 500, 3, 1));
                return SESSION;
            });
        } catch (DuplicateKeyException another) {
            // of two nodes that start together the other one was first
            LOG.info("The demonstration session is there already");
        }
    }

    private void play() {
        List<Scene> scenes = scenes();
        Person secretary = hands.one(Roles.MEETING_SECRETARY);
        long meeting = DemonstrationHands.as(
                secretary,
                () -> meetings.create(
                        MeetingKind.COMMITTEE.code(),
                        "提案委员会第二次会议（演示）",
                        ChineseTime.day(clock.instant()),
                        secretary.id()));
        Map<String, String> numbers = new HashMap<>();
        List<Written> all = new ArrayList<>();
        for (Scene scene : scenes) {
            String number = write(scene);
            numbers.put(scene.title(), number);
            all.add(new Written(scene, number));
        }
        for (Written written : all) {
            String lead = written.scene().leadTitle();
            go(written.scene(), written.number(), lead == null ? null : numbers.get(lead), meeting);
        }
        Person clerk = hands.one(Roles.PROPOSAL_CLERK);
        for (Written written : all) {
            if (FILED.contains(written.scene().stage())) {
                hands.answer(written.number(), clerk, Map.of("numberConfirmed", true));
            }
        }
        for (Written written : all) {
            if (!written.scene().stage().equals("filed")
                    && FILED.contains(written.scene().stage())) {
                Scene scene = written.scene();
                events.publishEvent(new DemonstrationFiled(
                        written.number(),
                        scene.title().replaceAll("^关于|的提案$", ""),
                        scene.stage(),
                        scene.wish(),
                        scene.handling() == null ? Map.of() : scene.handling(),
                        scene.key()));
            }
        }
        LOG.info("Loaded {} demonstration proposals", all.size());
    }

    private record Written(Scene scene, String number) {}

    private List<Scene> scenes() {
        try (InputStream in = DemonstrationProposals.class.getResourceAsStream(RESOURCE)) {
            return List.of(json.readValue(in, Scene[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String write(Scene scene) {
        Member proposer = member(scene.proposer());
        Person writer = person(proposer.personId());
        return DemonstrationHands.as(writer, () -> {
            String number = drafts.begin(writer.id(), proposer.id());
            boolean sealed = Coded.find(CollectiveKind.class, proposer.kind()) != null
                    && !proposer.kind().equals("sector");
            drafts.save(
                    number,
                    writer.id(),
                    1,
                    content(
                            scene,
                            proposer,
                            sealed ? hands.scan(null, Drafts.step(number), "盖章页（演示）.pdf", writer) : null));
            return number;
        });
    }

    private DraftContent content(Scene scene, Member proposer, @Nullable String seal) {
        List<String> research = scene.researchForms() == null ? List.of() : scene.researchForms();
        List<String> coSigners = scene.coSigners() == null ? List.of() : scene.coSigners();
        List<String> units = people.units().stream().map(Unit::id).toList();
        return new DraftContent(
                scene.title(),
                scene.situation(),
                scene.analysis(),
                List.copyOf(scene.suggestions()),
                scene.category(),
                scene.wish().stream().filter(units::contains).toList(),
                Consent.FULL.code(),
                !research.isEmpty(),
                research,
                scene.raisedBefore() != null,
                scene.raisedBefore(),
                List.of(ContactWay.PHONE.code(), ContactWay.MEETING.code()),
                false,
                scene.secondable(),
                Source.OWN.code(),
                true,
                coSigners.stream().map(name -> member(name).id()).toList(),
                seal,
                proposer.kind().equals("sector") ? proposer.personId() : null,
                null);
    }

    private void go(Scene scene, String number, @Nullable String lead, long meeting) {
        if (scene.stage().equals("draft")) {
            return;
        }
        Member proposer = member(scene.proposer());
        Person writer = person(proposer.personId());
        DemonstrationHands.as(writer, () -> submission.handIn(number, writer.id()));
        if (scene.stage().equals("collecting")) {
            return;
        }
        for (String name : scene.coSigners() == null ? List.<String>of() : scene.coSigners()) {
            Person signer = person(member(name).personId());
            DemonstrationHands.as(signer, () -> {
                submission.confirm(number, signer.id());
                return number;
            });
        }
        if (scene.stage().equals("firstReview")) {
            return;
        }
        if (scene.stage().equals("withdrawn")) {
            DemonstrationHands.as(writer, () -> {
                submission.withdraw(number, writer.id(), scene.opinion());
                return number;
            });
            return;
        }
        String verdict =
                switch (scene.stage()) {
                    case "returned" -> Verdict.RETURN.code();
                    case "merged" -> Verdict.MERGE.code();
                    case "notFiled" -> Verdict.NOT_FILE.code();
                    case "converted" -> Verdict.CONVERT.code();
                    default -> Verdict.FILE.code();
                };
        Map<String, Object> details = details(scene, verdict, lead);
        Person clerk = hands.one(Roles.PROPOSAL_CLERK);
        hands.answer(number, clerk, review(details, "first", verdict, scene));
        if (scene.stage().equals("returned") || scene.stage().equals("secondReview")) {
            return;
        }
        hands.answer(number, hands.one(Roles.GROUP_REVIEWER), review(details, "second", verdict, scene));
        if (scene.stage().equals("planned")) {
            return;
        }
        Person secretary = hands.one(Roles.MEETING_SECRETARY);
        Map<String, Object> decision = new HashMap<>(details);
        decision.put("meeting", String.valueOf(meeting));
        decision.put("finalVerdict", verdict);
        hands.answer(number, secretary, decision);
    }

    private static Map<String, Object> details(Scene scene, String verdict, @Nullable String lead) {
        Map<String, Object> details = new HashMap<>();
        put(details, "leadCase", verdict.equals(Verdict.MERGE.code()) ? lead : null);
        put(details, "ground", scene.ground());
        put(details, "destination", scene.destination());
        put(details, "defects", scene.defects());
        return details;
    }

    private static Map<String, Object> review(Map<String, Object> details, String level, String verdict, Scene scene) {
        Map<String, Object> values = new HashMap<>(details);
        values.put(level + "Verdict", verdict);
        put(values, level + "Opinion", scene.opinion());
        // the form asks for these only when the proposal goes on as one
        if (!verdict.equals(Verdict.RETURN.code()) && !verdict.equals(Verdict.NOT_FILE.code())) {
            values.put("category", scene.category());
            values.put("suggestedUnits", scene.wish());
        }
        return values;
    }

    private static void put(Map<String, Object> values, String key, @Nullable Object value) {
        if (value != null) {
            values.put(key, value);
        }
    }

    private Person person(String id) {
        return people.find(id).orElseThrow(() -> new IllegalStateException("The cast has no person " + id));
    }

    private Member member(String name) {
        return people.members().stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The cast has no member " + name));
    }
}
