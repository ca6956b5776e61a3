package org.banhao.proposal.domain.handling;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.banhao.proposal.domain.Sessions;
import org.banhao.proposal.domain.Texts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 办理结果类别 of a session: codes A, B, C … and what they mean there. Replies keep the word of their day. */
@Service
@Transactional
public class ResultClasses {

    private static final int LONGEST_LABEL = 40;
    private static final String USUAL = "";

    private final JdbcClient jdbc;
    private final Sessions sessions;
    private final People people;
    private final Audit audit;

    ResultClasses(JdbcClient jdbc, Sessions sessions, People people, Audit audit) {
        this.jdbc = jdbc;
        this.sessions = sessions;
        this.people = people;
        this.audit = audit;
    }

    /** @param code such as A or B2 */
    public record ResultClass(String code, String label) {

        /** A　已经解决或者采纳 */
        public String line() {
            return code + "　" + label;
        }
    }

    /** In their order; the usual ones when the session has none of its own. */
    @Transactional(readOnly = true)
    public List<ResultClass> of(String session) {
        List<ResultClass> own = rows(session);
        return own.isEmpty() ? rows(USUAL) : own;
    }

    private List<ResultClass> rows(String session) {
        return jdbc.sql(
                        "select code, label from proposal_result_class where session_id = :session order by position, code")
                .param("session", session)
                .query((row, i) -> new ResultClass(row.getString("code"), row.getString("label")))
                .list();
    }

    /** @throws Refusal the code is none of the session's */
    ResultClass get(String session, String code, String field, String fieldName) {
        return of(session).stream()
                .filter(one -> one.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new Refusal(field, "「" + fieldName + "」不在本届次的类别里，请重新选择。"));
    }

    /**
     * Puts these in place of the session's classes. Replies that stand already keep theirs.
     *
     * @throws Refusal not the committee's people, no class, a code that is none or stands twice, a label missing
     */
    public void change(String session, List<ResultClass> classes, String person) {
        List<String> groups = people.groupsOf(person);
        if (!groups.contains(Roles.PROPOSAL_CLERK) && !groups.contains(Roles.COMMITTEE_DIRECTOR)) {
            throw new Refusal("只有提案委员会办公室和提案委员会主任可以修改办理结果类别。");
        }
        String id = sessions.get(session).id();
        List<ResultClass> clean = new ArrayList<>();
        Set<String> codes = new HashSet<>();
        for (ResultClass one : classes) {
            String code = Texts.line(one.code(), 8, "code", "类别代号");
            String label = Texts.line(one.label(), LONGEST_LABEL, "label", "类别名称");
            if (code.isEmpty() && label.isEmpty()) {
                continue;
            }
            if (!code.matches("[A-Z][0-9]?")) {
                throw new Refusal("code", "「类别代号」写一个大写字母，后面可以加一位数字，如 A、B2。");
            }
            if (label.isEmpty()) {
                throw new Refusal("label", "类别" + code + "没有名称，请填写「类别名称」。");
            }
            if (!codes.add(code)) {
                throw new Refusal("code", "类别" + code + "写了两次，请删去一个。");
            }
            clean.add(new ResultClass(code, label));
        }
        if (clean.isEmpty()) {
            throw new Refusal("code", "至少要有一个办理结果类别，请填写。");
        }
        jdbc.sql("delete from proposal_result_class where session_id = :session")
                .param("session", id)
                .update();
        for (int i = 0; i < clean.size(); i++) {
            jdbc.sql("""
                            insert into proposal_result_class (session_id, code, label, position) values (:session, :code, :label, :position)""")
                    .param("session", id)
                    .param("code", clean.get(i).code())
                    .param("label", clean.get(i).label())
                    .param("position", i + 1)
                    .update();
        }
        audit.record("proposal.resultClasses", null, id + "，" + clean.size() + "类");
    }
}
