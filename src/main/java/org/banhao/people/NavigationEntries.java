package org.banhao.people;

import java.util.List;

/** What a module adds to the frame of own pages. */
public interface NavigationEntries {

    /** Those a person in these groups sees. */
    List<NavigationEntry> entries(List<String> groups);

    /** What stands together in one menu; {@link #FRONT} is no menu: what is used all day stands by itself. */
    enum Group {
        FRONT(""),
        PROPOSALS("提案"),
        MEETINGS("会议"),
        MONITORING("监测"),
        ADMINISTRATION("管理"),
        OWN("我的");

        private final String label;

        Group(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** @param order ascending from left to right, and inside a menu from top to bottom; a menu stands where its first entry would */
    record NavigationEntry(String href, String label, Group group, int order) {

        /** One that stands by itself: there is room for few of them. */
        public NavigationEntry(String href, String label, int order) {
            this(href, label, Group.FRONT, order);
        }
    }
}
