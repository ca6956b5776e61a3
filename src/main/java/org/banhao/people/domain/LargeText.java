package org.banhao.people.domain;

import org.banhao.base.Audit;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** 大字: a person reads own pages and Tasklist with larger letters, at whatever machine he sits. Call outside of a transaction. */
@Component
public class LargeText {

    private final JdbcClient db;
    private final Audit audit;

    LargeText(JdbcClient db, Audit audit) {
        this.db = db;
        this.audit = audit;
    }

    public boolean chosenBy(String person) {
        return db.sql("select 1 from people_large_text where person_id = ?")
                .param(person)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** To choose twice what is chosen already is harmless. */
    public void choose(String person, boolean large) {
        if (large) insert(person);
        else
            db.sql("delete from people_large_text where person_id = ?")
                    .param(person)
                    .update();
        audit.record("people.largeText", null, large ? "大字" : "标准字");
    }

    private void insert(String person) {
        if (chosenBy(person)) return;
        try {
            db.sql("insert into people_large_text (person_id) values (?)")
                    .param(person)
                    .update();
        } catch (DuplicateKeyException chosen) {
            // a second press came first
        }
    }
}
