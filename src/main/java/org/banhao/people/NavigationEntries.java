package org.banhao.people;

import java.util.List;

/** What a module adds to the frame of own pages. */
public interface NavigationEntries {

    /** Those a person in these groups sees. */
    List<NavigationEntry> entries(List<String> groups);

    /** @param order ascending from left to right */
    record NavigationEntry(String href, String label, int order) {}
}
