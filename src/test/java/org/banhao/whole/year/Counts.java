package org.banhao.whole.year;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.banhao.casefile.OpenStep;
import org.banhao.casefile.OpenSteps;
import org.banhao.paper.PaperSource;
import org.banhao.paper.PaperSubject;
import org.banhao.people.People;
import org.banhao.proposal.domain.Filing;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.Session;
import org.banhao.proposal.domain.SessionAdministration;
import org.banhao.proposal.domain.Sessions;
import org.banhao.proposal.domain.solicitation.Participation;
import org.banhao.proposal.domain.solicitation.Solicitations;
import org.jspecify.annotations.Nullable;

/**
 * The figures of the real session, counted once more from its rows one by one: a merged proposal counts once, with the one it was merged
 * into, and one of a mock session nowhere.
 */
final class Counts {

    private static final String SESSION = "the session";

    private final Scene scene;
    private final BiConsumer<String, String> fault;
    private final Map<String, String> known = new HashMap<>();

    Counts(Scene scene, BiConsumer<String, String> fault) {
        this.scene = scene;
        this.fault = fault;
    }

    private record Row(
            String number,
            @Nullable String verdict,
            @Nullable String lead,
            boolean handedIn,
            boolean submitted,
            boolean withdrawn,
            @Nullable Integer fileNumber) {

        boolean counts() {
            return handedIn && !withdrawn;
        }

        boolean is(String other) {
            return counts() && other.equals(verdict);
        }
    }

    private Session session() {
        return scene.bean(Sessions.class).current();
    }

    /** Those that count: by the kind of their number, not by what the product takes for a mock. */
    private List<Row> rows(Session session) {
        return scene
                .rows(
                        "select case_number, verdict, lead_case, handed_in_at, submitted_at, withdrawn_at, file_number from"
                                + " proposal_proposal where session_id = ?",
                        (rs, n) -> new Row(
                                rs.getString("case_number"),
                                rs.getString("verdict"),
                                rs.getString("lead_case"),
                                rs.getObject("handed_in_at") != null,
                                rs.getObject("submitted_at") != null,
                                rs.getObject("withdrawn_at") != null,
                                rs.getObject("file_number", Integer.class)),
                        session.id())
                .stream()
                .filter(row -> Scene.real(row.number()))
                .toList();
    }

    /** One case after a step: when it counts otherwise than before, all are counted. */
    void one(
            String number,
            @Nullable String verdict,
            boolean withdrawn,
            boolean handedIn,
            @Nullable Integer fileNumber) {
        if (!Scene.real(number)) return;
        String now = verdict + " " + withdrawn + " " + handedIn + " " + fileNumber;
        if (now.equals(known.put(number, now))) return;
        Session session = session();
        filing(session, rows(session));
    }

    private void filing(Session session, List<Row> rows) {
        Filing filing = scene.bean(Proposals.class).filing(session);
        long filed = rows.stream().filter(row -> row.is("file")).count();
        Map<String, Row> byNumber = rows.stream().collect(Collectors.toMap(Row::number, row -> row));
        Set<String> once = new HashSet<>();
        for (Row row : rows) {
            if (!row.is("file") && !row.is("merge")) continue;
            Row lead = row.is("merge") ? byNumber.get(String.valueOf(row.lead())) : row;
            if (lead == null) fault.accept(row.number(), "merged into " + row.lead() + ", which does not count");
            else if (lead.is("file")) once.add(lead.number());
        }
        same("立案", session.mergedFiled() ? filed + count(rows, "merge") : once.size(), filing.counted());
        same("立案 without 并案", filed, filing.filed());
        same("收到", rows.stream().filter(Row::counts).count(), filing.collected());
        same(
                "撤回",
                rows.stream().filter(row -> row.handedIn() && row.withdrawn()).count(),
                filing.withdrawn());
        same("并案", count(rows, "merge"), filing.merged());
        same("转办", count(rows, "convert"), filing.converted());
        same("不予立案", count(rows, "notFile"), filing.notFiled());
        List<Integer> numbers = rows.stream()
                .map(Row::fileNumber)
                .filter(java.util.Objects::nonNull)
                .sorted()
                .toList();
        for (int i = 0; i < numbers.size(); i++) {
            if (numbers.get(i) != i + 1) {
                fault.accept(SESSION, "file numbers are not 1 to " + numbers.size() + ": " + numbers);
                return;
            }
        }
    }

    private static long count(List<Row> rows, String verdict) {
        return rows.stream().filter(row -> row.is(verdict)).count();
    }

    private void same(String what, long counted, long shown) {
        if (counted != shown) fault.accept(SESSION, what + " is shown as " + shown + " and counted as " + counted);
    }

    /** A step of a mock changes nothing of the real session, presses nobody, and tells nobody but its contact and the committee. */
    void mock(Collection<String> numbers) {
        Session session = session();
        List<Row> rows = rows(session);
        filing(session, rows);
        participation(session, rows);
        SessionAdministration.Line line = scene.bean(SessionAdministration.class).all().stream()
                .filter(SessionAdministration.Line::current)
                .findFirst()
                .orElseThrow();
        same("提交", rows.stream().filter(Row::handedIn).count(), line.handedIn());
        same("草稿", rows.stream().filter(row -> !row.handedIn()).count(), line.drafts());
        same(
                "last file number",
                rows.stream().filter(row -> row.fileNumber() != null).count(),
                scene.count(
                        "select coalesce(max(last_number), 0) from casefile_file_number where session_id = ?",
                        session.id()));
        scene.bean(OpenSteps.class).all().stream()
                .map(OpenStep::caseNumber)
                .filter(number -> number != null && Scene.mock(number))
                .forEach(number -> fault.accept(number, "a mock presses somebody"));
        numbers.stream().filter(Scene::mock).forEach(this::inside);
    }

    private void inside(String number) {
        if (scene.count("select count(*) from proposal_assignment_plan where case_number = ?", number) > 0)
            fault.accept(number, "a mock is assigned");
        for (String person : scene.texts(
                "select distinct o.person_id from notice_outbox o join proposal_proposal p on p.case_number ="
                        + " o.case_number where o.case_number = ? and o.person_id <> p.proposer_person",
                number)) {
            List<String> groups = scene.bean(People.class).groupsOf(person);
            if (groups.stream().noneMatch(COMMITTEE::contains)) fault.accept(number, "a mock is told to " + person);
        }
    }

    private static final List<String> COMMITTEE =
            List.of("proposal-clerk", "group-reviewer", "committee-director", "meeting-secretary", "secretary-general");

    private void participation(Session session, List<Row> rows) {
        Participation.Figures figures = scene.bean(Participation.class)
                .figures(
                        session.id(),
                        scene.bean(Solicitations.class).of(session.id()).orElse(null));
        same("征集", rows.stream().filter(Row::counts).count(), figures.collected());
        same("征集 by kind", figures.collected(), sum(figures.byKind()));
        same("征集 by period", figures.collected(), sum(figures.byPeriod()));
        List<Participation.Line> lines = scene.bean(Participation.class).lines(session.id());
        Set<String> counted =
                rows.stream().filter(Row::counts).map(Row::number).collect(Collectors.toCollection(TreeSet::new));
        Map<String, Set<String>> signed = new HashMap<>();
        scene.rows(
                "select s.member_id, s.case_number from proposal_signature s where s.state = 'confirmed'",
                (rs, n) -> counted.contains(rs.getString("case_number"))
                        && signed.computeIfAbsent(rs.getString("member_id"), key -> new HashSet<>())
                                .add(rs.getString("case_number")));
        for (Participation.Line line : lines) {
            same(
                    line.member().name() + " has proposed or signed",
                    signed.getOrDefault(line.member().id(), Set.of()).size(),
                    line.proposed() + line.coSigned());
        }
    }

    private static long sum(Map<String, Integer> parts) {
        return parts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** And what is printed of it. */
    void whole() {
        Session session = session();
        List<Row> rows = rows(session);
        filing(session, rows);
        participation(session, rows);
        PaperSource source = scene.bean(PaperSource.class);
        for (PaperSubject subject : source.ofSession()) {
            if (!subject.kind().equals("annualBulletin")) continue;
            Map<String, String> texts = source.facts(subject).texts();
            same("提交 in the bulletin", rows.stream().filter(Row::submitted).count(), number(texts, "提交件数"));
            same(
                    "立案 in the bulletin",
                    count(rows, "file") + (session.mergedFiled() ? count(rows, "merge") : 0),
                    number(texts, "立案件数"));
        }
    }

    private static long number(Map<String, String> texts, String key) {
        return Long.parseLong(java.util.Objects.requireNonNull(texts.get(key), key));
    }
}
