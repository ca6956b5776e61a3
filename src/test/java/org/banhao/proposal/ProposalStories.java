package org.banhao.proposal;

import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.banhao.casefile.CaseMeetings;
import org.banhao.proposal.domain.Category;
import org.banhao.proposal.domain.DraftContent;
import org.banhao.proposal.domain.Drafts;
import org.banhao.proposal.domain.Submission;
import org.jspecify.annotations.Nullable;

/** The usual steps of a proposal, so that a test says only what is special about it. */
public final class ProposalStories {

    public static final DraftContent GOOD = DraftContent.of(
            "关于加快“公园经济”发展的提案", "主城区公园游客多，配套消费少。", "管理分散，业态单一。", List.of("编制公园业态规划。", "开放公园配套用房。"), Category.ECONOMY);

    /** The same with another value of one component, by its name. */
    public static DraftContent with(DraftContent content, String component, @Nullable Object value) {
        try {
            RecordComponent[] parts = DraftContent.class.getRecordComponents();
            Object[] values = new Object[parts.length];
            Class<?>[] types = new Class<?>[parts.length];
            boolean known = false;
            for (int i = 0; i < parts.length; i++) {
                types[i] = parts[i].getType();
                boolean named = parts[i].getName().equals(component);
                known |= named;
                values[i] = named ? value : parts[i].getAccessor().invoke(content);
            }
            if (!known) {
                throw new IllegalArgumentException("A draft has no " + component);
            }
            return DraftContent.class.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    public static DraftContent coSigned(String... members) {
        return with(GOOD, "coSigners", List.of(members));
    }

    private final ProposalWorld world;

    public ProposalStories(ProposalWorld world) {
        this.world = world;
    }

    public String draft(String person, DraftContent content) {
        Drafts drafts = world.get(Drafts.class);
        String number = drafts.begin(person, person);
        drafts.save(number, person, 1, content);
        return number;
    }

    public String handedIn(String person, String title) {
        String number = draft(
                person,
                DraftContent.of(title, GOOD.situation(), GOOD.analysis(), List.of("第一条具体建议。"), Category.SOCIETY));
        world.get(Submission.class).handIn(number, person);
        return number;
    }

    public void first(String number, String verdict, Map<String, Object> more) {
        answer(number, "bao-xiaolan", "firstVerdict", verdict, more);
    }

    public void second(String number, String verdict, Map<String, Object> more) {
        answer(number, "miao-zhengqing", "secondVerdict", verdict, more);
    }

    public void answer(String number, String person, String key, String verdict, Map<String, Object> more) {
        Map<String, Object> values = new HashMap<>(more);
        values.put(key, verdict);
        world.processes.answer(world.processes.only(number), person, values);
    }

    public long meeting() {
        return world.get(CaseMeetings.class)
                .create("committee", "提案委员会第二次会议", java.time.LocalDate.of(2026, 11, 20), "yan-xiaoman");
    }

    public void decided(long meeting, String number, String verdict, Map<String, Object> more) {
        answer(number, "yan-xiaoman", "finalVerdict", verdict, with(more, "meeting", String.valueOf(meeting)));
    }

    /** Through three levels with the same conclusion. */
    public void reviewed(long meeting, String number, String verdict, Map<String, Object> details) {
        first(number, verdict, details);
        second(number, verdict, details);
        decided(meeting, number, verdict, details);
    }

    public void numbered(String number) {
        world.processes.answer(world.processes.only(number), "bao-xiaolan", Map.of("numberConfirmed", true));
    }

    public static Map<String, Object> with(Map<String, Object> values, String key, Object value) {
        Map<String, Object> all = new HashMap<>(values);
        all.put(key, value);
        return all;
    }
}
