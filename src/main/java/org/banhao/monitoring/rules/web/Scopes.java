package org.banhao.monitoring.rules.web;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.banhao.base.Refusal;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.Registry;
import org.banhao.monitoring.rules.domain.ThresholdBooks.Scope;

/** For which outlets, as pages offer and name it. */
final class Scopes {

    private Scopes() {}

    /** What may be chosen → how it is called. */
    static Map<String, String> offered(Registry registry) {
        Map<String, String> scopes = new LinkedHashMap<>();
        scopes.put("all", "全部排放口");
        scopes.put("gas", "全部废气排放口");
        scopes.put("water", "全部废水排放口");
        for (Outlet outlet : registry.outlets()) scopes.put(String.valueOf(outlet.id()), outlet.title());
        return scopes;
    }

    /** As {@link #offered} has it. */
    static String code(Scope scope) {
        Long outletId = scope.outletId();
        Outlet.Kind kind = scope.kind();
        if (outletId != null) return String.valueOf(outletId);
        return kind == null ? "all" : kind == Outlet.Kind.GAS ? "gas" : "water";
    }

    /** 0.9, 20: without zeros at the end. */
    static String number(double amount) {
        BigDecimal plain = BigDecimal.valueOf(amount).stripTrailingZeros();
        return plain.signum() == 0 ? "0" : plain.toPlainString();
    }

    /** @throws Refusal no number */
    static long id(String typed, String sentence) {
        if (!typed.matches("\\d{1,18}")) throw new Refusal(sentence);
        return Long.parseLong(typed);
    }
}
