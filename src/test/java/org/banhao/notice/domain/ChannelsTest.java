package org.banhao.notice.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetupTest;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.banhao.calendar.OwnTables;
import org.banhao.calendar.SetClock;
import org.banhao.casefile.NothingDone;
import org.banhao.notice.Channel;
import org.banhao.notice.LinkedAct;
import org.banhao.notice.Notice;
import org.banhao.people.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.mail.MailSenderAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class ChannelsTest {

    @RegisterExtension
    static final GreenMailExtension SERVER = new GreenMailExtension(ServerSetupTest.SMTP.dynamicPort())
            .withConfiguration(GreenMailConfiguration.aConfig());

    private final SetClock clock = new SetClock("2026-03-26T10:00");

    @TempDir
    Path data;

    @Test
    void a_notice_arrives_by_smtp_with_chinese_subject_and_both_bodies() throws Exception {
        NoticeProperties properties = new NoticeProperties(
                "https://ta.example.cn",
                data,
                new NoticeProperties.Outbox(List.of("mail")),
                new NoticeProperties.Mail("市政协提案委 <tian@example.cn>"));
        JdbcClient jdbc = told(new MailChannel(sender(), properties.mail().from(), clock), properties);

        MimeMessage[] received = SERVER.getReceivedMessages();
        assertThat(received).hasSize(1);
        MimeMessage message = received[0];
        assertThat(message.getSubject()).isEqualTo("立案通知：提案TA-2026-000001");
        assertThat(message.getHeader("Subject")[0]).as("encoded on the wire").matches("\\p{ASCII}+");
        InternetAddress from = (InternetAddress) message.getFrom()[0];
        assertThat(from.getPersonal()).isEqualTo("市政协提案委");
        assertThat(from.getAddress()).isEqualTo("tian@example.cn");
        assertThat(((InternetAddress) message.getAllRecipients()[0]).getPersonal())
                .isEqualTo("卫林书𠮷");
        assertThat(message.getSentDate()).isEqualTo(clock.instant().toString().substring(0, 19) + "Z");
        String stored = jdbc.sql("select message_id from notice_outbox")
                .query(String.class)
                .single();
        assertThat(message.getMessageID()).isEqualTo(stored);
        List<String> bodies = new ArrayList<>();
        collect(message, bodies);
        assertThat(bodies)
                .hasSize(2)
                .allSatisfy(body -> assertThat(body)
                        .contains(
                                "卫林书𠮷，您好",
                                "案号：五届六次会议第18号",
                                "本邮件不含提案正文",
                                "https://ta.example.cn/cases/TA-2026-000001"));
        assertThat(sentBy(jdbc)).isEqualTo("smtp");
    }

    /** As a city configures it: nothing but the settings of the application. */
    @Test
    void with_a_host_and_a_port_in_the_settings_a_notice_arrives_at_that_server_and_without_them_at_none() {
        NoticeProperties properties = new NoticeProperties(
                "https://ta.example.cn",
                data,
                new NoticeProperties.Outbox(List.of("mail")),
                new NoticeProperties.Mail("a@b.cn"));
        ApplicationContextRunner application = new ApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withConfiguration(AutoConfigurations.of(MailSenderAutoConfiguration.class))
                .withUserConfiguration(NoticeConfiguration.class)
                .withBean(Clock.class, () -> clock)
                .withBean(ObjectMapper.class)
                .withPropertyValues("banhao.data=" + data);
        application
                .withPropertyValues(
                        "spring.mail.host=127.0.0.1",
                        "spring.mail.port=" + SERVER.getSmtp().getPort())
                .run(started -> {
                    JdbcClient jdbc = told(started.getBean("mailChannel", Channel.class), properties);
                    assertThat(sentBy(jdbc)).isEqualTo("smtp");
                    assertThat(SERVER.getReceivedMessages())
                            .extracting(MimeMessage::getSubject)
                            .containsExactly("立案通知：提案TA-2026-000001");
                    assertThat(started.getBean(JavaMailSenderImpl.class).getJavaMailProperties())
                            .as("a server that hangs holds nothing for ever")
                            .containsKeys("mail.smtp.connectiontimeout", "mail.smtp.timeout", "mail.smtp.writetimeout");
                });
        application.run(started -> assertThat(sentBy(told(started.getBean("mailChannel", Channel.class), properties)))
                .isEqualTo("mailbox"));
    }

    private static String sentBy(JdbcClient jdbc) {
        return jdbc.sql("select sent_by from notice_outbox").query(String.class).single();
    }

    @Test
    void a_server_that_is_away_is_a_failure_and_not_a_loss() {
        JavaMailSenderImpl nobody = new JavaMailSenderImpl();
        nobody.setHost("127.0.0.1");
        nobody.setPort(1);
        Channel mail = new MailChannel(nobody, "a@b.cn", clock);
        assertThatThrownBy(() -> mail.deliver(message("wei@example.cn"))).isInstanceOf(Exception.class);
    }

    @Test
    void without_a_server_the_stored_row_is_the_mail() throws Exception {
        assertThat(new MailChannel(null, "办好 <a@b.cn>", clock).deliver(message("wei@example.cn")))
                .isEqualTo("mailbox");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "无",
                "a b@c.cn",
                "a@b.cn,c@d.cn",
                "a@b.cn\r\nBcc: x@y.cn",
                "名 <a@b.cn>",
                "a@b.cn;c@d.cn",
                "@"
            })
    void what_is_not_one_plain_mail_address_is_none(String email) {
        assertThat(new MailChannel(null, "a@b.cn", clock).address(new Person("p", "名", "", email, null, true)))
                .isNull();
    }

    @Test
    void a_sender_that_is_no_address_stops_the_start() {
        assertThatThrownBy(() -> new MailChannel(null, "办好", clock)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sms_and_webhook_write_one_line_of_json_each() throws Exception {
        ObjectMapper json = new ObjectMapper();
        Channel sms = FileChannel.sms(data.resolve("outbox"), json, clock);
        Channel webhook = FileChannel.webhook(data.resolve("outbox"), json, clock);
        sms.deliver(message("10000000001"));
        sms.deliver(message("10000000002"));
        webhook.deliver(message("wei"));
        List<String> lines = Files.readAllLines(data.resolve("outbox/sms.jsonl"));
        assertThat(lines).hasSize(2);
        JsonNode first = json.readTree(lines.get(0));
        assertThat(first.get("to").asText()).isEqualTo("10000000001");
        assertThat(first.get("text").asText()).isEqualTo("【办好】“引号”\n换行");
        assertThat(first.get("time").asText()).isEqualTo("2026-03-26T10:00+08:00");
        assertThat(first.get("id").asText()).isEqualTo("<1@banhao>");
        assertThat(Files.readAllLines(data.resolve("outbox/webhook.jsonl"))).hasSize(1);
        assertThat(sms.address(new Person("p", "名", "", null, "136-0000-0000", true)))
                .isEqualTo("136-0000-0000");
        assertThat(sms.address(new Person("p", "名", "", null, "没有", true))).isNull();
        assertThat(webhook.address(new Person("p", "名", "", null, null, true))).isEqualTo("p");
    }

    /** A notice written into an outbox and handed on by this channel. */
    private JdbcClient told(Channel mail, NoticeProperties properties) {
        DataSource source = OwnTables.h2(
                "V1501__notice.sql",
                "V1560__notice_reminders.sql",
                "V1570__notice_retraction.sql",
                "V1590__notice_link.sql",
                "V1592__notice_handover.sql");
        JdbcClient jdbc = JdbcClient.create(source);
        JdbcTransactionManager manager = new JdbcTransactionManager(source);
        TestPeople people = new TestPeople();
        people.put(new Person("wei", "卫林书𠮷", "", "wei@example.cn", null, true));
        StoredLinks links = new StoredLinks(
                jdbc,
                people,
                new StaticListableBeanFactory().getBeanProvider(LinkedAct.class),
                clock,
                (action, number, detail) -> {});
        new OutboxNotices(
                        jdbc,
                        people,
                        new NoticeTexts(properties),
                        clock,
                        List.of(mail),
                        properties,
                        new NothingDone(),
                        links,
                        manager)
                .tell(new Notice("filed:1", "filed", "wei", "TA-2026-000001", Map.of("fileNumber", "五届六次会议第18号")));
        assertThat(new OutboxSweep(jdbc, clock, List.of(mail), links, manager).deliverDue())
                .isEqualTo(1);
        return jdbc;
    }

    private static JavaMailSenderImpl sender() {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(SERVER.getSmtp().getPort());
        return sender;
    }

    private static Channel.Outgoing message(String to) {
        return new Channel.Outgoing("<1@banhao>", "卫林书", to, "主题", "【办好】“引号”\n换行", null, "TA-2026-000001");
    }

    private static void collect(Part part, List<String> bodies) throws Exception {
        if (part.getContent() instanceof Multipart multipart) {
            for (int i = 0; i < multipart.getCount(); i++) collect(multipart.getBodyPart(i), bodies);
        } else {
            bodies.add(String.valueOf(part.getContent()));
        }
    }
}
