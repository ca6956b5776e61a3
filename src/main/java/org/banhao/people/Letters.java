package org.banhao.people;

/** Latin letters by which Chinese names and titles are found. */
public interface Letters {

    /** Initials, a blank, all syllables, in both readings: 长治 is cz among names and zz among words. Empty without letters. */
    String ofName(String name);

    /** Initials only, in both readings, for longer texts. */
    String initials(String text);
}
