package org.banhao.notice.domain;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.banhao.base.ChineseTime;
import org.banhao.notice.Channel;
import org.banhao.people.Person;
import org.jspecify.annotations.Nullable;

/** One line of JSON for each message, for a city's own platform to take: {@code data/outbox/sms.jsonl}, {@code webhook.jsonl}. */
final class FileChannel implements Channel {

    private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9-]{5,19}");

    private final String name;
    private final Path directory;
    private final ObjectMapper json;
    private final Clock clock;
    private final Function<Person, @Nullable String> address;

    private FileChannel(
            String name, Path directory, ObjectMapper json, Clock clock, Function<Person, @Nullable String> address) {
        this.name = name;
        this.directory = directory;
        this.json = json;
        this.clock = clock;
        this.address = address;
    }

    static Channel sms(Path directory, ObjectMapper json, Clock clock) {
        return new FileChannel("sms", directory, json, clock, person -> {
            String phone = person.phone();
            return phone != null && PHONE.matcher(phone.strip()).matches() ? phone.strip() : null;
        });
    }

    /** Addressed by the account: the platform behind it knows its own people. */
    static Channel webhook(Path directory, ObjectMapper json, Clock clock) {
        return new FileChannel("webhook", directory, json, clock, Person::id);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isShort() {
        return true;
    }

    @Override
    public @Nullable String address(Person person) {
        return address.apply(person);
    }

    /** On the disk before it counts as sent. */
    @Override
    public String deliver(Outgoing message) throws IOException {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("id", message.messageId());
        line.put(
                "time",
                clock.instant().atZone(ChineseTime.ZONE).toOffsetDateTime().toString());
        line.put("to", message.address());
        line.put("name", message.personName());
        line.put("caseNumber", message.caseNumber());
        line.put("text", message.text());
        ByteBuffer bytes = ByteBuffer.wrap((json.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
        Files.createDirectories(directory);
        try (var file = java.nio.channels.FileChannel.open(
                directory.resolve(name + ".jsonl"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (bytes.hasRemaining()) file.write(bytes);
            file.force(false);
        }
        return "file";
    }
}
