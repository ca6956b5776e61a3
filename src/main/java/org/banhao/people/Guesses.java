package org.banhao.people;

/**
 * Counts what is guessed at an open door from one address: a secret that was never given out. From the fifth on the address waits, 1 s,
 * 2 s, 4 s … at most 15 min, like a wrong password. Call outside of a transaction.
 */
public interface Guesses {

    /** @param door such as {@code link}; each door counts for itself */
    boolean blocked(String door, String address);

    void wrong(String door, String address);
}
