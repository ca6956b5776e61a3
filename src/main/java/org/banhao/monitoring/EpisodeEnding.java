package org.banhao.monitoring;

/** Why an episode, or a finding in it, is over. Names are stored: never renamed. */
public enum EpisodeEnding {
    RECOVERED("恢复正常", false),
    /** What was missing came in the end. */
    LATE_DATA("迟到数据", false),
    /** A stop was reported (停运报备) for the time that goes on. */
    PLANNED_STOP("停运报备", false),
    /** The outlet or its enterprise was taken out of use (停用). */
    OUT_OF_USE("排放口停用", false),
    /** The readings it rests on carry a statutory mark set in time. */
    MARKED("数据已依法标记", true),
    /** A stop that was reported and acknowledged afterwards covers all of it. */
    STOP_REPORTED("停运报备覆盖", true),
    /** Data that came later or were corrected show that it was not so. */
    CORRECTED("补传或更正数据后不成立", true),
    /** Data that came later show that it is part of another one. */
    MERGED("并入另一预警", true);

    private final String label;
    private final boolean unfounded;

    EpisodeEnding(String label, boolean unfounded) {
        this.label = label;
        this.unfounded = unfounded;
    }

    public String label() {
        return label;
    }

    /** It is not to be counted: judged with all that is known now, there was no such episode. */
    public boolean unfounded() {
        return unfounded;
    }
}
