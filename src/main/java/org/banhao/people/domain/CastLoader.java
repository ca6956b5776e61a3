package org.banhao.people.domain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.banhao.base.Audit;
import org.banhao.base.TabFile;
import org.banhao.people.DemonstrationCast;
import org.banhao.people.Member;
import org.banhao.people.Person;
import org.banhao.people.Unit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts the demonstration's people into an empty database, while beans are made: whoever injects
 * {@link DemonstrationCast} comes after. Each installation gets its own random passwords, in a file only its owner
 * reads.
 */
@Component
class CastLoader implements DemonstrationCast {

    private static final Logger LOG = LoggerFactory.getLogger(CastLoader.class);

    private final PersonRows rows;
    private final Accounts accounts;
    private final Passwords passwords;
    private final Audit audit;
    private final Path file;
    private final String address;
    private final boolean loaded;
    private List<Line> fresh = List.of();

    CastLoader(
            PersonRows rows,
            Accounts accounts,
            Passwords passwords,
            Audit audit,
            TransactionTemplate transaction,
            @Value("${banhao.demonstration:false}") boolean demonstration,
            @Value("${banhao.data}") Path data,
            @Value("${banhao.address:}") String address) {
        this.rows = rows;
        this.accounts = accounts;
        this.passwords = passwords;
        this.audit = audit;
        this.file = data.resolve("demo-accounts.tsv");
        this.address = address;
        if (demonstration && !rows.anybody()) {
            try {
                transaction.executeWithoutResult(status -> load());
            } catch (DuplicateKeyException another) {
                // of two nodes that start together the other one was first; its passwords are in its folder
                LOG.info("演示数据已由另一个节点载入。");
            }
        }
        this.loaded = demonstration && there();
    }

    /** Switched on over a database of real people, the demonstration stays away from it. */
    private boolean there() {
        String first = cell(table("people.tsv").get(0), "login");
        return rows.find(first)
                .map(Person::email)
                .filter(e -> e != null && e.endsWith("@demo.example"))
                .isPresent();
    }

    private record Line(String login, String password, String role, String name) {}

    @Override
    public boolean loaded() {
        return loaded;
    }

    /** Last line of the start, so that it is found. */
    @EventListener(ApplicationReadyEvent.class)
    void tell() {
        if (!loaded) return;
        if (fresh.isEmpty()) {
            LOG.info("演示环境：{} 　演示账号见 {}", address, file);
            return;
        }
        StringBuilder table = new StringBuilder();
        for (Line l : fresh)
            table.append(String.format("%n  %-16s %-16s %s　%s", l.login(), l.password(), l.name(), l.role()));
        LOG.info("演示环境：{} 　演示账号（另存于 {}）：{}", address, file, table);
        fresh = List.of();
    }

    private void load() {
        int order = 0;
        Map<String, Unit> units = new LinkedHashMap<>();
        for (Map<String, String> u : table("units.tsv")) {
            Unit unit = new Unit(cell(u, "id"), cell(u, "name"), cell(u, "system"), ++order, true);
            accounts.addUnit(unit);
            units.put(unit.id(), unit);
        }
        List<Map<String, String>> people = table("people.tsv");
        // one comparison-proof hash takes about 75 ms: all of them at once
        Map<String, String> typed = new LinkedHashMap<>();
        people.forEach(p -> typed.put(cell(p, "login"), passwords.generate()));
        Map<String, String> hashes = typed.entrySet().parallelStream()
                .collect(java.util.stream.Collectors.toConcurrentMap(
                        Map.Entry::getKey, e -> passwords.hash(e.getValue())));
        Set<String> extra = new HashSet<>();
        List<Line> lines = new ArrayList<>();
        for (Map<String, String> p : people) {
            Person person = accounts.checked(new Accounts.NewAccount(
                    cell(p, "login"), cell(p, "name"), cell(p, "post"), cell(p, "email"), cell(p, "phone")));
            rows.insert(
                    person,
                    Objects.requireNonNull(hashes.get(person.id())),
                    cell(p, "rights").equals("api"),
                    false);
            List<String> names = new ArrayList<>();
            for (String group : cell(p, "groups").split(",")) {
                String[] parts = group.split("\\.");
                if (parts.length == 2 && !UnitRoles.COMMON.contains(parts[1]) && extra.add(group)) {
                    Unit unit = units.get(parts[0]);
                    if (unit == null) throw new IllegalStateException("people.tsv names an unknown unit: " + group);
                    accounts.addUnitGroup(unit, parts[1]);
                }
                accounts.enter(person.id(), group);
                names.add(rows.groupName(group));
            }
            lines.add(new Line(
                    person.id(),
                    Objects.requireNonNull(typed.get(person.id())),
                    String.join("、", names),
                    person.name()));
        }
        for (Map<String, String> m : table("members.tsv")) {
            rows.insertMember(new Member(
                    cell(m, "id"),
                    cell(m, "person"),
                    cell(m, "kind"),
                    cell(m, "name"),
                    cell(m, "number"),
                    cell(m, "sector"),
                    cell(m, "party"),
                    cell(m, "post"),
                    cell(m, "inOfficeUntil").isEmpty() ? null : LocalDate.parse(cell(m, "inOfficeUntil"))));
        }
        // before the commit: a full disk leaves an empty database, not accounts that nobody can use
        write(lines);
        audit.record("people.loadDemonstration", null, lines.size() + "个演示账号");
        fresh = lines;
    }

    private void write(List<Line> lines) {
        StringBuilder text = new StringBuilder("login\tpassword\trole\tname\n");
        lines.forEach(l -> text.append(String.join("\t", l.login(), l.password(), l.role(), l.name()))
                .append('\n'));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.deleteIfExists(file);
            // the mode is there before the first byte
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix"))
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("演示账号文件无法写入：" + file, e);
        }
    }

    private static String cell(Map<String, String> row, String column) {
        String value = row.get(column);
        if (value == null) throw new IllegalStateException("Missing column " + column + " in " + row);
        return value;
    }

    private static List<Map<String, String>> table(String name) {
        return TabFile.table("/demonstration/" + name);
    }
}
