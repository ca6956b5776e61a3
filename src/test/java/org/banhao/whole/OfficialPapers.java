package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.extractor.XWPFWordExtractor;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.banhao.base.ChineseTime;
import org.banhao.base.Overtaken;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseReading;
import org.banhao.casefile.domain.Dossiers;
import org.banhao.document.Documents;
import org.banhao.document.PdfConversion;
import org.banhao.document.StoredDocument;
import org.banhao.paper.PaperKind;
import org.banhao.paper.PaperSource;
import org.banhao.paper.PaperSubject;
import org.banhao.paper.domain.Issuers;
import org.banhao.paper.domain.Paper;
import org.banhao.paper.domain.PaperBatch;
import org.banhao.paper.domain.PaperDesk;
import org.banhao.paper.domain.Templates;
import org.banhao.people.People;
import org.banhao.people.Person;
import org.banhao.proposal.domain.Session;
import org.banhao.proposal.domain.Sessions;
import org.banhao.proposal.domain.handling.ConsultationKind;
import org.banhao.proposal.domain.handling.Extensions;
import org.banhao.proposal.domain.revisit.Revisits;
import org.banhao.proposal.domain.selection.KeySelection;
import org.banhao.testing.Desk;
import org.banhao.testing.Together;
import org.junit.jupiter.api.Test;

/** Papers of real cases: made by who issues them, numbered, sealed, voided; opened again and read. */
interface OfficialPapers extends HandlingWay {

    String CLERK = "bao-xiaolan";

    private PaperDesk desk() {
        return bean(PaperDesk.class);
    }

    private PaperDesk.Offer offer(String number, String kind, String person) {
        return desk().offers(number, person).stream()
                .filter(one -> one.kind().code().equals(kind))
                .findFirst()
                .orElseThrow(() -> new AssertionError(person + " is offered no " + kind + " in " + number));
    }

    private Set<String> offered(String number, String person) {
        return desk().offers(number, person).stream()
                .map(one -> one.kind().code())
                .collect(Collectors.toSet());
    }

    /** With the words the case suggests and these. */
    private long made(String number, String kind, String person, Map<String, String> words) {
        PaperDesk.Offer offer = offer(number, kind, person);
        Map<String, String> inputs =
                new HashMap<>(desk().sheet(kind, offer.subject().key(), person).inputs());
        inputs.putAll(words);
        return desk().make(kind, offer.subject().key(), inputs, person);
    }

    private LocalDate today() {
        return ChineseTime.day(now());
    }

    private Paper issued(long id, String person) {
        PaperDesk.View view = desk().read(id, person);
        desk().issue(id, view.paper().version(), "路守正", today(), person);
        return desk().read(id, person).paper();
    }

    private XWPFDocument word(long id, int version, String person) {
        try {
            return new XWPFDocument(desk().open(id, version, person).content());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String text(long id, String person) {
        List<Paper.File> files = desk().read(id, person).files();
        try (XWPFWordExtractor all =
                new XWPFWordExtractor(word(id, files.get(files.size() - 1).version(), person))) {
            return all.getText();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    // ---- life of a paper

    @Test
    default void aNoticeOfFilingIsMadeOfTheCaseNumberedSealedAndReadByTheProposer() {
        String number = filed();
        long id = made(number, "filingNotice", CLERK, Map.of("抄送", "市政府办公室。"));
        assertThat(text(id, CLERK))
                .contains("卫林书委员：", "〔" + today().getYear() + "〕　号", "立案")
                .doesNotContain("{{");

        Paper paper = issued(id, CLERK);

        assertThat(paper.number()).matches("长协提函〔" + today().getYear() + "〕[1-9][0-9]*号");
        String text = text(id, CLERK);
        String fileNumber = db().sql("select file_number from casefile_case where number = ?")
                .param(number)
                .query(String.class)
                .single();
        assertThat(text)
                .contains(
                        String.valueOf(paper.number()),
                        fileNumber,
                        today().getYear() + "年" + today().getMonthValue() + "月" + today().getDayOfMonth() + "日",
                        "抄送：市政府办公室。",
                        "政协长治市委员会提案委员会",
                        "演示");
        desk().seal(id, paper.version(), "盖章件.pdf", new ByteArrayInputStream(PDF), CLERK);
        PaperDesk.View view = desk().read(id, CLERK);
        assertThat(view.sealed()).isTrue();
        assertThat(view.files()).extracting(Paper.File::purpose).containsExactly("draft", "issued", "sealed");
        assertThat(desk("卫林书").web().get("/cases/" + number).body()).contains("发出立案通知 " + paper.number(), "盖章件.pdf");
        assertThat(actions(number)).contains("paper.make", "paper.issue", "paper.seal");
    }

    private List<String> actions(String number) {
        return db().sql("select action from base_audit where case_number = ?")
                .param(number)
                .query(String.class)
                .list();
    }

    @Test
    default void aVoidPaperKeepsItsNumberAndTheNextOneFollowsWithoutAGap() {
        String number = filed();
        Paper first = issued(made(number, "receipt", CLERK, Map.of()), CLERK);
        desk().end(first.id(), first.version(), "主送写错", CLERK);
        long dropped = made(number, "receipt", CLERK, Map.of());
        desk().end(dropped, 1, "不发了", CLERK);
        Paper second = issued(made(number, "receipt", CLERK, Map.of()), CLERK);

        assertThat(running(second)).isEqualTo(running(first) + 1);
        assertThat(desk().registers(0, CLERK))
                .filteredOn(register -> register.issuer().unitId().equals(Issuers.COMMITTEE))
                .singleElement()
                .satisfies(register -> {
                    assertThat(register.papers())
                            .filteredOn(paper -> paper.id() == first.id())
                            .singleElement()
                            .satisfies(paper -> {
                                assertThat(paper.state()).isEqualTo(Paper.State.VOID);
                                assertThat(paper.endedReason()).isEqualTo("主送写错");
                            });
                    assertThat(register.papers().stream()
                                    .filter(paper ->
                                            String.valueOf(paper.number()).startsWith("长协提函"))
                                    .map(OfficialPapers::running))
                            .isEqualTo(IntStream.rangeClosed(1, running(second))
                                    .boxed()
                                    .toList());
                });
    }

    private static int running(Paper paper) {
        String number = String.valueOf(paper.number());
        return Integer.parseInt(number.substring(number.indexOf('〕') + 1, number.length() - 1));
    }

    @Test
    default void numbersTakenAtOnceAreAllDifferentAndLeaveNoneOut() {
        String number = filed();
        List<Long> drafts = new ArrayList<>();
        for (int i = 0; i < 8; i++) drafts.add(made(number, "receipt", CLERK, Map.of()));
        List<Callable<Integer>> acts = drafts.stream()
                .map(id -> (Callable<Integer>) () -> running(issued(id, CLERK)))
                .toList();

        List<Integer> numbers = Together.all(acts).stream().sorted().toList();

        assertThat(numbers)
                .isEqualTo(IntStream.range(numbers.get(0), numbers.get(0) + 8)
                        .boxed()
                        .toList());
    }

    @Test
    default void aPaperThatIsRefusedSpendsNoNumber() {
        String number = filed();
        long id = made(number, "receipt", CLERK, Map.of());
        int before = bean(Issuers.class).last("长协提函").orElse(0);

        assertThatThrownBy(() -> desk().issue(id, 1, "", today(), CLERK)).hasMessageContaining("「签发人」");
        assertThatThrownBy(() -> desk().issue(id, 1, "路守正", today().plusDays(1), CLERK))
                .hasMessageContaining("不能晚于今天");
        assertThatThrownBy(() -> desk().issue(id, 7, "路守正", today(), CLERK)).isInstanceOf(Overtaken.class);
        assertThatThrownBy(() -> desk().seal(id, 1, "a.pdf", new ByteArrayInputStream(PDF), CLERK))
                .hasMessageContaining("还没有编号发文");
        assertThat(bean(Issuers.class).last("长协提函").orElse(0)).isEqualTo(before);
    }

    @Test
    default void whatWasChangedInWordKeepsItsWordsAndGetsItsNumber() throws IOException {
        String number = filed();
        long id = made(number, "filingNotice", CLERK, Map.of());
        byte[] edited;
        try (XWPFDocument word = word(id, 1, CLERK);
                java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream()) {
            word.createParagraph().createRun().setText("另附座谈会通知。");
            word.write(out);
            edited = out.toByteArray();
        }
        desk().edited(id, 1, new ByteArrayInputStream(edited), CLERK);

        Paper paper = issued(id, CLERK);

        assertThat(text(id, CLERK))
                .contains("另附座谈会通知。", String.valueOf(paper.number()))
                .doesNotContain("　号", "　月");
    }

    @Test
    default void anEditedTextWithoutAPlaceForItsNumberIsRefused() throws IOException {
        long id = made(filed(), "filingNotice", CLERK, Map.of());
        byte[] empty;
        try (XWPFDocument word = new XWPFDocument();
                java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream()) {
            word.createParagraph().createRun().setText("没有文号。");
            word.write(out);
            empty = out.toByteArray();
        }
        assertThatThrownBy(() -> desk().edited(id, 1, new ByteArrayInputStream(empty), CLERK))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("长协提函〔");
    }

    @Test
    default void anIssuedPaperIsNotReplacedByAnotherVersionInTheDossier() {
        String number = filed();
        Desk clerk = desk("暴晓岚");
        String key = offer(number, "filingNotice", CLERK).subject().key();
        String made = Desk.ok(
                        clerk.web()
                                .form(
                                        "/papers",
                                        List.of(
                                                Map.entry("kind", "filingNotice"),
                                                Map.entry("subject", key),
                                                Map.entry("input.主送", "卫林书委员"))),
                        302)
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .replaceAll(".*/papers/", "");
        Desk.ok(
                clerk.web()
                        .form(
                                "/papers/" + made + "/issue",
                                List.of(
                                        Map.entry("version", "1"),
                                        Map.entry("signer", "路守正"),
                                        Map.entry("day", today().toString()))),
                302);
        StoredDocument paper = bean(Documents.class).ofCase(number).stream()
                .filter(one -> "paper/filingNotice".equals(one.origin()))
                .findFirst()
                .orElseThrow();
        assertThat(paper.personId()).isEqualTo(CLERK);
        assertThatThrownBy(() -> bean(Dossiers.class)
                        .revise(
                                number,
                                paper.id(),
                                "改.docx",
                                new ByteArrayInputStream(PDF),
                                "改一个字",
                                bean(People.class).find(CLERK).orElseThrow(),
                                bean(People.class).groupsOf(CLERK)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("作废后重新拟稿");
    }

    // ---- who issues what

    @Test
    default void everyPaperOfACaseIsMadeByTheRoleThatIssuesIt() {
        String number = drafted();
        signed(number);
        previewed(number);
        contact(number, ConsultationKind.FACE_TO_FACE, EDUCATION);

        assertThat(offered(number, CLERK)).contains("receipt", "filingNotice", "consultationMinutes");
        assertThat(offered(number, OFFICE)).contains("transferSlip", "urgeSlip", "supervisionNotice");
        assertThat(offered(number, LIAISON)).contains("replyLetter", "extensionRequest", "consultationMinutes");
        assertThat(offered(number, LIAISON)).doesNotContain("receipt", "urgeSlip");
        assertThat(offered(number, HEALTH_PERSON)).isEmpty();
        assertThat(offered(number, CHECKER)).isEmpty();
        String key = offer(number, "replyLetter", LIAISON).subject().key();
        assertThatThrownBy(() -> desk().make("replyLetter", key, Map.of("主送", "甲"), CLERK))
                .hasMessageContaining("不由您的岗位");
        long id = made(number, "replyLetter", LIAISON, Map.of());
        assertThatThrownBy(() -> desk().read(id, CLERK)).hasMessageContaining("没有这份公文");
        assertThat(desk("暴晓岚").web().get("/papers/" + id + "/files/1").statusCode())
                .isEqualTo(400);
    }

    @Test
    default void everyKindOfPaperIsMadeOfACaseThatCallsForItAndOpenedAgain() {
        ruled();
        extended();
        opinionWaitsToBeSent();
        Answered way = new Answered(this);
        String key = way.filed(true);
        way.assigned(key);
        selected(way, key);
        String session = bean(Sessions.class).current().id();
        String replied = way.answered("C", way.today().plusDays(900));
        bean(Revisits.class)
                .beginRound(
                        session,
                        "2026年C类回头看",
                        bean(Revisits.class).preview(session, List.of("C"), CLERK).stream()
                                .filter(one -> one.caseNumber().equals(replied))
                                .map(Revisits.Candidate::handlingId)
                                .toList(),
                        CLERK);
        PaperSource source = bean(PaperSource.class);
        List<PaperSubject> subjects = new ArrayList<>(source.ofSession());
        subjects.addAll(source.all("assignmentNotice"));
        // those of the demonstration too: merged, turned into a suggestion, handled again
        db().sql("select case_number from proposal_proposal order by case_number")
                .query(String.class)
                .list()
                .forEach(number -> subjects.addAll(source.ofCase(number)));
        Map<String, Integer> made = new TreeMap<>();
        for (PaperSubject subject : subjects) {
            if (made.getOrDefault(subject.kind(), 0) < 2 && made(subject)) made.merge(subject.kind(), 1, Integer::sum);
        }
        assertThat(made.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        source.kinds().stream().map(PaperKind::code).toList());
    }

    @Test
    default void theBulletinCountsWhatIsFiledAsThePageOfTheSessionDoes() {
        Session session = bean(Sessions.class).current();
        String own = filedInTheBulletin();
        String rule = "update proposal_session set merged_filed = ? where id = ?";
        db().sql(rule).params(true, session.id()).update();
        try {
            assertThat(Integer.parseInt(filedInTheBulletin())).isGreaterThan(Integer.parseInt(own));
            assertThat(desk("暴晓岚").web().get("/proposals/sessions").body())
                    .contains("立案" + filedInTheBulletin() + "件", "件，计入立案数");
        } finally {
            db().sql(rule).params(session.mergedFiled(), session.id()).update();
        }
        assertThat(desk("暴晓岚").web().get("/proposals/sessions").body()).contains("立案" + own + "件");
    }

    private String filedInTheBulletin() {
        PaperSource source = bean(PaperSource.class);
        PaperSubject bulletin = source.ofSession().stream()
                .filter(subject -> subject.kind().equals("annualBulletin"))
                .findFirst()
                .orElseThrow();
        return source.facts(bulletin).texts().get("立案件数");
    }

    /** @return false: something is missing, or nobody sits at the desk */
    private boolean made(PaperSubject subject) {
        String person = subject.desk().stream()
                .flatMap(group -> bean(People.class).membersOf(group).stream())
                .map(Person::id)
                .findFirst()
                .orElse(null);
        if (person == null) return false;
        PaperDesk.Sheet sheet = desk().sheet(subject.kind(), subject.key(), person);
        if (!sheet.missing().isEmpty()) return false;
        Map<String, String> inputs = new HashMap<>(sheet.inputs());
        sheet.kind().inputs().stream()
                .filter(PaperKind.Input::needed)
                .forEach(input -> inputs.merge(
                        input.name(), input.sample(), (there, sample) -> there.isBlank() ? sample : there));
        long id = desk().make(subject.kind(), subject.key(), inputs, person);
        Paper paper = issued(id, person);
        assertThat(text(id, person))
                .as(subject.kind())
                .doesNotContain("{{", "}}")
                .hasSizeGreaterThan(40);
        assertThat(paper.number() != null)
                .as(subject.kind())
                .isEqualTo(sheet.kind().numbered());
        keptToBeLookedAt(id, subject.kind(), person);
        return true;
    }

    /** In {@code target/papers}: how a page looks is judged by eye. */
    private void keptToBeLookedAt(long id, String kind, String person) {
        List<Paper.File> files = desk().read(id, person).files();
        try (InputStream word =
                bean(Documents.class).open(files.get(files.size() - 1).documentId())) {
            Path folder = Files.createDirectories(Path.of("target", "papers"));
            Files.copy(word, folder.resolve(kind + ".docx"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void ruled() {
        String number = filed();
        confirmed(number, Map.of("leadUnit", EDUCATION));
        returned(number);
        ruledToStay(number);
    }

    private void extended() {
        String number = sole();
        Extensions extensions = bean(Extensions.class);
        Extensions.Offer offer = extensions.offers(number, LIAISON).get(0);
        extensions.ask(offer.handlingId(), ChineseTime.day(offer.due()).plusDays(5), "需要省级部门批复后才能答复。", LIAISON);
        step(number, "approveRequest", DEPUTY, Map.of("requestVerdict", "approve"));
        step(number, "decideExtension", OFFICE, Map.of("extensionVerdict", "grant"));
    }

    private void opinionWaitsToBeSent() {
        String number = led();
        opinionSigned(number);
    }

    private void selected(Answered way, String number) {
        KeySelection selection = bean(KeySelection.class);
        long topic = selection.nominate(
                bean(Sessions.class).current().id(), "心理健康教育" + number, "群众关注，见效快。", List.of(number), CLERK);
        selection.pass(way.meeting("partyGroup"), List.of(topic), Answered.SECRETARY);
        selection.decide(
                way.meeting("chairsCouncil"),
                List.of(new KeySelection.Decision(topic, true, "ping-lichuan", null, null)),
                Answered.SECRETARY);
    }

    @Test
    default void copiesAreSuggestedByRuleAndNeverToWhoWritesOrGetsThePaper() {
        String number = led();
        opinionSigned(number);
        PaperSource source = bean(PaperSource.class);

        Map<String, List<String>> copies = new TreeMap<>();
        for (PaperSubject subject : source.ofCase(number)) {
            String suggested = source.facts(subject).suggested().getOrDefault("抄送", "");
            copies.computeIfAbsent(subject.kind() + "/" + subject.issuer(), kind -> new ArrayList<>())
                    .add(suggested);
        }

        assertThat(copies.get("coOpinionLetter/" + HEALTH))
                .as("the lead is who gets it")
                .containsExactly("市政协提案委员会，市政府办公室。");
        assertThat(copies.get("supervisionNotice/city-government-office"))
                .as("to the lead with a copy to who co-handles, and the other way round")
                .containsExactlyInAnyOrder("市政协提案委员会，市卫生健康委员会。", "市政协提案委员会。");
    }

    @Test
    default void aReplyLetterCarriesTheReplyAndItsNumberIsOfferedToWhoDelivers() {
        String number = drafted();
        signed(number);
        previewed(number);
        long id = made(number, "replyLetter", LIAISON, Map.of());
        Paper paper = issued(id, LIAISON);

        assertThat(text(id, LIAISON)).contains("今年新招专职教师。", "出台转诊办法", "A（已经解决或者采纳）", "卫林书委员：", "长治市教育局", "长教函〔");
        Desk liaison = desk("田禾");
        String task = task(number, EDUCATION, "deliverReply");
        assertThat(liaison.shown(task).path("documentNumber").path("value").asText())
                .isEqualTo(paper.number());
        deliver(number, EDUCATION, LIAISON, String.valueOf(paper.number()), 1);
        assertThat(status(number)).isEqualTo("replied");
        long form = made(number, "opinionForm", CLERK, Map.of());
        issued(form, CLERK);
        assertThat(text(form, CLERK)).contains(String.valueOf(paper.number()));
        assertThat(word(form, 2, CLERK).getAllPictures()).hasSize(1);
    }

    @Test
    default void aNumberThatWasUsedByHandIsPassedOver() {
        String number = drafted();
        signed(number);
        previewed(number);
        int next = bean(Issuers.class).last("长教函").orElse(0) + 1;
        String byHand = "长教函〔" + today().getYear() + "〕" + next + "号";
        boolean used = bean(org.banhao.proposal.domain.handling.Handlings.class).numberUsed(EDUCATION, byHand);
        if (!used) deliver(number, EDUCATION, LIAISON, byHand, 1);
        String other = drafted();
        signed(other);
        Paper paper = issued(made(other, "replyLetter", LIAISON, Map.of()), LIAISON);

        assertThat(running(paper)).isGreaterThan(next);
    }

    @Test
    default void whatIsWrittenInsideIsNotToldToTheProposer() {
        String number = drafted();
        Paper urge = issued(made(number, "supervisionNotice", OFFICE, Map.of("报告期限", "2026年12月31日")), OFFICE);
        assertThat(desk("卫林书").web().get("/cases/" + number).body())
                .doesNotContain("督办通知书", String.valueOf(urge.number()));
        assertThat(desk("田禾").web().get("/cases/" + number).body())
                .contains("内部公文：发出督办通知书", String.valueOf(urge.number()));
    }

    @Test
    default void aDirectoryOfAUnitHoldsEachOfItsCases() {
        String number = sole();
        PaperDesk.Offer notice = desk().all("assignmentNotice", OFFICE).stream()
                .filter(one -> one.subject().key().contains("/" + EDUCATION + "/"))
                .findFirst()
                .orElseThrow();
        String key = notice.subject().key();
        long id = desk().make(
                        "assignmentNotice",
                        key,
                        desk().sheet("assignmentNotice", key, OFFICE).inputs(),
                        OFFICE);
        Paper paper = issued(id, OFFICE);
        assertThat(paper.number()).startsWith("长政办通〔");
        String title = db().sql("select title from proposal_proposal where case_number = ?")
                .param(number)
                .query(String.class)
                .single();
        XWPFDocument word = word(id, 2, OFFICE);
        assertThat(word.getTables().get(word.getTables().size() - 1).getText()).contains(title, "独办");
        assertThat(word.getParagraphs()).extracting(XWPFParagraph::getText).contains("市教育局：", "附件：承办目录");
    }

    @Test
    default void whatIsMissingIsNamedBeforeItIsMade() {
        String number = filed();
        confirmed(number, Map.of("leadUnit", "agriculture-bureau"));
        bean(org.banhao.people.domain.Accounts.class).join("yi-an", HEALTH_PERSON, "agriculture-bureau.handler");
        PaperDesk.Offer request = offer(number, "returnRequest", HEALTH_PERSON);
        PaperDesk.Sheet sheet = desk().sheet("returnRequest", request.subject().key(), HEALTH_PERSON);
        assertThat(sheet.missing())
                .singleElement()
                .satisfies(missing ->
                        assertThat(missing).contains("市农业农村局", "发文代字", "公文模板").endsWith("。"));
        assertThatThrownBy(() -> desk().make(
                                "returnRequest",
                                request.subject().key(),
                                Map.of("主送", "市政府办公室", "退回理由", "不属于。", "职责依据", "三定。", "建议承办单位", "市林业局"),
                                HEALTH_PERSON))
                .hasMessageContaining("发文代字");
        assertThatThrownBy(() -> desk().make("returnRequest", request.subject().key(), Map.of(), HEALTH_PERSON))
                .hasMessageContaining("请填写「主送」");
    }

    @Test
    default void aSigningSheetHoldsWhoSaidWhat() throws IOException {
        String number = drafted();
        signed(number);
        long id = made(number, "replyLetter", LIAISON, Map.of());
        try (XWPFWordExtractor sheet =
                new XWPFWordExtractor(new XWPFDocument(new ByteArrayInputStream(desk().signingSheet(id, LIAISON))))) {
            assertThat(sheet.getText()).contains("长治市教育局发文稿纸", "牛莉", "冯远山", "同意。", "不适用");
        }
    }

    @Test
    default void aReplyLetterIsNobodyElsesBeforeTheReplyIsDelivered() {
        String number = drafted();
        signed(number);
        previewed(number);
        Paper paper = issued(made(number, "replyLetter", LIAISON, Map.of()), LIAISON);
        String letter = String.valueOf(paper.number());
        List<String> proposer = bean(People.class).groupsOf(PROPOSER);
        CaseReading reading = bean(CaseReading.class);

        assertThat(reading.papers(number, PROPOSER, proposer))
                .extracting(StoredDocument::name)
                .noneMatch(name -> name.contains("提案答复函"));
        assertThat(desk("卫林书").web().get("/cases/" + number).body()).doesNotContain(letter);
        assertThat(desk("田禾").web().get("/cases/" + number).body()).contains("发出提案答复函 " + letter);

        deliver(number, EDUCATION, LIAISON, letter, 1);

        assertThat(reading.papers(number, PROPOSER, proposer))
                .extracting(StoredDocument::name)
                .anyMatch(name -> name.contains("提案答复函"));
        assertThat(desk("卫林书").web().get("/cases/" + number).body()).contains("发出提案答复函 " + letter);
    }

    @Test
    default void aReplyLetterListsWhatItsOwnReplyPromises() {
        String number = drafted();
        signed(number);
        previewed(number);
        // what another unit of the case has in a draft
        db().sql("""
            insert into proposal_commitment (case_number, source, handling_id, content, due_on, responsible,
              binding, entered_at) values (?, 'reply', null, '别的单位还没有送达的承诺', ?, '规划科', false, ?)\
            """)
                .params(number, today().plusDays(90), now().atOffset(java.time.ZoneOffset.UTC))
                .update();
        long id = made(number, "replyLetter", LIAISON, Map.of());

        assertThat(text(id, LIAISON)).contains("承诺事项：").doesNotContain("别的单位还没有送达的承诺");
    }

    @Test
    default void aSigningSheetOfAnotherPaperQuotesNobodyOnTheReply() throws IOException {
        String number = drafted();
        signed(number);
        long id = made(number, "supervisionNotice", OFFICE, Map.of("报告期限", "2026年12月31日"));
        try (XWPFWordExtractor sheet =
                new XWPFWordExtractor(new XWPFDocument(new ByteArrayInputStream(desk().signingSheet(id, OFFICE))))) {
            assertThat(sheet.getText()).doesNotContain("牛莉", "冯远山");
        }
    }

    @Test
    default void aVoidPaperSaysSoWhereThePapersOfTheCaseAreShown() {
        String number = filed();
        Paper paper = issued(made(number, "receipt", CLERK, Map.of()), CLERK);
        desk().end(paper.id(), paper.version(), "主送写成别人", CLERK);

        assertThat(desk("暴晓岚").web().get("/cases/" + number).body()).contains("作废：主送写成别人");
        assertThat(bean(CaseReading.class).voided(number)).containsValue("主送写成别人");
    }

    @Test
    default void aPaperIsNotIssuedWhenItsCaseHasChangedThoughItsTextWasEditedByHand() throws IOException {
        String number = filed();
        long id = made(number, "filingNotice", CLERK, Map.of());
        desk().edited(id, 1, new ByteArrayInputStream(bytes(word(id, 1, CLERK))), CLERK);
        int before = bean(Issuers.class).last("长协提函").orElse(0);
        db().sql("update proposal_proposal set withdrawn_at = ? where case_number = ?")
                .params(now().atOffset(java.time.ZoneOffset.UTC), number)
                .update();
        try {
            assertThatThrownBy(() -> issued(id, CLERK))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("案件的情况变了");
        } finally {
            db().sql("update proposal_proposal set withdrawn_at = null where case_number = ?")
                    .param(number)
                    .update();
        }
        assertThat(bean(Issuers.class).last("长协提函").orElse(0)).isEqualTo(before);
    }

    private static byte[] bytes(XWPFDocument word) throws IOException {
        try (word;
                java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream()) {
            word.write(out);
            return out.toByteArray();
        }
    }

    @Test
    default void anEditedReplyLetterNamesWhoSignedIt() throws IOException {
        String number = drafted();
        signed(number);
        previewed(number);
        long id = made(number, "replyLetter", LIAISON, Map.of());
        assertThat(text(id, LIAISON)).contains("签发人：（待签发）");
        desk().edited(id, 1, new ByteArrayInputStream(bytes(word(id, 1, LIAISON))), LIAISON);

        issued(id, LIAISON);

        assertThat(text(id, LIAISON)).contains("签发人：路守正").doesNotContain("待签发");
    }

    // ---- many at once

    @Test
    default void twoBatchesAtOnceIssueEachPaperOnce() {
        List<String> numbers = List.of(filed(), filed());
        List<Callable<PaperBatch.Result>> acts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            acts.add(() -> bean(PaperBatch.class).make("filingNotice", numbers, "路守正", today(), CLERK));
        }

        List<PaperBatch.Result> results = Together.all(acts);

        assertThat(results.stream().mapToInt(one -> one.made().size()).sum()).isEqualTo(2);
        assertThat(results.stream().flatMap(one -> one.failed().stream()))
                .hasSize(4)
                .allMatch(one -> one.why().contains("已经有一份"));
        List<Long> made = results.stream().flatMap(one -> one.made().stream()).toList();
        String query = made.stream().map(id -> "paper=" + id + "&paper=" + id).collect(Collectors.joining("&"));
        HttpResponse<String> zip = desk("暴晓岚").web().get("/papers/batch.zip?" + query);
        assertThat(zip.statusCode()).isEqualTo(200);
        assertThat(zip.headers().firstValue("Content-Type")).get().asString().startsWith("application/zip");
        assertThat(zip.body()).contains("001 ", "002 ").doesNotContain("003 ");
    }

    @Test
    default void manyAreMadeAtOnceAndEachFailureIsNamed() {
        List<String> numbers = List.of(filed(), filed());
        issued(made(numbers.get(1), "filingNotice", CLERK, Map.of()), CLERK);

        PaperBatch.Result result = bean(PaperBatch.class)
                .make("filingNotice", List.of(numbers.get(0), numbers.get(1), "TA-2020-000001"), "路守正", today(), CLERK);

        assertThat(result.made()).hasSize(1);
        assertThat(result.failed())
                .extracting(PaperBatch.Failed::why)
                .hasSize(2)
                .anyMatch(why -> why.contains("已经有一份"));
        HttpResponse<String> again = desk("暴晓岚")
                .web()
                .form(
                        "/papers/batch",
                        List.of(
                                Map.entry("kind", "filingNotice"),
                                Map.entry("subject", numbers.get(0)),
                                Map.entry("signer", "路守正"),
                                Map.entry("day", today().toString())));
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).contains("已生成并发文0份，未办成1份");
    }

    // ---- templates

    @Test
    default void everyTemplateThatComesWithTheApplicationIsFitForItsKind() {
        Templates templates = bean(Templates.class);
        List<Templates.Line> lines = templates.list();
        assertThat(lines).hasSize(23 + 6);
        for (Templates.Line line : lines) {
            if (line.used() != 0) continue;
            byte[] shipped = templates.content(line.code(), 0);
            assertThat(templates.preview(line.code(), 0)).as(line.name()).isNotEmpty();
            int version = templates.upload(
                    line.code(), line.name() + line.ending(), new ByteArrayInputStream(shipped), "原样上传");
            assertThat(version).as(line.name()).isPositive();
            templates.use(line.code(), 0);
        }
    }

    @Test
    default void anAdministratorChangesATemplateAndGoesBack() throws IOException {
        Desk rules = desk("戊规");
        assertThat(rules.web().get("/admin/papers").body()).contains("立案通知", "{{案由}}", "随系统提供");
        Templates templates = bean(Templates.class);
        byte[] changed;
        try (XWPFDocument word = new XWPFDocument(new ByteArrayInputStream(templates.content("conversionLetter", 0)));
                java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream()) {
            word.createParagraph().createRun().setText("此函不另行文。{{流水号}}");
            word.write(out);
            changed = out.toByteArray();
        }
        int version = templates.upload("conversionLetter", "转函.docx", new ByteArrayInputStream(changed), "加一句");
        assertThat(preview("conversionLetter", version)).contains("此函不另行文。");
        assertThat(templates.list())
                .filteredOn(line -> line.code().equals("conversionLetter"))
                .allSatisfy(line -> assertThat(line.used()).isEqualTo(version));

        HttpResponse<String> back =
                rules.web().form("/admin/papers/conversionLetter/use", List.of(Map.entry("version", "0")));

        assertThat(back.statusCode()).isEqualTo(302);
        assertThat(preview("conversionLetter", 0)).doesNotContain("此函不另行文。");
        assertThat(rules.web()
                        .form("/admin/papers/conversionLetter/use", List.of(Map.entry("version", "99")))
                        .body())
                .contains("没有第99版模板");
        assertThat(db().sql("select action from base_audit where action like 'paper.%Template'")
                        .query(String.class)
                        .list())
                .contains("paper.uploadTemplate", "paper.chooseTemplate");
    }

    @Test
    default void aLedgerIsTakenAwayInTheLayoutTheAdministratorUploadedAndInTheUsualOneAgain() throws IOException {
        Desk rules = desk("戊规");
        assertThat(rules.web().get("/admin/papers").body()).contains("未复催办表", "[办理时限]");
        Templates templates = bean(Templates.class);
        byte[] changed;
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(templates.content("ledger.catalogue", 0)));
                java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream()) {
            book.getSheetAt(0).getRow(0).getCell(0).setCellValue("附件1　{{标题}}");
            book.write(out);
            changed = out.toByteArray();
        }
        templates.upload("ledger.catalogue", "目录.xlsx", new ByteArrayInputStream(changed), "加附件号");
        Desk clerk = desk("暴晓岚");
        assertThat(title(clerk, "ledger=catalogue")).startsWith("附件1　").endsWith("提案目录");
        assertThat(title(clerk, "ledger=key")).doesNotContain("附件1");
        rules.web().form("/admin/papers/ledger.catalogue/use", List.of(Map.entry("version", "0")));
        assertThat(title(clerk, "ledger=catalogue")).doesNotContain("附件1");
        assertThat(rules.web().get("/admin/papers/ledger.catalogue/1/preview").statusCode())
                .isEqualTo(200);
    }

    private static String title(Desk clerk, String query) throws IOException {
        byte[] file = clerk.web().bytes("/cases/list.xlsx?" + query);
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(file))) {
            return book.getSheetAt(0).getRow(0).getCell(0).toString();
        }
    }

    private String preview(String kind, int version) throws IOException {
        try (XWPFWordExtractor all = new XWPFWordExtractor(
                new XWPFDocument(new ByteArrayInputStream(bean(Templates.class).preview(kind, version))))) {
            return all.getText();
        }
    }

    @Test
    default void aTemplateWithAMacroNeverReachesTheList() {
        assertThatThrownBy(() -> bean(Templates.class)
                        .upload(
                                "receipt",
                                "宏.docm",
                                new ByteArrayInputStream("不是Word".getBytes(StandardCharsets.UTF_8)),
                                ""))
                .isInstanceOf(Refusal.class);
    }

    @Test
    default void wordsOfOrgansAreTheirsAlone() {
        Issuers issuers = bean(Issuers.class);
        assertThatThrownBy(() -> issuers.change("forestry-bureau", "长治市林业局", "长教函", "", "", ""))
                .hasMessageContaining("已由市教育局使用");
        assertThatThrownBy(() -> issuers.change("forestry-bureau", "长治市林业局", "长林函〔2026〕", "", "", ""))
                .hasMessageContaining("汉字");
        issuers.change("forestry-bureau", "长治市林业局", "长林函", "长林会函", "长林通", "");
        issuers.beginAfter("forestry-bureau", "letter", 41);
        assertThat(issuers.last("长林函")).contains(41);
        assertThatThrownBy(() -> issuers.beginAfter("forestry-bureau", "letter", 50))
                .hasMessageContaining("不能再改");

        HttpResponse<String> refused = desk("戊规")
                .web()
                .form(
                        "/admin/papers/issuers",
                        List.of(
                                Map.entry("unit", "forestry-bureau"),
                                Map.entry("name", "长治市林业和草原局"),
                                Map.entry("letter", "长教函"),
                                Map.entry("address", "长治市太行西街")));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains("已由市教育局使用")
                .as("what was typed")
                .contains("value=\"长治市林业和草原局\"", "value=\"长治市太行西街\"");
        assertThat(issuers.get("forestry-bureau").name()).isEqualTo("长治市林业局");
    }

    @Test
    default void whereLibreOfficeIsThereAPaperIsShownAsPdf() {
        assumeThat(bean(PdfConversion.class).available())
                .as("LibreOffice is installed")
                .isTrue();
        long id = made(filed(), "filingNotice", CLERK, Map.of());
        HttpResponse<String> pdf = desk("暴晓岚").web().get("/papers/" + id + "/files/1/pdf");
        assertThat(pdf.statusCode()).isEqualTo(200);
        assertThat(pdf.headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(pdf.body()).startsWith("%PDF-");
        assertThat(desk("暴晓岚").web().get("/papers/" + id + "/files/1/preview").body())
                .contains("预览字体已替代", "仿宋_GB2312");
    }
}
