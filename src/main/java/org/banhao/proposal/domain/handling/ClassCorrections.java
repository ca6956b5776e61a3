package org.banhao.proposal.domain.handling;

import static org.banhao.proposal.domain.Rows.at;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.Rows;
import org.banhao.proposal.domain.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * A delivered reply keeps its class. What the committee thinks right instead is a row beside it, with the reason; the last one counts
 * where one class is wanted.
 */
@Service
@Transactional
public class ClassCorrections {

    private static final int LONGEST_REASON = 500;

    private final JdbcClient jdbc;
    private final HandlingRows rows;
    private final ReplyRows replies;
    private final ResultClasses classes;
    private final Proposals proposals;
    private final CaseFiles caseFiles;
    private final People people;
    private final Audit audit;
    private final Clock clock;

    ClassCorrections(
            JdbcClient jdbc,
            HandlingRows rows,
            ReplyRows replies,
            ResultClasses classes,
            Proposals proposals,
            CaseFiles caseFiles,
            People people,
            Audit audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.replies = replies;
        this.classes = classes;
        this.proposals = proposals;
        this.caseFiles = caseFiles;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    /** Of many replies in one look, by handling, oldest first. */
    @Transactional(readOnly = true)
    public Map<Long, List<ClassCorrection>> of(Collection<Long> handlings) {
        Map<Long, List<ClassCorrection>> found = new HashMap<>();
        if (!handlings.isEmpty()) {
            jdbc.sql("select * from proposal_class_correction where handling_id in (:ids) order by id")
                    .param("ids", handlings)
                    .query(row -> {
                        found.computeIfAbsent(row.getLong("handling_id"), id -> new ArrayList<>())
                                .add(correction(row));
                    });
        }
        return found;
    }

    private static ClassCorrection correction(ResultSet row) throws SQLException {
        return new ClassCorrection(
                row.getString("result_class"),
                row.getString("result_class_name"),
                row.getString("reason"),
                row.getString("name"),
                Rows.present(row, "at"));
    }

    /** Oldest first. */
    @Transactional(readOnly = true)
    public List<ClassCorrection> of(long handling) {
        return jdbc.sql("select * from proposal_class_correction where handling_id = :handling order by id")
                .param("handling", handling)
                .query((row, i) -> correction(row))
                .list();
    }

    /**
     * @throws Refusal not the committee, nothing was delivered, the class is none or the present one, or the reason is missing
     */
    public void correct(long handling, @Nullable String resultClass, @Nullable String reason, String person) {
        List<String> groups = people.groupsOf(person);
        if (!groups.contains(Roles.PROPOSAL_CLERK) && !groups.contains(Roles.COMMITTEE_DIRECTOR)) {
            throw new Refusal("答复送达以后，办理结果类别只能由提案委员会更正，请与提案委员会办公室联系。");
        }
        Handling row = rows.lock(handling);
        if (proposals.proposes(row.caseNumber(), person)) {
            throw new Refusal("您是本件的提案者，更正类别应当回避，请由其他同志办理。");
        }
        Reply reply = replies.find(handling)
                .filter(one -> one.deliveredAt() != null)
                .orElseThrow(() -> new Refusal("resultClass", "答复还没有送达，类别由承办单位在答复稿里修改。"));
        ResultClasses.ResultClass now = classes.get(
                proposals.get(row.caseNumber()).sessionId(),
                resultClass == null ? "" : resultClass,
                "resultClass",
                "更正为");
        List<ClassCorrection> before = of(handling);
        String present = before.isEmpty()
                ? reply.resultClass()
                : before.get(before.size() - 1).resultClass();
        if (present.equals(now.code())) {
            throw new Refusal("resultClass", "现在的类别就是" + present + "，不必更正。");
        }
        String why = Texts.text(reason, LONGEST_REASON, "classReason", "更正的理由").strip();
        if (why.length() < 4) {
            throw new Refusal("classReason", "请写明「更正的理由」，至少4个字。");
        }
        jdbc.sql("""
                        insert into proposal_class_correction (handling_id, result_class, result_class_name, reason, person, name, at)
                        values (:handling, :class, :className, :reason, :person, :name, :now)""")
                .param("handling", handling)
                .param("class", now.code())
                .param("className", now.label())
                .param("reason", why)
                .param("person", person)
                .param("name", people.nameOf(person))
                .param("now", at(clock.instant()))
                .update();
        caseFiles.happened(
                row.caseNumber(), "提案委员会更正办理结果类别", row.unitName() + "，" + present + "更正为" + now.code() + "，理由：" + why);
        audit.record("proposal.correctClass", row.caseNumber(), row.unitName() + " " + present + " → " + now.code());
    }
}
