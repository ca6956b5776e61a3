package org.banhao;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** What a module stores, on both databases, which are migrated once. */
@Suite
@SelectClasses(
        names = {
            "org.banhao.base.JdbcAuditTest",
            "org.banhao.calendar.domain.StoredDeadlinesOnH2Test",
            "org.banhao.calendar.domain.StoredDeadlinesOnPostgresqlTest",
            "org.banhao.casefile.domain.AnswerLogTest",
            "org.banhao.casefile.domain.CaseFilesTest",
            "org.banhao.casefile.domain.NumbersTest",
            "org.banhao.casefile.domain.OpenStepRowsTest",
            "org.banhao.document.domain.StoredDocumentsTest",
            "org.banhao.document.domain.UploadSweepTest",
            "org.banhao.monitoring.domain.StoredFramesTest",
            "org.banhao.monitoring.domain.StoredLineTest",
            "org.banhao.monitoring.domain.StoredRegistryTest",
            "org.banhao.monitoring.rules.domain.EpisodeDeskTest",
            "org.banhao.monitoring.rules.domain.JudgeTest",
            "org.banhao.monitoring.rules.domain.ThresholdsTest",
            "org.banhao.notice.domain.OutboxOnH2Test",
            "org.banhao.notice.domain.OutboxOnPostgresqlTest",
            "org.banhao.people.domain.AccountsTest",
            "org.banhao.people.domain.FirstAdministratorTest",
            "org.banhao.people.domain.PasswordResetsTest",
            "org.banhao.people.domain.RosterTest"
        })
class StoredSuite {}
