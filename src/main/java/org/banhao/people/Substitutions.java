package org.banhao.people;

import java.util.List;
import org.banhao.base.StandingIn.Absent;

/** Who stands in for whom today (Asia/Shanghai). Reads only; a substitute who has left the other's unit or role counts no more. */
public interface Substitutions {

    /**
     * Those in whose place the person works today, with those of their groups in Tasklist that are of his unit or role and
     * {@link Roles#STAFF}; mostly none, and then it costs one small statement.
     */
    List<Absent> absents(String personId);

    /** The same of everybody. */
    List<Absent> today();
}
