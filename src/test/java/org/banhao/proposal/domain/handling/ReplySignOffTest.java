package org.banhao.proposal.domain.handling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionRuleResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.engine.variable.Variables;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decision table that says who signs a reply: all that can be asked of it. */
class ReplySignOffTest {

    private static final DmnEngine ENGINE =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();

    private static DmnDecision decision() {
        try (InputStream file = Files.newInputStream(Path.of("dmn/proposal/replySignOff.dmn"))) {
            return ENGINE.parseDecision("replySignOff", file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "false,false,false,deputy,一般提案",
        "true,false,false,head,重点提案",
        "false,true,false,head,集体提案",
        "false,false,true,head,涉及资金",
        "true,true,true,head,重点提案",
        "false,true,true,head,集体提案"
    })
    void theFirstReasonThatHoldsDecidesWhoSigns(
            boolean key, boolean collective, boolean money, String level, String reason) {
        DmnDecisionRuleResult result = ENGINE.evaluateDecisionTable(
                        decision(),
                        Variables.putValue("keyProposal", key)
                                .putValue("collectiveProposal", collective)
                                .putValue("moneyRelated", money))
                .getSingleResult();

        assertThat((String) result.getEntry("level")).isEqualTo(level);
        assertThat((String) result.getEntry("reason")).startsWith(reason);
    }
}
