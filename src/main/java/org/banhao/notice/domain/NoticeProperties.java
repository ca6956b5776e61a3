package org.banhao.notice.domain;

import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param address how links begin, without a slash at the end
 * @param data directory of everything the application writes
 */
@ConfigurationProperties("banhao")
record NoticeProperties(
        @DefaultValue("http://localhost:8080") String address,
        @DefaultValue("./data") Path data,
        @DefaultValue Outbox notice,
        @DefaultValue Mail mail) {

    /** @param channels which ways are used: mail, sms, webhook */
    record Outbox(@DefaultValue("mail") List<String> channels) {}

    /** @param from address that mails come from; a Chinese name may stand before it */
    record Mail(@DefaultValue("办好 <banhao@localhost>") String from) {}
}
