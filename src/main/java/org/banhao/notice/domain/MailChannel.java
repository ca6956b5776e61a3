package org.banhao.notice.domain;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import org.banhao.notice.Channel;
import org.banhao.people.Person;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;

/** By SMTP where a server is configured ({@code spring.mail.host}); else the stored row is the mail, read on the mailbox page. */
final class MailChannel implements Channel {

    private final @Nullable JavaMailSender sender;
    private final InternetAddress from;
    private final Clock clock;

    /** @throws IllegalArgumentException the sender's address is not one */
    MailChannel(@Nullable JavaMailSender sender, String from, Clock clock) {
        this.sender = sender;
        this.clock = clock;
        try {
            InternetAddress parsed = new InternetAddress(from, false);
            this.from = new InternetAddress(parsed.getAddress(), parsed.getPersonal(), StandardCharsets.UTF_8.name());
            this.from.validate();
        } catch (AddressException | UnsupportedEncodingException e) {
            throw new IllegalArgumentException("banhao.mail.from is not a mail address: " + from, e);
        }
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public boolean isShort() {
        return false;
    }

    @Override
    public @Nullable String address(Person person) {
        String email = person.email();
        if (email == null || email.isBlank() || email.length() > 320) return null;
        try {
            // one plain address: no list, no second header line, no comment
            InternetAddress[] parsed = InternetAddress.parse(email.strip(), true);
            if (parsed.length != 1 || !parsed[0].getAddress().equals(email.strip())) return null;
            parsed[0].validate();
            return parsed[0].getAddress();
        } catch (AddressException e) {
            return null;
        }
    }

    @Override
    public String deliver(Outgoing message) throws Exception {
        if (sender == null) return "mailbox";
        MimeMessage mime = sender.createMimeMessage();
        MimeMessageHelper helper = new MimeMessageHelper(mime, message.html() != null, StandardCharsets.UTF_8.name());
        helper.setFrom(from);
        helper.setTo(new InternetAddress(message.address(), message.personName(), StandardCharsets.UTF_8.name()));
        helper.setSubject(message.subject());
        String html = message.html();
        if (html == null) helper.setText(message.text());
        else helper.setText(message.text(), html);
        helper.setSentDate(Date.from(clock.instant()));
        mime.setHeader("Message-ID", message.messageId());
        // asks mail programs not to answer with absence notes
        mime.setHeader("Auto-Submitted", "auto-generated");
        sender.send(mime);
        return "smtp";
    }
}
