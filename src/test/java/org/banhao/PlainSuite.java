package org.banhao;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** What needs neither a database nor an engine. */
@Suite
@SelectClasses(
        names = {
            "org.banhao.base.ChineseTimeTest",
            "org.banhao.base.HalfWidthTest",
            "org.banhao.base.OncePerTransactionTest",
            "org.banhao.base.SheetTableTest",
            "org.banhao.calendar.domain.DayTableTest",
            "org.banhao.calendar.domain.NoticeTextTest",
            "org.banhao.calendar.domain.TermTest",
            "org.banhao.document.TextComparisonTest",
            "org.banhao.document.domain.FileNamesTest",
            "org.banhao.document.domain.WordReaderTest",
            "org.banhao.flow.deploy.BundleTest",
            "org.banhao.flow.deploy.ModelLintTest",
            "org.banhao.flow.form.FormContractTest",
            "org.banhao.flow.form.FormLintTest",
            "org.banhao.flow.form.FormSchemaTest",
            "org.banhao.gates.ModelLintTest",
            "org.banhao.gates.SourceRulesTest",
            "org.banhao.gates.StoriesTest",
            "org.banhao.gates.SuitesTest",
            "org.banhao.gates.TimeoutsTest",
            "org.banhao.monitoring.PowerFormulaTest",
            "org.banhao.monitoring.domain.PeriodsTest",
            "org.banhao.monitoring.hj212.CorpusTest",
            "org.banhao.monitoring.hj212.CrcTest",
            "org.banhao.monitoring.hj212.DecoderTest",
            "org.banhao.monitoring.hj212.FramerTest",
            "org.banhao.monitoring.hj212.InspectionTest",
            "org.banhao.monitoring.hj212.PacketTest",
            "org.banhao.monitoring.hj212.Sm4Test",
            "org.banhao.monitoring.rules.RulesTest",
            "org.banhao.notice.domain.ChannelsTest",
            "org.banhao.notice.domain.NoticeTextsTest",
            "org.banhao.paper.domain.WordTemplatesTest",
            "org.banhao.paper.domain.LedgerTemplateTest",
            "org.banhao.people.domain.PasswordsTest",
            "org.banhao.people.web.EngineDoorTest",
            "org.banhao.people.web.HttpsTest",
            "org.banhao.proposal.domain.SimilarProposalsTest",
            "org.banhao.proposal.domain.TakenTextTest",
            "org.banhao.proposal.domain.assignment.UnitSuggestionTest",
            "org.banhao.proposal.domain.handling.ReplySignOffTest",
            "org.banhao.proposal.domain.solicitation.TopicWorkbookTest",
            "org.banhao.proposal.web.NoticeListSheetTest",
            "org.banhao.administration.web.AuditWordsTest",
            "org.banhao.administration.web.HealthEndpointTest",
            "org.banhao.tasklist.TasklistWordsTest"
        })
class PlainSuite {}
