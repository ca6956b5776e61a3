package org.banhao.notice.domain;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import org.banhao.notice.Channel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSender;

/** The ways out that come with the application. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NoticeProperties.class)
class NoticeConfiguration {

    @Bean
    Channel mailChannel(ObjectProvider<JavaMailSender> sender, NoticeProperties properties, Clock clock) {
        return new MailChannel(sender.getIfAvailable(), properties.mail().from(), clock);
    }

    @Bean
    Channel smsChannel(NoticeProperties properties, ObjectMapper json, Clock clock) {
        return FileChannel.sms(properties.data().resolve("outbox"), json, clock);
    }

    @Bean
    Channel webhookChannel(NoticeProperties properties, ObjectMapper json, Clock clock) {
        return FileChannel.webhook(properties.data().resolve("outbox"), json, clock);
    }
}
