package org.banhao.people.domain;

import java.util.List;
import org.banhao.people.Person;
import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * What a session keeps of the person. No password hash: it is compared once, at sign-in.
 *
 * @param groups with the computed group of all staff
 * @param api may call machine interfaces with name and password
 * @param stamp as of the row when this was read; a different one means: read again
 * @param passwordStamp a different one means: sign in again
 */
public record Account(
        Person person, List<String> groups, boolean api, boolean mustChangePassword, int stamp, int passwordStamp)
        implements AuthenticatedPrincipal {

    @Override
    public String getName() {
        return person.id();
    }

    public boolean in(String group) {
        return groups.contains(group);
    }

    /** Shown by logs and by debuggers: the id is enough. */
    @Override
    public String toString() {
        return person.id();
    }
}
