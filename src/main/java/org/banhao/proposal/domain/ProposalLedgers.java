package org.banhao.proposal.domain;

import static org.banhao.casefile.CaseColumn.ANSWERED;
import static org.banhao.casefile.CaseColumn.CATEGORY;
import static org.banhao.casefile.CaseColumn.FILE_NUMBER;
import static org.banhao.casefile.CaseColumn.LOOK_BACK;
import static org.banhao.casefile.CaseColumn.PERIOD;
import static org.banhao.casefile.CaseColumn.PRESENT_RESULT;
import static org.banhao.casefile.CaseColumn.PROPOSER;
import static org.banhao.casefile.CaseColumn.RESULT;
import static org.banhao.casefile.CaseColumn.ROLE;
import static org.banhao.casefile.CaseColumn.SENT;
import static org.banhao.casefile.CaseColumn.STATUS;
import static org.banhao.casefile.CaseColumn.SUPERVISION;
import static org.banhao.casefile.CaseColumn.TITLE;
import static org.banhao.casefile.CaseColumn.UNIT;
import static org.banhao.casefile.CaseColumn.UNITS;
import static org.banhao.casefile.CaseColumn.UNIT_DUE;
import static org.banhao.casefile.CaseColumn.UNIT_RESULT;
import static org.banhao.casefile.CaseColumn.UNIT_STATE;

import java.util.List;
import java.util.Set;
import org.banhao.casefile.Ledger;
import org.banhao.casefile.Ledger.Only;

/** The ledgers every proposal office keeps (台账), with the columns and the order of the paper ones. */
final class ProposalLedgers {

    static final List<Ledger> ALL = List.of(
            new Ledger(
                    "catalogue",
                    "提案目录",
                    "TA",
                    false,
                    Set.of(Only.NUMBERED),
                    List.of(FILE_NUMBER, TITLE, PROPOSER, PERIOD, CATEGORY, UNITS, STATUS)),
            new Ledger(
                    "assigned",
                    "交办目录",
                    "TA",
                    true,
                    Set.of(Only.NUMBERED),
                    List.of(UNIT, FILE_NUMBER, TITLE, PROPOSER, ROLE, SENT, UNIT_DUE)),
            new Ledger(
                    "progress",
                    "办理进度台账",
                    "TA",
                    true,
                    Set.of(Only.NUMBERED),
                    List.of(UNIT, FILE_NUMBER, TITLE, PROPOSER, ROLE, UNIT_STATE, UNIT_DUE, ANSWERED, UNIT_RESULT)),
            new Ledger(
                    "key",
                    "重点提案台账",
                    "TA",
                    false,
                    Set.of(Only.KEY),
                    List.of(FILE_NUMBER, TITLE, PROPOSER, SUPERVISION, UNITS, STATUS, RESULT)),
            new Ledger(
                    "lookBack",
                    "回头看台账",
                    "TA",
                    true,
                    Set.of(Only.LOOKED_BACK),
                    List.of(UNIT, FILE_NUMBER, TITLE, PROPOSER, UNIT_RESULT, PRESENT_RESULT, LOOK_BACK)),
            new Ledger(
                    "unanswered",
                    "未复催办表",
                    "TA",
                    true,
                    Set.of(Only.NUMBERED, Only.UNANSWERED),
                    List.of(UNIT, FILE_NUMBER, TITLE, PROPOSER, ROLE, SENT, UNIT_STATE, UNIT_DUE)));

    private ProposalLedgers() {}
}
