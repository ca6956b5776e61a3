package org.banhao.proposal.domain.papers;

import java.util.ArrayList;
import java.util.List;
import org.banhao.paper.PaperForm;
import org.banhao.paper.PaperKind;
import org.banhao.paper.PaperKind.Field;
import org.banhao.paper.PaperKind.Input;
import org.banhao.paper.PaperKind.Table;
import org.banhao.paper.PaperSeries;
import org.banhao.proposal.domain.handling.Handlings;
import org.jspecify.annotations.Nullable;

/** The papers of a proposal, in the order of its life, with the wording that comes with the application. */
final class ProposalPaperKinds {

    static final String RECEIPT = "receipt";
    static final String FILING_NOTICE = "filingNotice";
    static final String CONVERSION_LETTER = "conversionLetter";
    static final String MERGE_NOTICE = "mergeNotice";
    static final String ASSIGNMENT_NOTICE = "assignmentNotice";
    static final String TRANSFER_SLIP = "transferSlip";
    static final String RETURN_REQUEST = "returnRequest";
    static final String RETURN_RULING = "returnRuling";
    static final String MINUTES = "consultationMinutes";
    static final String CO_OPINION = Handlings.CO_OPINION_LETTER;
    static final String EXTENSION_REQUEST = "extensionRequest";
    static final String EXTENSION_REPLY = "extensionReply";
    static final String URGE = "urgeSlip";
    static final String SUPERVISION_NOTICE = "supervisionNotice";
    static final String REPLY_LETTER = Handlings.REPLY_LETTER;

    static final String OPINION_FORM = "opinionForm";
    static final String REHANDLE_NOTICE = "rehandleNotice";
    static final String REVISIT_FORM = "revisitForm";
    static final String SUPERVISION_PLAN = "supervisionPlan";
    static final String SUPERVISION_REPORT = "supervisionReport";
    static final String BULLETIN = "annualBulletin";
    static final String COMMENDATION = "commendation";

    private ProposalPaperKinds() {}

    // ---- what stands on nearly all of them

    private static final List<Field> OF_CASE = List.of(
            new Field("案由", "关于配齐中小学专职心理教师的提案"),
            new Field("案号", "十四届五次第018号"),
            new Field("流水号", "TA-2026-000018"),
            new Field("提案者", "卫某某等3人（教育界），联名提案，大会提案"),
            new Field("类别", "社会事业"),
            new Field("届次", "十四届五次"));

    private static final Input TO = new Input("主送", true, 1, 200, "卫某某委员");
    private static final Input COPIES = new Input("抄送", false, 2, 400, "市政协提案委员会，市政府办公室。");

    private static final Input words(String name, boolean needed, String sample) {
        return new Input(name, needed, 6, 2000, sample);
    }

    private static final class Kind {
        private final String code;
        private final String name;
        private final PaperForm form;
        private final @Nullable PaperSeries series;
        private final boolean open;
        private final List<Field> fields = new ArrayList<>();
        private final List<Table> tables = new ArrayList<>();
        private final List<Input> inputs = new ArrayList<>();
        private boolean code2d;

        private Kind(String code, String name, PaperForm form, @Nullable PaperSeries series, boolean open) {
            this.code = code;
            this.name = name;
            this.form = form;
            this.series = series;
            this.open = open;
            if (form != PaperForm.SHEET) {
                inputs.add(TO);
                inputs.add(COPIES);
            }
        }

        Kind ofCase() {
            fields.addAll(OF_CASE);
            return this;
        }

        Kind field(String field, String sample) {
            fields.add(new Field(field, sample));
            return this;
        }

        Kind input(Input input) {
            inputs.add(input);
            return this;
        }

        Kind table(String table, String... columnsAndSamples) {
            List<Field> columns = new ArrayList<>();
            for (int i = 0; i < columnsAndSamples.length; i += 2)
                columns.add(new Field(columnsAndSamples[i], columnsAndSamples[i + 1]));
            tables.add(new Table(table, columns));
            return this;
        }

        Kind code2d() {
            code2d = true;
            return this;
        }

        PaperKind says(String wording) {
            return new PaperKind(code, name, form, series, open, fields, tables, inputs, code2d, wording);
        }
    }

    private static Kind letter(String code, String name, boolean open) {
        return new Kind(code, name, PaperForm.LETTER, PaperSeries.LETTER, open);
    }

    private static Kind notice(String code, String name, boolean open) {
        return new Kind(code, name, PaperForm.NOTICE, PaperSeries.NOTICE, open);
    }

    private static Kind sheet(String code, String name, boolean open) {
        return new Kind(code, name, PaperForm.SHEET, null, open);
    }

    static List<PaperKind> all() {
        return List.of(
                letter(RECEIPT, "收到提案回执", true)
                        .ofCase()
                        .field("提交日期", "2026年1月16日")
                        .field("提案性质", "大会提案")
                        .says("""
                                # 收到提案回执
                                = {{主送}}：
                                您提交的《{{案由}}》（流水号{{流水号}}）已于{{提交日期}}收到，作为{{提案性质}}进入审查程序。
                                审查结果将另行告知。进展可以在“我的提案”查看；内容需要补充、更正的，请与我们联系。
                                特此回执。
                                联系方式：{{联系方式}}
                                """),
                letter(FILING_NOTICE, "立案通知", true)
                        .ofCase()
                        .field("立案日期", "2026年1月20日")
                        .says("""
                                # 立案通知
                                = {{主送}}：
                                您提出的《{{案由}}》，经提案委员会审查，于{{立案日期}}立案，案号为{{案号}}，类别为{{类别}}。
                                提案将交有关单位办理。承办单位会主动与您联系，听取意见；办理结果书面答复您，并请您对办理情况作出评价。
                                特此通知。
                                联系方式：{{联系方式}}
                                """),
                letter(CONVERSION_LETTER, "转意见建议告知函", true)
                        .ofCase()
                        .field("去向", "意见建议")
                        .input(words("理由", true, "所提事项属于具体个案，宜作为意见建议转有关单位研究处理。"))
                        .says("""
                                # 关于提案转为{{去向}}的告知函
                                = {{主送}}：
                                您提出的《{{案由}}》（流水号{{流水号}}），经提案委员会审查，转为{{去向}}送有关方面研究处理。
                                {{理由}}
                                感谢您对提案工作的支持。如有不同意见，请与我们联系。
                                联系方式：{{联系方式}}
                                """),
                letter(MERGE_NOTICE, "并案告知", true)
                        .ofCase()
                        .field("主案案由", "关于加强中小学心理健康教育的提案")
                        .field("主案案号", "十四届五次第012号")
                        .says("""
                                # 并案告知
                                = {{主送}}：
                                您提出的《{{案由}}》（流水号{{流水号}}）与《{{主案案由}}》（{{主案案号}}）反映的问题和所提建议相近，经审查，并入该案一并办理。
                                并案以后，您仍是提案者：承办单位会一并与您沟通，办理结果一并答复您，并请您评价。对并案有不同意见的，请在交办以前提出。
                                联系方式：{{联系方式}}
                                """),
                notice(ASSIGNMENT_NOTICE, "交办通知", false)
                        .field("届次", "十四届五次")
                        .field("承办单位", "市教育局")
                        .field("件数", "12")
                        .field("答复件数", "9")
                        .field("会办件数", "3")
                        .field("交办日期", "2026年3月26日")
                        .input(new Input(
                                "办理要求",
                                true,
                                8,
                                2000,
                                "请在规定期限内签收；不属于本单位职责的，经主要负责人签字后书面说明理由申请退回，不得自行转送。\n办理中主动与提案者联系，充分沟通；重点提案要当面协商。"))
                        .table(
                                "目录",
                                "序号",
                                "1",
                                "案号",
                                "第018号",
                                "案由",
                                "关于配齐中小学专职心理教师的提案",
                                "提案者",
                                "卫某某等3人",
                                "承办方式",
                                "主办",
                                "答复期限",
                                "2026年6月26日")
                        .says("""
                                # 关于交办政协{{届次}}会议提案的通知
                                = {{主送}}：
                                现将政协{{届次}}会议提案中由你单位承办的{{件数}}件交给你单位办理，其中需要答复提案者的{{答复件数}}件，会办{{会办件数}}件（见附件）。有关要求通知如下。
                                {{办理要求}}
                                联系方式：{{联系方式}}
                                + 附件：承办目录
                                %
                                ! 附件
                                - {{承办单位}}承办目录
                                || 目录: 序号 700, 案号 1500, 案由, 提案者 1700, 承办方式 1200, 答复期限 1500
                                """),
                sheet(TRANSFER_SLIP, "提案转办单", false)
                        .ofCase()
                        .field("承办单位", "市教育局")
                        .field("承办方式", "主办")
                        .field("其他承办单位", "会办：市财政局")
                        .field("交办单位", "市政府办公室")
                        .field("交办日期", "2026年3月26日")
                        .field("答复期限", "2026年6月26日")
                        .field("办理要求", "请主动与提案者联系。")
                        .field("领导批示", "请教育局牵头研究。")
                        .field("交办联系人", "侯望，0355-0000000")
                        .field("情况", "走访的六所学校中，四所没有专职心理教师。")
                        .field("分析", "编制紧，专业人员少。")
                        .field("建议", "1．配齐专职教师。\n2．建立转诊通道。")
                        .says("""
                                # 提案转办单
                                | 案号 | {{案号}} | 类别 | {{类别}}
                                | 案由 | {{案由}}
                                | 提案者 | {{提案者}}
                                | 承办单位 | {{承办单位}} | 承办方式 | {{承办方式}}
                                | 其他承办单位 | {{其他承办单位}}
                                | 交办单位 | {{交办单位}} | 交办日期 | {{交办日期}}
                                | 答复期限 | {{答复期限}} | 流水号 | {{流水号}}
                                | 领导批示 | {{领导批示}}
                                | 办理要求 | {{办理要求}}
                                | 交办联系人 | {{交办联系人}}
                                | 情况 | {{情况}}
                                | 分析 | {{分析}}
                                | 建议 | {{建议}}
                                | 签收 | | 签收日期 |
                                """),
                letter(RETURN_REQUEST, "退办申请", false)
                        .ofCase()
                        .field("交办日期", "2026年3月26日")
                        .field("承办方式", "主办")
                        .input(words("退回理由", true, "提案所提事项不属于我单位职责。"))
                        .input(words("职责依据", true, "我单位“三定”规定没有此项职责。"))
                        .input(new Input("建议承办单位", true, 1, 100, "市卫生健康委员会"))
                        .says("""
                                # 关于申请退回提案的函
                                = {{主送}}：
                                {{交办日期}}交我单位{{承办方式}}的《{{案由}}》（{{案号}}）收悉。经研究，申请退回，理由如下。
                                {{退回理由}}
                                职责依据：{{职责依据}}
                                建议改由{{建议承办单位}}办理。请予裁定。
                                联系方式：{{联系方式}}
                                """),
                letter(RETURN_RULING, "退办裁定", false)
                        .ofCase()
                        .field("申请单位", "市教育局")
                        .field("申请日期", "2026年3月30日")
                        .field("裁定结果", "维持，由市教育局继续办理")
                        .field("裁定理由", "所提事项属于教育行政部门职责。")
                        .field("期限", "办理期限接续计算。")
                        .says("""
                                # 关于退回提案申请的裁定
                                = {{主送}}：
                                {{申请单位}}{{申请日期}}申请退回的《{{案由}}》（{{案号}}），经研究裁定如下。
                                裁定结果：{{裁定结果}}。
                                裁定理由：{{裁定理由}}
                                {{期限}}
                                请有关单位遵照办理，不得再次推转。
                                """),
                sheet(MINUTES, "面商纪要", true)
                        .ofCase()
                        .field("阶段", "办理中")
                        .field("方式", "面商")
                        .field("时间", "2026年4月16日 15:00（周四）")
                        .field("地点", "市教育局会议室")
                        .field("召集人", "冯某某")
                        .field("承办单位", "市教育局、市财政局")
                        .field("单位领导", "冯某某副局长")
                        .field("提案者到场", "卫某某；原某某（未参加：出差）")
                        .field("参加人员", "宋某某科长")
                        .field("各方意见", "提案者希望明确年度目标。")
                        .field("商定事项", "1．年内配齐专职教师（市教育局）。")
                        .field("未取得一致", "转诊费用的分担。")
                        .field("记录人", "宋某某")
                        .says("""
                                # 提案办理面商纪要
                                | 案号 | {{案号}} | 方式 | {{方式}}
                                | 案由 | {{案由}}
                                | 时间 | {{时间}}
                                | 地点 | {{地点}} | 召集人 | {{召集人}}
                                | 承办单位 | {{承办单位}}
                                | 单位领导 | {{单位领导}}
                                | 提案者 | {{提案者到场}}
                                | 参加人员 | {{参加人员}}
                                | 各方意见 | {{各方意见}}
                                | 商定事项 | {{商定事项}}
                                | 未取得一致 | {{未取得一致}}
                                | 记录人 | {{记录人}} | 阶段 | {{阶段}}
                                | 提案者签名 | | 单位负责人签名 |
                                """),
                new Kind(CO_OPINION, "会办意见函", PaperForm.LETTER, PaperSeries.OPINION, false)
                        .ofCase()
                        .field("主办单位", "市教育局")
                        .field("针对", "建议1、2")
                        .field("会办意见", "一、增加编制需报市委编办研究。\n二、转诊通道可以由我委牵头建立。")
                        .says("""
                                # 关于{{案号}}提案的会办意见
                                = {{主送}}：
                                《{{案由}}》（{{案号}}）由我单位会办。针对{{针对}}，提出会办意见如下。
                                {{会办意见}}
                                请在答复提案者时一并吸收。
                                联系方式：{{联系方式}}
                                """),
                letter(EXTENSION_REQUEST, "延期申请", false)
                        .ofCase()
                        .field("原期限", "2026年6月26日")
                        .input(new Input("申请延至", true, 1, 30, "2026年9月26日"))
                        .input(words("延期理由", true, "方案正在公开征求意见，需要时间汇总。"))
                        .says("""
                                # 关于延期答复提案的申请
                                = {{主送}}：
                                我单位承办的《{{案由}}》（{{案号}}），应于{{原期限}}前答复。因下列原因，申请延至{{申请延至}}前答复。
                                {{延期理由}}
                                妥否，请批复。
                                联系方式：{{联系方式}}
                                """),
                letter(EXTENSION_REPLY, "延期批复", false)
                        .ofCase()
                        .field("申请单位", "市教育局")
                        .field("申请日期", "2026年6月10日")
                        .field("批复结果", "同意延至2026年9月26日前答复。")
                        .field("批复意见", "请抓紧办理，并向提案者说明。")
                        .says("""
                                # 关于延期答复申请的批复
                                = {{主送}}：
                                你单位{{申请日期}}关于《{{案由}}》（{{案号}}）延期答复的申请收悉。经研究，批复如下。
                                {{批复结果}}
                                {{批复意见}}
                                """),
                sheet(URGE, "提案催办单", false)
                        .ofCase()
                        .field("承办单位", "市教育局")
                        .field("承办方式", "主办")
                        .field("交办日期", "2026年3月26日")
                        .field("答复期限", "2026年6月26日")
                        .field("期限情况", "距期限还有5天")
                        .field("办理进度", "核稿")
                        .field("催办日期", "2026年6月21日")
                        .input(words("催办意见", true, "请抓紧办理，按期答复提案者。"))
                        .says("""
                                # 提案催办单
                                | 案号 | {{案号}} | 催办日期 | {{催办日期}}
                                | 案由 | {{案由}}
                                | 承办单位 | {{承办单位}} | 承办方式 | {{承办方式}}
                                | 交办日期 | {{交办日期}} | 答复期限 | {{答复期限}}
                                | 期限情况 | {{期限情况}} | 办理进度 | {{办理进度}}
                                | 催办意见 | {{催办意见}}
                                | 催办单位 | {{发文机关}}
                                | 单位回复 |
                                | 签收人 | | 签收时间 |
                                """),
                notice(SUPERVISION_NOTICE, "督办通知书", false)
                        .ofCase()
                        .field("承办单位", "市教育局")
                        .field("答复期限", "2026年6月26日")
                        .field("期限情况", "已超过期限12天")
                        .field("办理进度", "拟稿")
                        .input(words("督办要求", true, "请主要负责人亲自过问，查明原因，抓紧答复。"))
                        .input(new Input("报告期限", true, 1, 30, "2026年7月15日"))
                        .says("""
                                # 提案督办通知书
                                = {{主送}}：
                                你单位承办的《{{案由}}》（{{案号}}），应于{{答复期限}}前答复，{{期限情况}}，目前处于{{办理进度}}阶段。现予督办，要求如下。
                                {{督办要求}}
                                请于{{报告期限}}前书面报告办理情况。
                                """),
                letter(REPLY_LETTER, "提案答复函", true)
                        .ofCase()
                        .field("办理结果", "A（已经解决或者采纳）")
                        .field("公开属性", "公开")
                        .field("答复性质", "答复")
                        .field("答复正文", "您提出的提案收悉，现答复如下。\n一、关于配齐专职教师。已列入年度计划。")
                        .field("承诺事项", "2026年12月31日前配齐专职教师（人事科）")
                        .field("联系人", "宋某某")
                        .field("联系电话", "0000-0000000")
                        .says("""
                                > 办理结果：{{办理结果}}
                                > 公开属性：{{公开属性}}　　签发人：{{签发人}}
                                # 关于政协{{案号}}提案的{{答复性质}}
                                = {{主送}}：
                                {{答复正文}}
                                承诺事项：
                                {{承诺事项}}
                                感谢您对我们工作的关心和支持。请对办理情况提出意见。
                                联系人：{{联系人}}　　联系电话：{{联系电话}}
                                """),
                sheet(OPINION_FORM, "征询意见表", true)
                        .ofCase()
                        .code2d()
                        .field("答复单位", "市教育局")
                        .field("答复文号", "长教函〔2026〕15号")
                        .field("征询对象", "卫某某")
                        .field("反馈期限", "2026年7月26日")
                        .says("""
                                # 提案办理情况征询意见表
                                | 案号 | {{案号}} | 提案者 | {{征询对象}}
                                | 案由 | {{案由}}
                                | 答复单位 | {{答复单位}} | 答复文号 | {{答复文号}}
                                | 是否当面沟通 | □是（单位领导□参加□未参加）　□否
                                | 是否逐条答复 | □是　□否
                                | 对办理态度 | □满意　□基本满意　□不满意
                                | 对办理结果 | □满意　□基本满意　□不满意
                                | 意见和建议 |
                                | 签名 | | 日期 |
                                请在{{反馈期限}}前寄回，或者扫下面的二维码登录后填写。
                                @ 二维码
                                """),
                letter(REHANDLE_NOTICE, "再办通知", true)
                        .ofCase()
                        .field("承办单位", "市教育局")
                        .field("再办理由", "提案者对答复不满意：没有说明年度目标。")
                        .field("再办期限", "2026年9月1日")
                        .says("""
                                # 关于再次办理提案的通知
                                = {{主送}}：
                                你单位对《{{案由}}》（{{案号}}）的答复，提案者提出了不同意见。经研究，请再次办理。
                                {{再办理由}}
                                请在{{再办期限}}前再次与提案者沟通并书面答复。
                                """),
                sheet(REVISIT_FORM, "回头看登记表", true)
                        .ofCase()
                        .field("承办单位", "市教育局")
                        .field("启动原因", "承诺到期")
                        .field("启动日期", "2026年12月31日")
                        .field("原办理结果", "B（正在解决）")
                        .field("现办理结果", "A（已经解决或者采纳）")
                        .field("事项", "配齐专职教师：已兑现。")
                        .field("报告", "专职教师已全部到岗。")
                        .field("提案者意见", "卫某某：属实。")
                        .field("核查结论", "已兑现，不再回头看。")
                        .says("""
                                # 提案办理回头看登记表
                                | 案号 | {{案号}} | 承办单位 | {{承办单位}}
                                | 案由 | {{案由}}
                                | 启动原因 | {{启动原因}} | 启动日期 | {{启动日期}}
                                | 原办理结果 | {{原办理结果}} | 现办理结果 | {{现办理结果}}
                                | 承诺与建议 | {{事项}}
                                | 落实情况 | {{报告}}
                                | 提案者意见 | {{提案者意见}}
                                | 核查结论 | {{核查结论}}
                                | 单位负责人签名 | | 核查人签名 |
                                """),
                notice(SUPERVISION_PLAN, "重点提案督办方案", false)
                        .field("选题", "中小学心理健康教育")
                        .field("确定会议", "第四十二次主席会议（2026年4月2日（周四））")
                        .field("督办领导", "平某某")
                        .field("领办领导", "秦某某")
                        .field("提案", "十四届五次第018号《关于配齐中小学专职心理教师的提案》")
                        .field("承办单位", "主办：市教育局；会办：市财政局")
                        .input(words("督办方式", true, "一、实地调研。\n二、召开督办协商会。"))
                        .input(words("时间安排", true, "5月调研，6月召开协商会，9月报告。"))
                        .input(words("工作要求", false, "承办单位主要负责人参加协商会。"))
                        .says("""
                                # 关于“{{选题}}”重点提案的督办方案
                                = {{主送}}：
                                经{{确定会议}}研究，确定“{{选题}}”为重点督办选题，由{{督办领导}}督办。领办领导：{{领办领导}}
                                ## 一、提案与承办单位
                                {{提案}}
                                {{承办单位}}
                                ## 二、督办方式
                                {{督办方式}}
                                ## 三、时间安排
                                {{时间安排}}
                                ## 四、工作要求
                                {{工作要求}}
                                """),
                notice(SUPERVISION_REPORT, "重点提案督办报告", false)
                        .field("选题", "中小学心理健康教育")
                        .field("督办领导", "平某某")
                        .field("领办领导", "秦某某")
                        .field("提案", "十四届五次第018号《关于配齐中小学专职心理教师的提案》")
                        .field("承办单位", "主办：市教育局；会办：市财政局")
                        .field("协商情况", "2026年6月4日在市教育局召开督办协商会。")
                        .field("办理结果", "市教育局：A（已经解决或者采纳）")
                        .field("承诺事项", "2026年12月31日前配齐专职教师（人事科）")
                        .input(words("督办情况", true, "先后实地调研三次，召开协商会一次。"))
                        .input(words("下一步建议", true, "跟踪承诺事项，适时回头看。"))
                        .says("""
                                # 关于“{{选题}}”重点提案督办情况的报告
                                = {{主送}}：
                                由{{督办领导}}督办的“{{选题}}”重点提案，现将督办情况报告如下。
                                ## 一、提案与承办单位
                                {{提案}}
                                {{承办单位}}
                                领办领导：{{领办领导}}
                                ## 二、督办情况
                                {{督办情况}}
                                {{协商情况}}
                                ## 三、办理结果
                                {{办理结果}}
                                {{承诺事项}}
                                ## 四、下一步建议
                                {{下一步建议}}
                                """),
                notice(BULLETIN, "年度提案办理情况通报", false)
                        .field("届次", "十四届五次")
                        .field("提交件数", "326")
                        .field("立案件数", "300")
                        .field("统计日期", "2026年12月1日")
                        .field("已答复件数", "290")
                        .field("满意率", "98.5%")
                        .input(words("总体情况", false, "各承办单位重视提案办理，质量有提高。"))
                        .input(words("存在问题", false, "个别单位面商不够。"))
                        .input(words("下一步要求", false, "抓好承诺事项的落实。"))
                        .table(
                                "办理情况表", "序号", "1", "承办单位", "市教育局", "系统", "政府", "答复件", "9", "已答复", "9", "逾期", "0",
                                "会办件", "3", "面商", "9", "满意", "8", "基本满意", "1", "不满意", "0", "未反馈", "0")
                        .says("""
                                # 关于政协{{届次}}会议提案办理情况的通报
                                = {{主送}}：
                                政协{{届次}}会议以来，共收到提案{{提交件数}}件，立案{{立案件数}}件。截至{{统计日期}}，已答复{{已答复件数}}件，提案者对办理结果的满意率（满意和基本满意占已反馈的比例）为{{满意率}}。
                                ## 一、总体情况
                                {{总体情况}}
                                ## 二、存在问题
                                {{存在问题}}
                                ## 三、下一步要求
                                {{下一步要求}}
                                + 附件：各单位办理情况表
                                %
                                ! 附件
                                - 各单位办理情况表
                                || 办理情况表: 序号 600, 承办单位, 系统 800, 答复件 620, 已答复 620, 逾期 600, 会办件 620, 面商 600, 满意 600, 基本满意 620, 不满意 620, 未反馈 620
                                """),
                notice(COMMENDATION, "表彰决定", false)
                        .field("届次", "十四届五次")
                        .input(words("表彰依据", true, "经提案委员会评选、主席会议审议通过"))
                        .input(words("优秀提案", false, "关于配齐中小学专职心理教师的提案（卫某某）"))
                        .input(words("先进承办单位", false, "市教育局"))
                        .input(words("先进个人", false, "宋某某（市教育局）"))
                        .says("""
                                # 关于表彰政协{{届次}}会议优秀提案和提案办理先进的决定
                                = {{主送}}：
                                为进一步提高提案和办理工作质量，{{表彰依据}}，决定予以表彰。
                                ## 一、优秀提案
                                {{优秀提案}}
                                ## 二、提案办理先进单位
                                {{先进承办单位}}
                                ## 三、提案办理先进个人
                                {{先进个人}}
                                希望受到表彰的单位和个人再接再厉，取得新的成绩。
                                """));
    }
}
