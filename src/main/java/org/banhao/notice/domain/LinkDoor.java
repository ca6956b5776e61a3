package org.banhao.notice.domain;

import java.util.Optional;
import java.util.function.Function;
import org.banhao.notice.OneTimeLinks;
import org.banhao.people.Guesses;
import org.springframework.stereotype.Component;

/** Before the links: who guesses waits. Guesses are counted outside of the transaction that finds nothing. */
@Component
class LinkDoor implements OneTimeLinks {

    private static final String DOOR = "link";

    private final StoredLinks links;
    private final Guesses guesses;

    LinkDoor(StoredLinks links, Guesses guesses) {
        this.links = links;
        this.guesses = guesses;
    }

    @Override
    public Opened open(String token, String address) {
        if (guesses.blocked(DOOR, address)) return new Opened(State.WAIT, null, null);
        Optional<Opened> opened = links.open(token);
        // a link that is over was no guess: behind one address of a telephone company many people open old messages
        if (opened.isEmpty()) guesses.wrong(DOOR, address);
        return opened.orElseGet(() -> new Opened(State.DEAD, null, null));
    }

    @Override
    public void use(String token, Function<Link, String> act) {
        links.use(token, act);
    }

    @Override
    public Setting setting() {
        return links.setting();
    }

    @Override
    public void set(boolean enabled, int longestDays) {
        links.set(enabled, longestDays);
    }

    @Override
    public boolean wantedBy(String personId) {
        return links.wantedBy(personId);
    }

    @Override
    public void want(String personId, boolean wanted) {
        links.want(personId, wanted);
    }
}
