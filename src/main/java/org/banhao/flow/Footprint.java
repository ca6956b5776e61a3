package org.banhao.flow;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows an act may add, change or take away, so that they can be put back. Tables in the order in which rows may be added: what
 * others refer to comes first. A column named {@code version} never goes back, so that nobody's old look fits again by accident.
 */
public record Footprint(List<Rows> rows) {

    public static final Footprint NOTHING = new Footprint(List.of());

    /**
     * @param key columns of the primary key
     * @param where condition with one parameter {@code :of}, which may stand in it several times
     */
    public record Rows(String table, List<String> key, String where, Object of) {}

    /** These, then those. */
    public Footprint and(Footprint others) {
        List<Rows> all = new ArrayList<>(rows);
        all.addAll(others.rows);
        return new Footprint(List.copyOf(all));
    }

    /** These and the rows of one more table with the key {@code id}. */
    public Footprint and(String table, String where, Object of) {
        return and(table, List.of("id"), where, of);
    }

    public Footprint and(String table, List<String> key, String where, Object of) {
        List<Rows> all = new ArrayList<>(rows);
        all.add(new Rows(table, key, where, of));
        return new Footprint(List.copyOf(all));
    }
}
