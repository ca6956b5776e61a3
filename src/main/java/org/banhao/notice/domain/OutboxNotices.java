package org.banhao.notice.domain;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.banhao.casefile.Retractions;
import org.banhao.notice.Channel;
import org.banhao.notice.Notice;
import org.banhao.notice.Notices;
import org.banhao.people.People;
import org.banhao.people.Person;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

@Component
@Transactional
class OutboxNotices implements Notices {

    private final JdbcClient jdbc;
    private final People people;
    private final NoticeTexts texts;
    private final Clock clock;
    private final List<Channel> used;
    private final Retractions retractions;
    private final StoredLinks links;
    private final TransactionTemplate savepoint;

    /** @throws IllegalStateException a configured way does not exist */
    OutboxNotices(
            JdbcClient jdbc,
            People people,
            NoticeTexts texts,
            Clock clock,
            List<Channel> channels,
            NoticeProperties properties,
            Retractions retractions,
            StoredLinks links,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.people = people;
        this.texts = texts;
        this.clock = clock;
        Map<String, Channel> byName = channels.stream().collect(Collectors.toMap(Channel::name, Function.identity()));
        this.used = properties.notice().channels().stream()
                .distinct()
                .map(name -> Optional.ofNullable(byName.get(name))
                        .orElseThrow(() -> new IllegalStateException("banhao.notice.channels: no channel " + name)))
                .toList();
        this.retractions = retractions;
        this.links = links;
        this.savepoint = new TransactionTemplate(transactions);
        this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    @Override
    public void tell(Notice notice) {
        if (notice.key().isBlank() || notice.key().length() > 300) {
            throw new IllegalArgumentException("Key of a notice: " + notice.key());
        }
        List<Channel> missing =
                used.stream().filter(channel -> !told(notice, channel)).toList();
        if (missing.isEmpty()) return;
        Optional<Person> person = people.find(notice.personId());
        Long link = links.give(notice);
        NoticeTexts.Rendered rendered =
                texts.render(notice, person.map(Person::name).orElse(notice.personId()), link != null);
        for (Channel channel : missing) write(notice, channel, person, rendered, link);
    }

    private boolean told(Notice notice, Channel channel) {
        return jdbc.sql("select count(*) from notice_outbox where notice_key = ? and channel = ?")
                        .params(notice.key(), channel.name())
                        .query(Long.class)
                        .single()
                > 0;
    }

    private void write(
            Notice notice,
            Channel channel,
            Optional<Person> person,
            NoticeTexts.Rendered rendered,
            @Nullable Long link) {
        Reach reach = Reach.of(person, channel);
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        String number = notice.caseNumber();
        // what follows from an act that may still be retracted leaves when that is over
        Optional<Retractions.Pending> act = number == null ? Optional.empty() : retractions.pending(number);
        var next = act.map(one -> one.until().atOffset(ZoneOffset.UTC)).orElse(now);
        try {
            // the unique key decides between two tellers; the savepoint keeps PostgreSQL's transaction usable
            savepoint.executeWithoutResult(status -> jdbc.sql(
                            "insert into notice_outbox (notice_key, channel, template, person_id, "
                                    + "person_name, address, subject, text_body, html_body, case_number, state, attempts, next_at, "
                                    + "last_error, message_id, created_at, retraction_id, link_id, brief) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?)")
                    .params(
                            notice.key(),
                            channel.name(),
                            notice.template(),
                            notice.personId(),
                            person.map(Person::name).orElse(notice.personId()),
                            reach.address(),
                            rendered.subject(),
                            channel.isShort() ? rendered.brief() : rendered.text(),
                            channel.isShort() ? null : rendered.html(),
                            notice.caseNumber(),
                            reach.address() == null ? "undeliverable" : "pending",
                            next,
                            reach.why(),
                            "<" + UUID.randomUUID() + "@banhao>",
                            now,
                            act.map(Retractions.Pending::id).orElse(null),
                            link,
                            rendered.plain())
                    .update());
        } catch (DuplicateKeyException e) {
            // told by somebody else meanwhile: that is what the key is for
        }
    }

    /** Where a person is reached one way, or why not. */
    record Reach(@Nullable String address, @Nullable String why) {

        static Reach of(Optional<Person> person, Channel channel) {
            if (person.isEmpty()) return new Reach(null, "没有这个人员账号");
            if (!person.get().active()) return new Reach(null, "账号已停用");
            String address = channel.address(person.get());
            return address == null ? new Reach(null, "没有可用的" + word(channel)) : new Reach(address, null);
        }

        private static String word(Channel channel) {
            return channel.name().equals("mail") ? "邮箱地址" : "手机号码";
        }
    }
}
