package org.banhao.people;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The person of the present request with his groups of this moment. Own pages ask this, never Spring Security directly. */
public interface SignedIn {

    /** @throws org.springframework.security.access.AccessDeniedException nobody is signed in */
    Person person();

    @Nullable
    Person personOrNull();

    /** His groups, and {@link Roles#STAFF} when one of them works in Tasklist; empty when nobody is signed in. */
    List<String> groups();

    boolean has(String groupId);

    /** @throws org.springframework.security.access.AccessDeniedException none of the groups is his */
    void require(String... anyOfGroups);
}
