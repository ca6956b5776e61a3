package org.banhao.whole.year;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** All chance of a year comes from here: the same seed, the same year. */
final class Dice {

    private final Random random;
    private final boolean wild;

    /** Every other year is as in practice; in those of even seeds what is rare is four times as frequent. */
    Dice(long seed) {
        random = new Random(seed);
        wild = seed % 2 == 0;
    }

    /** Something that seldom happens, with the probability of a usual year. */
    boolean rare(double probability) {
        return chance(wild ? Math.min(0.6, probability * 4) : probability);
    }

    /** How often something happens in this year that happens that often in a usual one. */
    int times(int usual) {
        return wild ? usual * 3 : usual;
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Both ends included. */
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** At most that many, in an order of chance. */
    <T> List<T> some(List<T> choices, int most) {
        List<T> shuffled = new ArrayList<>(choices);
        Collections.shuffle(shuffled, random);
        return List.copyOf(shuffled.subList(0, Math.min(most, shuffled.size())));
    }

    /** @param weights choice → weight; the order of the entries must not be one of chance */
    @SafeVarargs
    final <T> T weighted(Map.Entry<T, Double>... weights) {
        double all = 0;
        for (Map.Entry<T, Double> weight : weights) all += weight.getValue();
        double left = random.nextDouble() * all;
        for (Map.Entry<T, Double> weight : weights) {
            left -= weight.getValue();
            if (left < 0) return weight.getKey();
        }
        return weights[weights.length - 1].getKey();
    }
}
