package org.banhao.people;

import org.jspecify.annotations.Nullable;

/**
 * An account as others may see it; never the password.
 *
 * @param id login name, lower case
 * @param post unit and post of that day, such as 市教育局办公室; may be empty
 */
public record Person(
        String id,
        String name,
        String post,
        @Nullable String email,
        @Nullable String phone,
        boolean active) {}
