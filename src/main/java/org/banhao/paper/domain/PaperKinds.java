package org.banhao.paper.domain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.banhao.base.Refusal;
import org.banhao.paper.PaperForm;
import org.banhao.paper.PaperKind;
import org.banhao.paper.PaperKind.Field;
import org.banhao.paper.PaperSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** All kinds of papers that can be made, and who knows the facts of each. */
@Component
class PaperKinds {

    /** The paper's twin that goes through the hands of those who sign. No source has it: it is made of any numbered paper. */
    static final PaperKind SIGNING_SHEET = new PaperKind(
            "signingSheet",
            "发文稿纸",
            PaperForm.SHEET,
            null,
            false,
            List.of(
                    new Field("标题", "立案通知"),
                    new Field("主送", "卫林书委员"),
                    new Field("抄送", "市政府办公室"),
                    new Field("拟稿单位", "某某市教育局"),
                    new Field("拟稿人", "宋某某　2026年3月20日"),
                    new Field("科室负责人", "同意。"),
                    new Field("核稿", "同意。牛某　2026年3月21日"),
                    new Field("会签单位", ""),
                    new Field("分管领导", "同意。冯某某　2026年3月22日"),
                    new Field("主要负责人", ""),
                    new Field("附件", ""),
                    new Field("印数", ""),
                    new Field("缓急", "平件")),
            List.of(),
            List.of(),
            false,
            """
            # {{发文机关}}发文稿纸
            | 发文字号 | {{发文字号}} | 缓急 | {{缓急}}
            | 密级 | 不适用（本系统不得处理涉密信息） | 印数 | {{印数}}
            | 标题 | {{标题}}
            | 主送 | {{主送}}
            | 抄送 | {{抄送}}
            | 附件 | {{附件}}
            | 拟稿单位 | {{拟稿单位}} | 拟稿人 | {{拟稿人}}
            | 科室负责人意见 | {{科室负责人}}
            | 核稿意见 | {{核稿}}
            | 会签单位意见 | {{会签单位}}
            | 分管领导意见 | {{分管领导}}
            | 主要负责人意见 | {{主要负责人}}
            | 签发 | {{签发人}} | 成文日期 | {{成文日期}}
            """);

    private final ObjectProvider<PaperSource> sources;
    private volatile @Nullable Map<String, Known> known;

    PaperKinds(ObjectProvider<PaperSource> sources) {
        this.sources = sources;
    }

    /** @param source null: the signing sheet */
    record Known(PaperKind kind, @Nullable PaperSource source) {}

    private Map<String, Known> known() {
        Map<String, Known> all = known;
        if (all == null) {
            Map<String, Known> found = new LinkedHashMap<>();
            sources.orderedStream()
                    .forEach(source -> source.kinds().forEach(kind -> found.put(kind.code(), new Known(kind, source))));
            found.put(SIGNING_SHEET.code(), new Known(SIGNING_SHEET, null));
            all = found;
            known = all;
        }
        return all;
    }

    List<PaperKind> all() {
        List<PaperKind> kinds = new ArrayList<>();
        known().values().forEach(one -> kinds.add(one.kind()));
        return kinds;
    }

    Optional<PaperKind> find(String code) {
        return Optional.ofNullable(known().get(code)).map(Known::kind);
    }

    /** @throws Refusal there is none */
    PaperKind get(String code) {
        return find(code).orElseThrow(() -> new Refusal("没有这种公文，请从公文页重新进入。"));
    }

    /** @throws Refusal there is none, or it is made of another paper */
    PaperSource source(String code) {
        Known one = known().get(code);
        PaperSource source = one == null ? null : one.source();
        if (source == null) throw new Refusal("没有这种公文，请从公文页重新进入。");
        return source;
    }

    List<PaperSource> sources() {
        return sources.orderedStream().toList();
    }
}
