package org.banhao.proposal.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What review of a session's proposals has concluded so far; each is counted once.
 *
 * @param collected handed in and not withdrawn
 * @param filed put on file by a verdict of their own, those that wait for a number included
 * @param merged 并案, into one of those that are filed
 * @param mergedFiled whether the session counts 并案 as filed
 */
public record Filing(
        int collected, int withdrawn, int filed, int merged, int converted, int notFiled, boolean mergedFiled) {

    /** 立案数. */
    public int counted() {
        return mergedFiled ? filed + merged : filed;
    }

    /** Neither decided nor withdrawn. */
    public int underReview() {
        return collected - filed - merged - converted - notFiled;
    }

    /** Such as 收到提案405件，立案344件，立案率84.94％。并案12件，不计入立案数；…. Of nothing there is no rate. */
    public String line() {
        StringBuilder line = new StringBuilder("收到提案" + collected + "件，立案" + counted() + "件");
        if (collected > 0) {
            line.append("，立案率")
                    .append(BigDecimal.valueOf(counted())
                            .multiply(BigDecimal.valueOf(100))
                            .divide(BigDecimal.valueOf(collected), 2, RoundingMode.HALF_UP))
                    .append("％");
        }
        line.append("。并案").append(merged).append(mergedFiled ? "件，计入立案数" : "件，不计入立案数");
        line.append("；转为意见建议等").append(converted).append("件，不予立案").append(notFiled);
        line.append("件，审查中").append(underReview()).append("件");
        return line.append(withdrawn == 0 ? "。" : "；另有撤回" + withdrawn + "件。").toString();
    }
}
