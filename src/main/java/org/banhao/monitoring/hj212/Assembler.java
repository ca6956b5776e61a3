package org.banhao.monitoring.hj212;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what was split over several packets (PNUM, PNO). Parts come in any order; one that is sent again takes the place
 * of its first copy. They belong together by MN, ST, CN, DataTime and PNUM: the standard's own example gives each part another
 * QN. A part without DataTime joins the youngest set that lacks it. Bounded in number and in time.
 */
public final class Assembler {

    /** So many parts of one whole are plausible; PNUM could say 9999. */
    private static final int MOST_PARTS = 1000;

    private record Key(String mn, int st, int cn, int pnum, String time) {}

    private record Open(Instant begun, SortedMap<Integer, Frame> parts) {}

    private final int most;
    private final Duration patience;
    private final Map<Key, Open> open = new LinkedHashMap<>();
    private long dropped;

    /**
     * @param most sets that may be open at a time; the oldest goes first
     * @param patience how long a set waits for its other parts
     */
    public Assembler(int most, Duration patience) {
        this.most = most;
        this.patience = patience;
    }

    /** Sets that were given up. */
    public long dropped() {
        return dropped;
    }

    /**
     * @param part a kept frame
     * @return all parts in their order, when this was the last one missing; the frame alone, when it is no part; null: wait
     */
    public @Nullable List<Frame> add(Frame part, Instant now) {
        giveUpBefore(now.minus(patience));
        if (!part.split()) return List.of(part);
        if (part.pno() > part.pnum() || part.pnum() > MOST_PARTS) {
            dropped++;
            return null;
        }
        Key key = key(part);
        Open set = open.computeIfAbsent(key, k -> new Open(now, new TreeMap<>()));
        set.parts().put(part.pno(), part);
        if (set.parts().size() == part.pnum()) {
            open.remove(key);
            return List.copyOf(set.parts().values());
        }
        if (open.size() > most) {
            open.remove(open.keySet().iterator().next());
            dropped++;
        }
        return null;
    }

    /** One packet of all contents; what repeats DataTime is left out, items are whole. */
    public static Packet joined(List<Frame> parts) {
        StringBuilder content = new StringBuilder();
        String time = null;
        for (Frame part : parts) {
            String own = part.content();
            String ownTime = part.value("DataTime");
            if (ownTime != null && ownTime.equals(time) && own.startsWith("DataTime=" + ownTime)) {
                own = own.substring(Math.min(own.length(), "DataTime=".length() + ownTime.length() + 1));
            }
            if (time == null) time = ownTime;
            if (own.isEmpty()) continue;
            if (!content.isEmpty() && content.charAt(content.length() - 1) != ';') content.append(';');
            content.append(own);
        }
        Packet first = parts.get(0).packet();
        return new Packet(
                first.qn(),
                first.st(),
                first.cn(),
                first.pw(),
                first.mn(),
                first.answer(),
                0,
                0,
                first.backfill(),
                content.toString());
    }

    private Key key(Frame part) {
        String time = part.value("DataTime");
        Key own = new Key(part.mn(), part.st(), part.cn(), part.pnum(), Objects.requireNonNullElse(time, ""));
        if (time != null) return own;
        Key youngest = own;
        for (Map.Entry<Key, Open> set : open.entrySet()) {
            Key key = set.getKey();
            boolean same = key.mn().equals(own.mn()) && key.st() == own.st() && key.cn() == own.cn();
            if (same && key.pnum() == own.pnum() && !set.getValue().parts().containsKey(part.pno())) youngest = key;
        }
        return youngest;
    }

    private void giveUpBefore(Instant moment) {
        List<Key> late = new ArrayList<>();
        Iterator<Map.Entry<Key, Open>> oldest = open.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<Key, Open> set = oldest.next();
            if (!set.getValue().begun().isBefore(moment)) break;
            late.add(set.getKey());
        }
        for (Key key : late) {
            open.remove(key);
            dropped++;
        }
    }
}
