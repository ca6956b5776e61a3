package org.banhao.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The demonstration accounts as a newcomer reads them: login, password, role, name, separated by tabs. */
public final class Accounts {

    public record Account(String login, String password, String role, String name) {}

    private final List<Account> all;

    public Accounts(Path file) {
        try (var lines = Files.lines(file)) {
            all = lines.filter(l -> !l.isBlank() && !l.startsWith("#") && !l.startsWith("login\t"))
                    .map(l -> l.split("\t", -1))
                    .map(c -> new Account(c[0], c[1], c[2], c[3]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Account> all() {
        return all;
    }

    public List<String> logins() {
        return all.stream().map(Account::login).toList();
    }

    /** By the person's Chinese name. */
    public Account named(String name) {
        return all.stream()
                .filter(a -> a.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No demonstration account of " + name + " in " + all));
    }
}
