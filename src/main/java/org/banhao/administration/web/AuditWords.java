package org.banhao.administration.web;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words for the actions of the audit record, in the order in which they are offered. */
final class AuditWords {

    private static final String WORDS = """
            people.signIn 登录
            people.signInRefused 登录被拒绝
            people.signOut 退出
            people.firstAdministrator 创建第一位系统管理员
            people.create 新建账号
            people.change 修改账号资料
            people.largeText 改用大字或者标准字
            people.allowApi 允许调用接口
            people.denyApi 收回接口权限
            people.resetPassword 重置密码
            people.askReset 申请重置三员密码
            people.confirmReset 确认重置三员密码
            people.refuseReset 不同意重置三员密码
            people.withdrawReset 撤回重置申请
            people.wrongResetCode 重置领取码填错
            people.consoleReset 服务器重置三员密码
            people.changePassword 修改密码
            people.changePasswordRefused 修改密码被拒绝
            people.deactivate 停用账号
            people.join 加入群组
            people.leave 退出群组
            people.addUnit 新增单位
            people.changeUnit 修改单位
            people.moveUnit 调整单位次序
            people.closeUnit 停用单位
            people.reopenUnit 恢复单位
            people.checkImport 核对名册表格
            people.importMembers 导入委员名册
            people.importUnits 导入单位名册
            people.forgetImports 清理未导入的名册表格
            people.addMember 登记委员或提案单位
            people.changeMember 修改名册
            people.linkMember 更换名册账号
            people.memberLeaves 登记离任
            people.enterAbsence 登记外出与代理
            people.endAbsence 结束外出
            people.loadDemonstration 装入演示人员
            proposal.begin 新建提案草稿
            proposal.saveDraft 保存提案草稿
            proposal.deleteDraft 删除提案草稿
            proposal.discardAttachment 删除提案附件
            proposal.readWord 读入提案文件
            proposal.takeWord 填入读出的文字
            proposal.bringTextBack 恢复读入前的文字
            proposal.handIn 提交提案
            proposal.confirm 确认联名
            proposal.decline 谢绝联名
            proposal.recallInvitation 撤回联名邀请
            proposal.dropUnconfirmed 联名截止
            proposal.register 提案进入审查
            proposal.backToDraft 提案收回为草稿
            proposal.withdraw 撤回提案
            proposal.second 附议提案
            proposal.withdrawSecond 撤回附议
            proposal.endSeconds 附议随收回取消
            proposal.read 查看提案
            proposal.firstReview 初审
            proposal.secondReview 复审
            proposal.decide 终审
            proposal.revise 修改后重新提交
            proposal.resubmissionOverdue 逾期未重新提交
            proposal.merge 并案
            proposal.unmerge 撤销并案
            proposal.objectToMerge 对并案提出异议
            proposal.handOverRevision 移交提案修改
            proposal.convert 转为意见建议
            proposal.notFile 不予立案
            casefile.createMeeting 建立会议
            casefile.changeMeeting 修改会议
            casefile.meetingAttendance 登记到会
            casefile.planMeeting 列入议程
            casefile.unplanMeeting 从议程去掉
            casefile.meetingDecided 会议决定
            casefile.recordMeeting 登记会议决定
            casefile.correctMeeting 更正会议决定
            casefile.meetingMinutes 上传会议纪要
            casefile.closeMeeting 结束会议
            casefile.meetingQuorum 修改法定人数
            casefile.readMeeting 查看会议
            proposal.takeOverMeetings 会议转入会议库
            proposal.recordMeeting 按会议登记终审结论
            proposal.assignFileNumber 编定案号
            proposal.numberAll 整批编号
            proposal.renumber 重排案号
            proposal.publishNumbers 公布案号
            proposal.suggestUnits 推荐承办单位
            proposal.planUnits 拟定承办单位
            proposal.signOffUnits 签定承办单位
            proposal.askUnits 征求单位意见
            proposal.unitWord 报单位意见
            proposal.passOn 转另一办交办
            proposal.confirmUnits 核定承办单位
            proposal.assign 交办提案
            proposal.assignmentTable 批量办理交办
            proposal.acceptAssignment 签收交办
            proposal.requestReturn 申请退回交办
            proposal.deemAccepted 视为接受交办
            proposal.ruleOnReturn 裁定退回申请
            proposal.replaceUnit 改派承办单位
            proposal.addUnit 增加承办单位
            proposal.moveUnit 职责划转
            proposal.moveAssignment 划转一件交办
            proposal.withdrawAssignments 收回交办
            proposal.forwardInside 二次交办
            proposal.takeBackInside 收回二次交办
            proposal.forwardingsEnd 二次交办终了
            proposal.readNoticeList 查看通知清单
            proposal.exportNoticeList 导出通知清单
            proposal.beginHandling 开始办理
            proposal.handlingGoesOver 移交办理
            proposal.handlingRole 改变承办角色
            proposal.endHandling 终止办理
            proposal.forwardToSection 转承办科室
            proposal.handled 办理有结果
            proposal.consultation 登记联系或协商
            proposal.wordOnConsultation 确认沟通记录
            proposal.collateOpinions 汇总会办意见
            proposal.draftReply 起草答复
            proposal.signOffLevel 确定签发级别
            proposal.decideDraft 审核文稿
            proposal.deliverReply 送达答复
            proposal.replied 提案已答复
            proposal.secondHandling 要求再次办理
            proposal.correctClass 更正办理结果类别
            proposal.askFeedback 征询提案者意见
            proposal.feedback 反馈意见
            proposal.feedbackFor 代录入反馈意见
            proposal.feedbackSilent 逾期未反馈
            proposal.feedbackNotNeeded 不再需要反馈
            proposal.feedbackHandedOver 移交反馈
            proposal.readFeedback 查看反馈意见
            proposal.examineFeedback 核实不满意意见
            proposal.mediate 登记会商结果
            proposal.closed 提案已办结
            proposal.draftCoOpinion 起草会办意见
            proposal.sendCoOpinion 送交会办意见
            proposal.askExtension 申请延期
            proposal.approveExtension 审签延期申请
            proposal.decideExtension 审批延期申请
            proposal.resultClasses 修改办理结果类别
            proposal.addTopic 增加参考选题
            proposal.changeTopic 修改参考选题
            proposal.deleteTopic 删除参考选题
            proposal.checkTopics 检查选题表格
            proposal.takeInTopics 导入参考选题
            proposal.chooseTopic 选用参考选题
            proposal.beginSolicitation 启动征集
            proposal.prepareCall 拟定征集通知
            proposal.decideCall 审签征集通知
            proposal.sendCall 发出征集通知
            proposal.remindSolicitation 提醒未提交的提案者
            proposal.moveSolicitation 随届次调整征集截止
            proposal.closeSolicitation 征集截止
            proposal.exportMissing 导出尚未提交名单
            proposal.participationBase 设定参与率分母
            proposal.summarizeSolicitation 征集总结
            proposal.keyRule 设定重点遴选程序
            proposal.nominateKey 提名重点提案
            proposal.dropKey 撤下重点候选
            proposal.passKey 党组会议通过重点候选
            proposal.declineKey 不列为重点
            proposal.selectKey 确定重点提案
            proposal.revokeKey 取消重点提案
            proposal.readKeyTopics 查看重点提案
            proposal.previewRevisits 预览回头看
            proposal.beginRound 启动一轮回头看
            proposal.sweepRevisits 启动到期的回头看
            proposal.beginRevisit 启动一件回头看
            proposal.reportRevisit 报告回头看情况
            proposal.checkRevisit 核查回头看
            proposal.returnRevisit 退回回头看报告
            proposal.escalateRevisit 回头看督促上报
            proposal.recordRevisit 记录回头看结论
            proposal.endRevisit 因撤回结束回头看
            proposal.wordOnRevisit 提案者对回头看的意见
            proposal.revisitGoesOver 移交回头看
            proposal.readRevisitChanges 查看结果变更表
            proposal.nameSuccessor 确定承接单位
            proposal.addSession 新建届次
            proposal.changeSession 修改届次
            proposal.addMockSession 新建模拟届次
            proposal.closeMockSession 关闭模拟届次
            proposal.reopenMockSession 重新开放模拟届次
            proposal.beginMock 新建模拟提案
            proposal.moveClosing 调整提案截止时间
            proposal.currentSession 改设当前届次
            casefile.read 查看卷宗
            casefile.open 建立案件
            casefile.answer 登记办理结果
            casefile.stepOpened 打开待办
            casefile.retract 撤回办理
            casefile.keepInPile 成批录入
            casefile.takeBackFromPile 撤销成批录入
            casefile.handInPile 成批提交
            casefile.takeFromPile 成批领取
            casefile.writePileTable 下载待办表格
            casefile.readPileTable 核对待办表格
            casefile.retractionWindow 修改撤回时限
            casefile.forgetRetractions 清理撤回备查
            casefile.change 修改案件
            casefile.status 变更状态
            casefile.key 标记重点
            casefile.close 办结
            casefile.reopen 重新办理
            casefile.nextFileNumber 取案号
            casefile.fileNumber 登记案号
            casefile.party 加入参与人
            casefile.partyEnds 参与人退出
            casefile.revisePaper 更新材料
            casefile.compare 对照版本
            casefile.preview 预览文件
            casefile.archive 导出案卷
            casefile.listArchive 查看归档清单
            casefile.archiveCase 归档
            casefile.takeOutOfArchive 取消归档
            casefile.link 关联案件
            casefile.unlink 取消关联
            casefile.handBack 事项交回
            casefile.moveDeadline 调整时限
            casefile.recomputeDeadlines 重算时限
            casefile.reconcile 核对待办
            casefile.noRetraction 撤回失效
            casefile.suspend 暂停办理
            casefile.resume 恢复办理
            document.store 上传文件
            document.detach 退回附件
            document.attach 文件归入案件
            document.revise 更新文件版本
            document.read 查看文件
            document.discard 删除文件
            document.sweep 清理未提交的文件
            flow.show 打开表单
            flow.draft 保存表单草稿
            flow.answer 提交表单
            flow.ready 录入待提交
            flow.notReady 撤销录入
            flow.claim 签收
            flow.unclaim 退回签收
            flow.askFinal 提交前核对
            flow.putBack 流程恢复原位
            flow.release 交回待签收
            flow.reoffer 待办改由他人签收
            flow.handOver 移交待办
            flow.start 启动流程
            flow.cancel 终止流程
            flow.suspend 暂停流程
            flow.resume 恢复流程
            flow.moveDue 调整流程时限
            flow.retryJob 重试自动步骤
            flow.deploy 部署流程
            flow.beginTrial 提出试算案件迁移
            flow.beginMigration 提出迁移在办案件
            flow.planMigration 试算案件迁移
            flow.migrate 迁移在办案件
            calendar.putBack 恢复期限
            calendar.notice 录入放假通知
            calendar.rule 增加时限规定
            calendar.move 调整期限
            calendar.recompute 重算期限
            calendar.carried 期限改挂新步骤
            notice.list 查看通知信箱
            notice.read 查看通知
            notice.withdraw 撤下待发通知
            notice.retry 重发通知
            notice.export 导出通知信箱
            notice.readOfCase 查看通知送达
            notice.handOver 标记通知已转交
            notice.takeBackHandOver 撤销通知转交
            notice.resend 重发案件通知
            notice.openLink 打开一次性链接
            notice.useLink 用一次性链接办理
            notice.revokeLink 撤销一次性链接
            notice.linkSetting 修改一次性链接设置
            notice.remind 催办
            notice.chase 手工催办
            notice.undoChase 撤销催办
            notice.listChase 查看待催办事项
            notice.previewChase 预览催办通知
            casefile.list 查看案件列表
            casefile.export 导出案件列表
            casefile.saveView 保存案件视图
            casefile.deleteView 删除案件视图
            casefile.firstView 设定首选案件视图
            notice.digest 发送每日提要
            notice.preference 修改通知设置
            notice.addRung 增加催办级
            notice.changeRung 修改催办级
            notice.removeRung 删除催办级
            notice.ownLadder 单独规定催办
            notice.usualLadder 恢复通用催办规则
            monitoring.addEnterprise 登记企业
            monitoring.changeEnterprise 修改企业资料
            monitoring.addKeeper 添加企业账号
            monitoring.removeKeeper 移除企业账号
            monitoring.addPermit 登记排污许可证
            monitoring.addLimit 登记许可限值
            monitoring.endPermit 登记许可证失效
            monitoring.addStandardLimit 登记标准限值
            monitoring.endStandardLimit 登记标准限值失效
            monitoring.deleteStandardLimit 删除当天误录的标准限值
            monitoring.addLimitCategory 增加执行标准类别
            monitoring.addFactor 增加监测因子
            monitoring.changeFactor 修改监测因子
            monitoring.moveRepairDue 故障修复时限随放假安排调整
            monitoring.readPaper 查看监测报备材料
            monitoring.addOutlet 登记排放口
            monitoring.changeOutlet 修改排放口资料
            monitoring.requireFactor 登记应测因子
            monitoring.releaseFactor 取消应测因子
            monitoring.addEquipment 登记生产治污设备
            monitoring.closeEquipment 停用生产治污设备
            monitoring.addDevice 登记监测设备
            monitoring.changeDevice 修改监测设备设置
            monitoring.removeDevice 停用监测设备
            monitoring.reviewDevice 登记证据审核
            monitoring.reportFault 报告设备故障
            monitoring.repairFault 登记故障修复
            monitoring.reportStop 停运报备
            monitoring.decideStop 办理停运报备
            monitoring.withdrawStop 撤回停运报备
            monitoring.enterLedger 记台账
            monitoring.explain 提交情况说明
            monitoring.mark 录入法定标记
            monitoring.revokeMark 撤销法定标记
            monitoring.importReadings 导入监测数据
            monitoring.importRegistry 导入污染源档案
            monitoring.askCommand 提出开通反控命令
            monitoring.agreeCommand 同意开通反控命令
            monitoring.closeCommand 关闭反控命令
            monitoring.sendCommand 发送反控命令
            monitoring.commandEnded 反控命令结束
            audit.read 查看审计记录
            monitoring.episodeOpened 发现监测预警
            monitoring.episodeRaised 监测预警升级
            monitoring.episodeClosed 监测预警结束
            monitoring.episodeReopened 监测预警重新打开
            monitoring.readEpisode 查看监测预警
            monitoring.acknowledgeEpisode 监测预警接警
            monitoring.proposeThreshold 建议预警阈值
            monitoring.setThreshold 设定预警阈值
            monitoring.adoptThreshold 采纳预警阈值
            monitoring.refuseThreshold 不采纳预警阈值
            monitoring.tryThresholds 试算预警阈值
            monitoring.endThreshold 停止适用预警阈值
            monitoring.addExemption 增加启停豁免时段
            monitoring.endExemption 停止启停豁免时段
            monitoring.orderProduction 录入停产限产要求
            monitoring.liftProductionOrder 解除停产限产要求
            monitoring.judgeAgain 重新判定监测数据
            monitoring.exportDaily 下载监测日报
            monitoring.exportTransmission 下载传输有效率
            monitoring.exportQuality 下载数据质量表
            monitoring.beginFault 开始演示设备故障
            monitoring.endFault 恢复演示设备
            paper.make 拟公文
            paper.change 修改公文
            paper.editByHand 上传公文修改稿
            paper.issue 编号发文
            paper.takeNumber 编文号
            paper.seal 收存盖章件
            paper.void 作废公文
            paper.drop 撤下公文
            paper.read 查看公文
            paper.readFile 下载公文
            paper.signingSheet 打印发文稿纸
            paper.readRegister 查看发文登记簿
            paper.uploadTemplate 上传公文或台账模板
            paper.chooseTemplate 改用公文或台账模板
            paper.changeIssuer 修改发文机关
            paper.beginNumbers 接续文号
            audit.export 导出审计记录
            """;

    /** What stands in the details beside names of groups, units and steps; with an action in front, in its details only. */
    private static final String CODES = """
            firstProposer 第一提案人
            enteredBy 代录入人
            coSigner 联名人
            convener 召集人
            mergedProposer 并案提案者
            assigningOffice 交办单位
            consultedUnit 征求意见单位
            handlingUnit 承办单位
            supervisingChair 督办主席
            leadingOfficial 领办领导
            merged 并案
            casefile.reconcile:missing 待办缺失
            casefile.reconcile:dead 待办多余
            casefile.reconcile:other 待办不符
            casefile.reconcile:card 卡片内容
            notice.list:pending 待发
            notice.list:sent 已发
            notice.list:dead 多次失败
            notice.list:undeliverable 无法送达
            notice.export:pending 待发
            notice.export:sent 已发
            notice.export:dead 多次失败
            notice.export:undeliverable 无法送达
            """;

    private static final Pattern CODE = Pattern.compile(
            "(?<![A-Za-z0-9@_./-])[A-Za-z][A-Za-z0-9_-]*(?:[./][A-Za-z][A-Za-z0-9_-]*)*(?![A-Za-z0-9@])");

    private static final Map<String, String> ALL = map(WORDS);
    private static final Map<String, String> PARTS = map(CODES);

    private AuditWords() {}

    /** Action → words. */
    static Map<String, String> actions() {
        return ALL;
    }

    /** The action itself when it has no words: an entry is never hidden. */
    static String of(String action) {
        return ALL.getOrDefault(action, action);
    }

    /**
     * A detail as it was recorded, its codes in words: 承办单位 市教育局·联络员. What nobody has words for stays as it is.
     *
     * @param names of groups, units, processes and steps, by code
     */
    static String said(String action, String detail, Function<String, @Nullable String> names) {
        return CODE.matcher(detail).replaceAll(code -> {
            String words = PARTS.get(action + ":" + code.group());
            if (words == null) words = PARTS.get(code.group());
            if (words == null) words = names.apply(code.group());
            return Matcher.quoteReplacement(words == null ? code.group() : words);
        });
    }

    private static Map<String, String> map(String table) {
        Map<String, String> words = new LinkedHashMap<>();
        table.lines()
                .forEach(
                        line -> words.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1)));
        return Collections.unmodifiableMap(words);
    }
}
