package org.banhao.base;

import org.jspecify.annotations.Nullable;

/**
 * Who acts. Names of that day are kept beside ids, because people leave and units merge.
 *
 * @param forWhom the person acted for (代录入、代办), null when for oneself
 * @param address where the call came from; empty for the system itself
 * @param way how he came in when that is not by signing in: {@link ByLink#WAY}; empty otherwise
 */
public record Actor(
        String id,
        String name,
        @Nullable String forWhom,
        @Nullable String forWhomName,
        String address,
        String way) {

    /** What the application does by itself: sweeps, timers, start-up. */
    public static final Actor SYSTEM = new Actor("system", "系统", null, null, "");

    public Actor(String id, String name, @Nullable String forWhom, @Nullable String forWhomName, String address) {
        this(id, name, forWhom, forWhomName, address, "");
    }

    public Actor on(String personId, String personName) {
        return new Actor(id, name, personId, personName, address, way);
    }

    /** "暴晓岚" or "暴晓岚（代 卫林书）" */
    public String line() {
        return forWhomName == null ? name : name + "（代 " + forWhomName + "）";
    }
}
