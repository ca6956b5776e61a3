package org.banhao.casefile.web;

import java.time.Instant;
import java.util.Locale;
import org.banhao.base.ChineseTime;
import org.banhao.casefile.domain.CasePapers;
import org.banhao.document.StoredDocument;

/** How the page writes moments and sizes. Public methods: templates call them. */
public final class CaseWords {
    CaseWords() {}

    public String moment(Instant moment) {
        return ChineseTime.text(moment);
    }

    /** 812 字节, 35 KB, 2.4 MB */
    public String size(long bytes) {
        if (bytes < 1024) return bytes + " 字节";
        if (bytes < 1024 * 1024) return Math.round(bytes / 1024.0) + " KB";
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1024.0 / 1024.0);
    }

    public boolean comparable(StoredDocument document) {
        return CasePapers.comparable(document);
    }
}
