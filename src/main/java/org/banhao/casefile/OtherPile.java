package org.banhao.casefile;

import java.util.List;

/**
 * A pile of 成批办理 that is not made of one's own open steps, with a page of its own: what others owe, what has to be put away. A bean for
 * each.
 */
public interface OtherPile {

    String name();

    /** Path of this application. */
    String href();

    /** Whether it is the work of somebody in these groups; asked with every task list. */
    boolean offered(List<String> groups);
}
