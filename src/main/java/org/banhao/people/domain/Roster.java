package org.banhao.people.domain;

import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.people.Member;
import org.banhao.people.Person;
import org.banhao.people.Roles;
import org.banhao.people.SpeakerChanged;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 名册: members of the conference and the organisations that may propose, each with the account that speaks for it. Who
 * is entered gets the group that opens the proposers' pages, and nothing else; the three administrators are not entered,
 * and nobody enters himself. Nobody is deleted: leaving is a date, and cases go on.
 */
@Service
@Transactional
public class Roster {

    /** Codes of {@link Member#kind} and the words for them. */
    public static final Map<String, String> KINDS = kinds();

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final int MOST = 500;

    private final RosterRows rows;
    private final PersonRows people;
    private final Accounts accounts;
    private final Pinyin pinyin;
    private final Audit audit;
    private final Clock clock;

    private final ApplicationEventPublisher events;

    Roster(
            RosterRows rows,
            PersonRows people,
            Accounts accounts,
            Pinyin pinyin,
            Audit audit,
            Clock clock,
            ApplicationEventPublisher events) {
        this.rows = rows;
        this.people = people;
        this.accounts = accounts;
        this.pinyin = pinyin;
        this.audit = audit;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Texts as typed.
     *
     * @param id empty: the login of the account
     * @param until last day in office
     */
    public record Input(
            @Nullable String id,
            String kind,
            @Nullable String name,
            @Nullable String number,
            @Nullable String sector,
            @Nullable String party,
            @Nullable String post,
            @Nullable LocalDate since,
            @Nullable LocalDate until) {}

    /** @param inOffice on the day that was asked for */
    public record Entry(
            Member member,
            @Nullable LocalDate since,
            String accountName,
            boolean accountActive,
            boolean everSignedIn,
            boolean inOffice) {

        public String kindName() {
            return KINDS.getOrDefault(member.kind(), member.kind());
        }

        /** 2022年1月10日（周一）起，至2027年3月31日（周三）; empty when nothing is known */
        public String term() {
            LocalDate until = member.inOfficeUntil();
            return (since == null ? "" : ChineseTime.text(since) + "起")
                    + (since != null && until != null ? "，" : "")
                    + (until == null ? "" : "至" + ChineseTime.text(until));
        }
    }

    /** @param password shown once when an account was made, else null */
    public record Added(String id, String login, @Nullable String password) {}

    // ---- reading

    /** At most 500, members first. @param day null: today. @param everybody also who is not in office on the day */
    public List<Entry> search(String text, String kind, @Nullable LocalDate day, boolean everybody) {
        for (RosterRows.Name n : rows.withoutPinyin()) {
            boolean person = n.kind().equals("member");
            rows.pinyin(n.id(), n.name(), person ? pinyin.ofPerson(n.name()) : pinyin.ofOrganization(n.name()));
        }
        LocalDate on = day == null ? today() : day;
        String clean = text.replace("\0", "").strip();
        String chosen = KINDS.containsKey(kind) ? kind : "";
        return rows.search(clean, Pinyin.asked(clean), chosen, on, everybody, MOST).stream()
                .map(r -> entry(r, on))
                .toList();
    }

    /** Kind in words → how many are in office on that day; all kinds, in their order. */
    @Transactional(readOnly = true)
    public Map<String, Long> inOffice(@Nullable LocalDate day) {
        Map<String, Long> found = rows.inOffice(day == null ? today() : day);
        Map<String, Long> counts = new LinkedHashMap<>();
        KINDS.forEach((code, words) -> counts.put(words, found.getOrDefault(code, 0L)));
        return counts;
    }

    @Transactional(readOnly = true)
    public Entry get(String id) {
        return entry(existing(id), today());
    }

    public LocalDate today() {
        return ChineseTime.day(clock.instant());
    }

    // ---- changing; by: who does it

    /** For somebody who has an account. */
    public Added add(String by, Input input, String login) {
        String personId = login.strip().toLowerCase(Locale.ROOT);
        Person person = account(by, personId);
        return add(input, person, null);
    }

    /** Makes the account too. */
    public Added add(String by, Input input, Accounts.NewAccount account) {
        String password = accounts.create(account);
        Person person = account(by, account.login().strip().toLowerCase(Locale.ROOT));
        return add(input, person, password);
    }

    /** As {@link #add}, by a caller who takes it back: no account is held, so that nobody who signs in meanwhile waits for it. */
    void tryOut(String by, Input input, String login) {
        String personId = login.strip().toLowerCase(Locale.ROOT);
        enter(input, account(by, personId, people.find(personId)));
    }

    private Added add(Input input, Person person, @Nullable String password) {
        Member member = enter(input, person);
        let(person.id(), member.kind());
        audit.record("people.addMember", null, member.id() + "（" + KINDS.get(member.kind()) + "），账号" + person.id());
        return new Added(member.id(), person.id(), password);
    }

    private Member enter(Input input, Person person) {
        String id = input.id() == null || input.id().isBlank()
                ? person.id()
                : input.id().strip().toLowerCase(Locale.ROOT);
        if (!ID.matcher(id).matches()) throw new Refusal("id", "「代码」只能用小写字母、数字和 - . _，以字母或数字开头，请修改。");
        if (rows.find(id).isPresent()) throw new Refusal("id", "代码「" + id + "」已在名册中，请换一个代码。");
        if (!KINDS.containsKey(input.kind())) throw new Refusal("kind", "「类别」不在可选范围内，请重新选择。");
        Member member = checked(id, person.id(), input.kind(), input);
        if (member.kind().equals("member")) onlyOnce(person);
        people.insertMember(member);
        rows.since(id, input.since());
        return member;
    }

    /** Everything but id, kind and account. */
    public void change(String id, Input input) {
        RosterRows.Row present = locked(id);
        Member member =
                checked(id, present.member().personId(), present.member().kind(), input);
        rows.change(member);
        rows.since(id, input.since());
        audit.record("people.changeMember", null, id);
    }

    /** Another account speaks for it from now on. The one before still reads what he handed in. */
    public void account(String by, String id, String login) {
        RosterRows.Row present = locked(id);
        String personId = login.strip().toLowerCase(Locale.ROOT);
        if (personId.equals(present.member().personId())) throw new Refusal("login", "现在就是这个账号，无需更换。");
        Person person = account(by, personId);
        if (present.member().kind().equals("member")) onlyOnce(person);
        rows.account(id, personId);
        let(personId, present.member().kind());
        events.publishEvent(new SpeakerChanged(id, present.member().personId(), personId));
        audit.record("people.linkMember", null, id + "，账号" + present.member().personId() + " → " + personId);
    }

    /** @param last last day in office; today and earlier days too */
    public void leave(String id, @Nullable LocalDate last) {
        RosterRows.Row present = locked(id);
        if (last == null) throw new Refusal("until", "请选择「离任日期」。");
        LocalDate since = present.since();
        if (since != null && last.isBefore(since))
            throw new Refusal("until", "「离任日期」不能早于任职之日" + ChineseTime.text(since) + "。");
        Member m = present.member();
        rows.change(
                new Member(id, m.personId(), m.kind(), m.name(), m.number(), m.sector(), m.party(), m.post(), last));
        audit.record("people.memberLeaves", null, id + "，" + ChineseTime.text(last));
    }

    private Member checked(String id, String personId, String kind, Input input) {
        boolean person = kind.equals("member");
        String name = Accounts.text("name", person ? "姓名" : "单位名称", input.name(), 50);
        String number = blank(Accounts.optional("number", "委员证号", input.number(), 40));
        if (!number.isEmpty() && rows.numberTaken(number, id))
            throw new Refusal("number", "委员证号「" + number + "」已登记给另一位，请核对。");
        LocalDate since = input.since();
        LocalDate until = input.until();
        if (since != null && until != null && until.isBefore(since))
            throw new Refusal("until", "「任期截止」不能早于「任职日期」，请修改。");
        return new Member(
                id,
                personId,
                kind,
                name,
                number,
                blank(Accounts.optional("sector", "界别", input.sector(), 40)),
                blank(Accounts.optional("party", "党派", input.party(), 40)),
                blank(Accounts.optional("post", "单位及职务", input.post(), 100)),
                until);
    }

    private Person account(String by, String personId) {
        return account(by, personId, people.lock(personId));
    }

    /** The account that shall speak: open, not one's own, none of the three administrators'. */
    private Person account(String by, String personId, Optional<Person> known) {
        if (by.equals(personId)) throw new Refusal("login", "不能登记自己的账号，请由同事办理。");
        Person person = known.orElseThrow(() -> new Refusal("login", "没有「" + personId + "」这个账号，请核对登录名，或者同时新建账号。"));
        if (!person.active()) throw new Refusal("login", "账号「" + personId + "」已停用，请换一个账号。");
        if (people.groupsOf(personId).stream().anyMatch(Accounts.THREE::contains))
            throw new Refusal("login", "「" + person.name() + "」是系统、安全或审计管理员，不得登记为提案者。");
        return person;
    }

    private void onlyOnce(Person person) {
        if (rows.of(person.id()).stream().anyMatch(m -> m.kind().equals("member")))
            throw new Refusal("login", "账号「" + person.id() + "」已登记为委员，一人只登记一次。");
    }

    /** Opens the proposers' pages. */
    private void let(String personId, String kind) {
        String group =
                switch (kind) {
                    case "member" -> Roles.MEMBER;
                    case "sector", "group" -> Roles.SECTOR_CONVENER;
                    default -> Roles.ORGANIZATION_CONTACT;
                };
        if (people.groupsOf(personId).contains(group)) return;
        accounts.enter(personId, group);
        people.touch(personId);
        audit.record("people.join", null, personId + " → " + group);
    }

    private RosterRows.Row existing(String id) {
        Optional<RosterRows.Row> row = rows.find(id);
        return row.orElseThrow(() -> new Refusal("名册中没有「" + id + "」，请刷新页面后再试。"));
    }

    private RosterRows.Row locked(String id) {
        rows.lock(id);
        return existing(id);
    }

    private static Entry entry(RosterRows.Row r, LocalDate on) {
        LocalDate since = r.since();
        LocalDate until = r.member().inOfficeUntil();
        boolean inOffice = (since == null || !since.isAfter(on)) && (until == null || !until.isBefore(on));
        return new Entry(r.member(), since, r.accountName(), r.accountActive(), r.everSignedIn(), inOffice);
    }

    private static String blank(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static Map<String, String> kinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("member", "委员");
        kinds.put("party", "党派");
        kinds.put("organization", "人民团体");
        kinds.put("committee", "专门委员会");
        kinds.put("sector", "界别");
        kinds.put("group", "委员小组");
        return kinds;
    }
}
