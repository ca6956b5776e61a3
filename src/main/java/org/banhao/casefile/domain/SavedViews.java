package org.banhao.casefile.domain;

import java.util.List;
import java.util.Optional;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** 视图: what a person chose to see of the case list, kept for him alone under a name; one of them may be what he sees first. */
@Component
@Transactional
public class SavedViews {

    private static final int MOST = 30;
    private static final int LONGEST_NAME = 20;
    private static final int LONGEST_QUERY = 2000;

    private final JdbcClient jdbc;
    private final Audit audit;

    SavedViews(JdbcClient jdbc, Audit audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /** @param query of the address of the list, such as {@code kind=TA&c=title} */
    public record SavedView(long id, String name, String query, boolean first) {}

    /** By name. */
    @Transactional(readOnly = true)
    public List<SavedView> of(String person) {
        return jdbc.sql("select id, name, query, is_default from casefile_view where person_id = ? order by name, id")
                .param(person)
                .query((row, n) -> new SavedView(
                        row.getLong("id"), row.getString("name"), row.getString("query"), row.getBoolean("is_default")))
                .list();
    }

    @Transactional(readOnly = true)
    public Optional<SavedView> first(String person) {
        return of(person).stream().filter(SavedView::first).findFirst();
    }

    /**
     * One of the same name is replaced.
     *
     * @throws Refusal no name, too long, or too many
     */
    public void save(String person, String name, String query) {
        String clean = name.replaceAll("\\p{Cntrl}", "").strip();
        if (clean.isEmpty()) throw new Refusal("name", "请填写「视图名称」。");
        if (clean.codePointCount(0, clean.length()) > LONGEST_NAME) {
            throw new Refusal("name", "「视图名称」最多" + LONGEST_NAME + "个字，请缩短。");
        }
        if (query.length() > LONGEST_QUERY) throw new Refusal("name", "筛选条件太长，不能存为视图，请缩短检索词后再存。");
        int changed = jdbc.sql("update casefile_view set query = ? where person_id = ? and name = ?")
                .params(query, person, clean)
                .update();
        if (changed == 0) {
            if (of(person).size() >= MOST) throw new Refusal("name", "最多存" + MOST + "个视图，请先删除不用的。");
            try {
                jdbc.sql("insert into casefile_view (person_id, name, query, is_default) values (?, ?, ?, false)")
                        .params(person, clean, query)
                        .update();
            } catch (DuplicateKeyException sentTwice) {
                throw new Refusal("name", "名为「" + clean + "」的视图刚刚存过，请刷新页面查看。");
            }
        }
        audit.record("casefile.saveView", null, clean);
    }

    /** @throws Refusal it is none of his */
    public void delete(String person, long id) {
        SavedView view = own(person, id);
        jdbc.sql("delete from casefile_view where id = ?").param(id).update();
        audit.record("casefile.deleteView", null, view.name());
    }

    /** What he sees first from now on; asked for the one that is, none is any more. @throws Refusal it is none of his */
    public void first(String person, long id) {
        SavedView view = own(person, id);
        jdbc.sql("update casefile_view set is_default = case when id = ? then ? else false end where person_id = ?")
                .params(id, !view.first(), person)
                .update();
        audit.record("casefile.firstView", null, view.name());
    }

    private SavedView own(String person, long id) {
        return of(person).stream()
                .filter(one -> one.id() == id)
                .findFirst()
                .orElseThrow(() -> new Refusal("没有这个视图，可能已被删除，请刷新页面查看。"));
    }
}
