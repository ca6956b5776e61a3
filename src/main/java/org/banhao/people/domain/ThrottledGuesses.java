package org.banhao.people.domain;

import org.banhao.people.Guesses;
import org.springframework.stereotype.Component;

/** In the table of wrong passwords, under a name that nobody can have. */
@Component
class ThrottledGuesses implements Guesses {

    private static final String NOBODY = "#";

    private final SignInThrottle throttle;

    ThrottledGuesses(SignInThrottle throttle) {
        this.throttle = throttle;
    }

    @Override
    public boolean blocked(String door, String address) {
        return !throttle.wait(NOBODY + door, address).isZero();
    }

    @Override
    public void wrong(String door, String address) {
        throttle.failed(NOBODY + door, address);
    }
}
