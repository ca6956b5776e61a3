package org.banhao.whole.year;

import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.banhao.people.Member;
import org.banhao.people.People;
import org.banhao.proposal.domain.Category;
import org.banhao.proposal.domain.Consent;
import org.banhao.proposal.domain.ContactWay;
import org.banhao.proposal.domain.DraftContent;
import org.banhao.proposal.domain.Drafts;
import org.banhao.proposal.domain.Merging;
import org.banhao.proposal.domain.Session;
import org.banhao.proposal.domain.Sessions;
import org.banhao.proposal.domain.Source;
import org.banhao.proposal.domain.Submission;
import org.jspecify.annotations.Nullable;

/** Members and organisations on their own pages: writing, signing together, taking back, objecting. */
final class Proposing {

    private static final List<String> MATTERS = List.of(
            "中小学心理健康教育",
            "城市内河治理",
            "老旧小区停车",
            "乡村医生待遇",
            "文旅融合发展",
            "青年人才公寓",
            "职业教育实训",
            "社区养老食堂",
            "农村饮水安全",
            "中小企业融资",
            "垃圾分类转运",
            "公园经济发展",
            "志愿服务激励",
            "夜间经济",
            "公交线路优化",
            "古建筑保护");

    private final Scene scene;
    private final Soliciting soliciting;
    private int written;

    Proposing(Scene scene, Soliciting soliciting) {
        this.scene = scene;
        this.soliciting = soliciting;
    }

    private Dice dice() {
        return scene.dice();
    }

    /** Somebody in office writes a proposal and hands it in, or throws it away. */
    Set<String> write() {
        String kind =
                dice().weighted(Map.entry("single", 0.55), Map.entry("joint", 0.25), Map.entry("collective", 0.2));
        boolean collective = kind.equals("collective");
        Member proposer = dice().one(
                        collective
                                ? scene.house()
                                        .members(dice().one(List.of(
                                                "party", "organization", "committee", "sector", "group")))
                                : scene.house().members("member"));
        boolean paper = dice().chance(0.1);
        String writer = paper ? House.CLERK : proposer.personId();
        String[] number = new String[1];
        scene.as(
                writer,
                () -> number[0] = paper
                        ? scene.bean(Drafts.class).beginOnBehalf(writer, proposer.id())
                        : scene.bean(Drafts.class).begin(writer, proposer.id()));
        String draft = number[0];
        List<String> coSigners = new ArrayList<>();
        if (kind.equals("joint")) {
            List<Member> others = scene.house().members("member").stream()
                    .filter(member -> !member.personId().equals(proposer.personId()))
                    .toList();
            dice().some(others, dice().between(1, 4)).forEach(other -> coSigners.add(other.id()));
        }
        boolean convened = proposer.kind().equals("sector") || proposer.kind().equals("group");
        String step = Drafts.step(draft);
        boolean convenes = collective && convened && dice().chance(0.7);
        String seal = collective && !convenes ? scene.draftPaper(draft, step, writer) : null;
        String convener = convenes
                ? dice().one(scene.bean(Drafts.class).conveners(proposer.id()).stream()
                                .sorted(java.util.Comparator.comparing(org.banhao.people.Person::id))
                                .toList())
                        .id()
                : null;
        String scan = paper ? scene.draftPaper(draft, step, writer) : null;
        DraftContent content = content(coSigners, seal, convener, scan);
        scene.as(writer, () -> scene.bean(Drafts.class).save(draft, writer, 1, content));
        soliciting.answer(draft, writer);
        if (dice().rare(0.02)) {
            scene.as(writer, () -> scene.bean(Drafts.class).delete(draft, writer));
            return Set.of(draft);
        }
        handIn(draft, writer);
        if (dice().rare(0.08)) {
            scene.later(
                    scene.officeHour(scene.today().plusDays(dice().between(1, 130))),
                    "withdraw " + draft,
                    () -> withdraw(draft));
        }
        return Set.of(draft);
    }

    private DraftContent content(
            List<String> coSigners, @Nullable String seal, @Nullable String convener, @Nullable String scan) {
        List<String> suggestions = new ArrayList<>();
        int many = dice().between(1, 4);
        for (int i = 1; i <= many; i++) suggestions.add("建议之" + i + "：明确牵头单位，列出时间表。");
        Consent consent = dice().weighted(
                        Map.entry(Consent.FULL, 0.8),
                        Map.entry(Consent.TITLE_ONLY, 0.12),
                        Map.entry(Consent.INTERNAL, 0.08));
        return new DraftContent(
                "关于推进" + dice().one(MATTERS) + "的提案之" + ++written,
                "现状摘自走访记录，群众反映比较集中。",
                "职责分散，缺少统一的办法。",
                List.copyOf(suggestions),
                dice().one(List.of(Category.values())).code(),
                dice().some(scene.house().units(), dice().between(0, 2)),
                consent.code(),
                false,
                List.of(),
                false,
                null,
                List.of(ContactWay.PHONE.code()),
                dice().chance(0.05),
                false,
                Source.OWN.code(),
                true,
                List.copyOf(coSigners),
                seal,
                convener,
                scan);
    }

    private void handIn(String number, String writer) {
        Instant handedIn = scene.now();
        scene.as(writer, () -> scene.bean(Submission.class).handIn(number, writer));
        scene.books().handedIn(number, handedIn);
        if (!scene.status(number).equals("collecting")) return;
        Session session = scene.bean(Sessions.class).current();
        boolean plenary = !handedIn.isAfter(session.closesAt());
        scene.books()
                .signing(
                        number,
                        plenary ? signingEnd(session, handedIn) : scene.terms().due("coSignature", handedIn));
        List<String> asked = new ArrayList<>(scene.texts(
                "select person_id from proposal_signature where case_number = ? and role = 'co' and state = 'invited'"
                        + " order by position",
                number));
        asked.addAll(scene.texts(
                "select convener_person from proposal_seal where case_number = ? and state = 'invited'", number));
        for (String person : asked) {
            if (dice().chance(0.15)) continue;
            boolean yes = dice().chance(0.88);
            scene.later(
                    scene.inWorkingDays(0, 4),
                    person + (yes ? " signs " : " declines ") + number,
                    () -> sign(number, person, yes));
        }
        if (dice().rare(0.06)) {
            scene.later(scene.inWorkingDays(0, 2), "takes back to draft " + number, () -> backToDraft(number, writer));
        } else if (dice().rare(0.06)) {
            scene.later(scene.inWorkingDays(0, 2), "recalls an invitation of " + number, () -> recall(number, writer));
        }
    }

    /** 大会提案: the closing hour, or the working day that co-signers have at least. */
    Instant signingEnd(Session session, Instant handedIn) {
        Instant least = scene.days()
                .workingDay(OfficialDays.day(handedIn), 1)
                .atTime(LocalTime.of(18, 0))
                .atZone(OfficialDays.ZONE)
                .toInstant();
        return least.isAfter(session.closesAt()) ? least : session.closesAt();
    }

    private boolean collecting(String number) {
        return scene.status(number).equals("collecting");
    }

    private Set<String> sign(String number, String person, boolean yes) {
        Instant until = scene.books().signing(number);
        boolean asked = scene.count(
                                "select count(*) from proposal_signature where case_number = ? and person_id = ? and"
                                        + " state = 'invited'",
                                number,
                                person)
                        + scene.count(
                                "select count(*) from proposal_seal where case_number = ? and convener_person = ? and"
                                        + " state = 'invited'",
                                number,
                                person)
                > 0;
        if (!collecting(number) || !asked || until == null || scene.now().isAfter(until)) return Set.of();
        scene.as(person, () -> {
            if (yes) scene.bean(Submission.class).confirm(number, person);
            else scene.bean(Submission.class).decline(number, person);
        });
        return Set.of(number);
    }

    private Set<String> backToDraft(String number, String writer) {
        if (!collecting(number)) return Set.of();
        scene.as(writer, () -> scene.bean(Submission.class).backToDraft(number, writer));
        scene.later(scene.inWorkingDays(1, 3), "hands in again " + number, () -> {
            if (!scene.status(number).equals("draft")) return Set.of();
            boolean complete = scene.bean(Drafts.class).missing(number, writer).isEmpty();
            if (complete) handIn(number, writer);
            return complete ? Set.of(number) : Set.of();
        });
        return Set.of(number);
    }

    private Set<String> recall(String number, String writer) {
        List<String> invited = scene.texts(
                "select member_id from proposal_signature where case_number = ? and role = 'co' and state = 'invited'"
                        + " order by position",
                number);
        if (!collecting(number) || invited.isEmpty()) return Set.of();
        scene.as(writer, () -> scene.bean(Submission.class).recallInvitation(number, writer, invited.get(0)));
        return Set.of(number);
    }

    /** 撤案, where the rules let him. */
    Set<String> withdraw(String number) {
        List<String> own = scene.texts(
                "select coalesce(entered_by, proposer_person) from proposal_proposal where case_number = ? and"
                        + " handed_in_at is not null and withdrawn_at is null and (verdict is null or verdict in ('file',"
                        + " 'merge'))",
                number);
        boolean answered =
                List.of("replied", "secondHandling", "closed", "draft").contains(scene.status(number));
        if (own.isEmpty() || answered || scene.family(number).size() > 1 && leads(number)) return Set.of();
        boolean rests =
                scene.count("select count(*) from casefile_suspension where case_number = ? and until is null", number)
                        > 0;
        if (rests) return Set.of();
        Set<String> touched = scene.family(number);
        scene.as(own.get(0), () -> scene.bean(Submission.class).withdraw(number, own.get(0), "情况已经变化，不再需要。"));
        return touched;
    }

    boolean leads(String number) {
        return scene.count(
                        "select count(*) from proposal_proposal where lead_case = ? and verdict = 'merge' and"
                                + " withdrawn_at is null",
                        number)
                > 0;
    }

    /** What the proposers of a merged case may do about it until 交办, and the office until a unit has answered. */
    void merged(String number) {
        if (!dice().chance(0.5)) return;
        scene.later(scene.inWorkingDays(0, 4), "objects to the merge of " + number, () -> {
            if (!mayObject(number)) return Set.of();
            String person = scene.texts("select proposer_person from proposal_proposal where case_number = ?", number)
                    .get(0);
            scene.as(person, () -> scene.bean(Merging.class).object(number, person, "诉求不同，请单独立案。"));
            if (dice().chance(0.7)) {
                scene.later(
                        scene.inWorkingDays(0, dice().chance(0.3) ? 40 : 4), "undoes the merge of " + number, () -> {
                            if (!mayUndo(number)) return Set.of();
                            Set<String> touched = scene.family(number);
                            scene.as(
                                    House.CLERK,
                                    () -> scene.bean(Merging.class).undo(number, House.CLERK, "两件提案的诉求不同。"));
                            return touched;
                        });
            }
            return Set.of(number);
        });
    }

    private boolean mayUndo(String number) {
        return scene.status(number).equals("merged")
                && scene.count(
                                "select count(*) from proposal_handling where case_number = ? and state = 'delivered'",
                                lead(number))
                        == 0;
    }

    private boolean mayObject(String number) {
        return scene.status(number).equals("merged")
                && List.of(
                                "firstReview",
                                "secondReview",
                                "planFile",
                                "planMerge",
                                "planConvert",
                                "planNotFile",
                                "returned",
                                "awaitingNumber",
                                "filed")
                        .contains(scene.status(lead(number)));
    }

    private String lead(String number) {
        return Objects.requireNonNull(
                scene.texts("select lead_case from proposal_proposal where case_number = ?", number)
                        .get(0));
    }

    boolean inOffice(String person) {
        return !scene.bean(People.class).membershipsOf(person).isEmpty();
    }
}
