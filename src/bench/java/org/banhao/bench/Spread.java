package org.banhao.bench;

/** How people, groups and tasks belong together, the same in both databases: tasks have one and a half groups on average. */
public final class Spread {

    private Spread() {}

    public static int[] groupsOf(int person, int groups) {
        int first = person * 3 % groups;
        return new int[] {first, (first + 7) % groups, (first + 14) % groups};
    }

    /** @return candidate groups of a task, separated by commas */
    public static String groups(int task, int groups) {
        int first = task % groups;
        return task % 2 == 0 ? "group" + first : "group" + first + ",group" + (first + 101) % groups;
    }

    public static boolean claimed(int task) {
        return task % 5 == 0;
    }

    public static int holder(int task, int people) {
        return task / 5 % people;
    }
}
