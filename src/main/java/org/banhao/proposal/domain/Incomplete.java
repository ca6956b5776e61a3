package org.banhao.proposal.domain;

import java.util.List;
import org.banhao.base.Refusal;

/** A draft was to be handed in while something is missing: all of it at once, each at its field. */
public final class Incomplete extends Refusal {

    private static final long serialVersionUID = 1L;

    private final transient List<Missing> missing;

    Incomplete(List<Missing> missing) {
        super(missing.get(0).field(), "还不能提交：" + missing.get(0).sentence());
        this.missing = List.copyOf(missing);
    }

    public List<Missing> missing() {
        return missing;
    }
}
