package org.banhao.notice.domain;

import java.util.HashSet;
import java.util.Set;
import org.banhao.base.Audit;
import org.banhao.notice.DigestSwitch;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
@Transactional
class Preferences implements DigestSwitch {

    private final JdbcClient jdbc;
    private final Audit audit;

    Preferences(JdbcClient jdbc, Audit audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    @Override
    @Transactional(readOnly = true)
    public boolean on(String personId) {
        return jdbc.sql("select digest from notice_preference where person_id = ?")
                .param(personId)
                .query(Boolean.class)
                .optional()
                .orElse(true);
    }

    @Override
    public void set(String personId, boolean on) {
        if (on == on(personId)) return;
        int changed = jdbc.sql("update notice_preference set digest = ? where person_id = ?")
                .params(on, personId)
                .update();
        if (changed == 0) {
            jdbc.sql("insert into notice_preference (person_id, digest) values (?, ?)")
                    .params(personId, on)
                    .update();
        }
        audit.record("notice.preference", null, on ? "接收每日提要" : "不接收每日提要");
    }

    @Transactional(readOnly = true)
    public Set<String> withoutDigest() {
        return new HashSet<>(jdbc.sql("select person_id from notice_preference where digest = false")
                .query(String.class)
                .list());
    }
}
