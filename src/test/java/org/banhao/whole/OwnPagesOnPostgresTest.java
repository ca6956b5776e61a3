package org.banhao.whole;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OwnPagesOnPostgresTest extends OnPostgres implements OwnPages, Dossier, MonitoringFigures {

    /** Thousands of refusals before any page reads a row: which database lies under them matters to none. Minutes. */
    @Test
    @Tag("full")
    @Override
    public void everyRoleThatNoRuleNamesIsRefusedAtEveryOwnAddress() {
        OwnPages.super.everyRoleThatNoRuleNamesIsRefusedAtEveryOwnAddress();
    }
}
