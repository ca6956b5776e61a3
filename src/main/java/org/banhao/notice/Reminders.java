package org.banhao.notice;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.banhao.base.Refusal;

/**
 * The ladders by which deadlines remind (催办): on which working day before or after the due day who is told. A change holds from the
 * next round on; what was told stays told. For the rules administrator; every change is recorded.
 */
public interface Reminders {

    /** Key of the ladder for every obligation that has none of its own. */
    String USUAL = "";

    /** By rule key, the usual one first; rungs from the earliest on. Obligations without a ladder of their own are left out. */
    Map<String, List<Rung>> ladders();

    /** What would happen on which day: one line for each rung that lies on a day. */
    List<String> example(Collection<Rung> ladder, LocalDate dueDay);

    /**
     * @param days working days from the due day, before it negative
     * @throws Refusal a number out of range, nobody to tell, a rung of that day stands already, too many rungs
     */
    void add(String ruleKey, int days, Collection<Told> told);

    /**
     * Changes whom a rung tells.
     *
     * @throws Refusal no such rung, or nobody to tell
     */
    void change(long id, Collection<Told> told);

    /** @throws Refusal no such rung, or the last one of its ladder */
    void remove(long id);

    /**
     * Gives an obligation a ladder of its own, which begins as a copy of the usual one.
     *
     * @throws Refusal no such obligation, or it has one
     */
    void own(String ruleKey);

    /** Takes the obligation's own ladder away; the usual one holds again. Harmless when there is none. */
    void asUsual(String ruleKey);

    record Rung(long id, String ruleKey, int days, List<Told> told, String enteredBy, Instant enteredAt) {

        /** 到期前3个工作日, 到期当天, 逾期1个工作日 */
        public String when() {
            return days == 0 ? "到期当天" : days < 0 ? "到期前" + -days + "个工作日" : "逾期" + days + "个工作日";
        }

        /** 到期前3个工作日，告知经办人 */
        public String sentence() {
            return when() + "，告知"
                    + String.join("、", told.stream().map(Told::words).toList());
        }
    }

    /** Who is told, from who owes the step upwards. */
    enum Told {
        OWNER("owner", "经办人"),
        UNIT("unit", "本单位联络员和分管领导"),
        OFFICE("office", "交办部门（未交办的为提案委办公室）"),
        LEADER("leader", "本单位主要负责人和上级分管领导");

        private final String code;
        private final String words;

        Told(String code, String words) {
            this.code = code;
            this.words = words;
        }

        public String code() {
            return code;
        }

        public String words() {
            return words;
        }

        /** @throws Refusal no such receiver */
        public static Told of(String code) {
            return Arrays.stream(values())
                    .filter(one -> one.code.equals(code))
                    .findFirst()
                    .orElseThrow(() -> new Refusal("told", "“告知”请从列出的对象中选择。"));
        }
    }
}
