package org.banhao.paper.domain;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.banhao.base.Refusal;
import org.banhao.paper.PaperSubject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Many papers of one kind, each made and issued in a transaction of its own: one that is refused spends no number and stops no other. */
@Service
public class PaperBatch {

    public static final int MOST = 500;

    private static final Logger LOG = LoggerFactory.getLogger(PaperBatch.class);
    private static final String FAILED = "系统出错，这一份没有办成，没有占用文号；请稍后再试，仍不行请联系系统管理员。";

    private final PaperDesk desk;
    private final TransactionTemplate transaction;

    PaperBatch(PaperDesk desk, PlatformTransactionManager transactions) {
        this.desk = desk;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** @param why Chinese sentence */
    public record Failed(String label, String why) {}

    /** @param made ids of the papers, in the order that was given */
    public record Result(List<Long> made, List<Failed> failed) {}

    /**
     * With the words the case suggests; who wants other words makes the paper one by one. What has a draft or an issued paper already is
     * left out, whoever made it meanwhile.
     *
     * @param subjects keys
     * @param day 成文日期 of all
     * @throws Refusal nothing was chosen, or the kind is not made many at once
     */
    public Result make(
            String kindCode, List<String> subjects, @Nullable String signer, @Nullable LocalDate day, String person) {
        if (subjects.isEmpty()) throw new Refusal("subject", "请先勾选要生成公文的事项。");
        if (subjects.size() > MOST) throw new Refusal("subject", "一次最多生成" + MOST + "份，请分次办理。");
        List<PaperDesk.Offer> offers = desk.all(kindCode, person);
        List<Long> made = new ArrayList<>();
        List<Failed> failed = new ArrayList<>();
        for (String key : subjects) {
            PaperDesk.Offer offer = offers.stream()
                    .filter(one -> one.subject().key().equals(key))
                    .findFirst()
                    .orElse(null);
            if (offer == null) {
                failed.add(new Failed(key, "没有可以出这份公文的事项，请刷新页面。"));
            } else if (!offer.waiting()) {
                failed.add(new Failed(offer.subject().label(), "已经有一份了，没有重复生成。"));
            } else {
                one(offer, signer, day, person, made, failed);
            }
        }
        return new Result(made, failed);
    }

    private void one(
            PaperDesk.Offer offer,
            @Nullable String signer,
            @Nullable LocalDate day,
            String person,
            List<Long> made,
            List<Failed> failed) {
        PaperSubject subject = offer.subject();
        try {
            Long id =
                    transaction.execute(status -> desk.first(offer.kind().code(), subject.key(), signer, day, person));
            if (id != null) made.add(id);
        } catch (Refusal refusal) {
            failed.add(new Failed(subject.label(), refusal.sentence()));
        } catch (RuntimeException e) {
            // those before have their numbers: who pressed the button must hear of them
            LOG.warn("{} about {} was not made", offer.kind().code(), subject.key(), e);
            failed.add(new Failed(subject.label(), FAILED));
        }
    }
}
