package org.banhao.flow.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

class BundleTest {

    private static final String HEAD = "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\""
            + " xmlns:camunda=\"http://camunda.org/schema/1.0/bpmn\" id=\"d\" targetNamespace=\"t\">";

    @TempDir
    private Path folder;

    @Test
    void itsFormsAndTheDecisionsBoundToItsDeploymentComeAlong() throws IOException {
        file(
                "bpmn/trial/trial.bpmn",
                HEAD + "<process id=\"trial\" camunda:versionTag=\"1.2.0\">"
                        + "<businessRuleTask id=\"a\" camunda:decisionRef=\"bound\" camunda:decisionRefBinding=\"deployment\"/>"
                        + "<businessRuleTask id=\"b\" camunda:decisionRef=\"latest\"/></process></definitions>");
        file("forms/trial/trial_first.form", "{}");
        file("forms/other/other_first.form", "{}");
        file("dmn/bound.dmn", decision("bound"));
        file("dmn/latest.dmn", decision("latest"));
        assertThat(bundles()).singleElement().satisfies(bundle -> {
            assertThat(bundle.process()).isEqualTo("trial");
            assertThat(bundle.versionTag()).isEqualTo("1.2.0");
            assertThat(bundle.resources()).containsOnlyKeys("trial.bpmn", "trial_first.form", "bound.dmn");
        });
    }

    @Test
    void aProcessWithoutVersionTagHasNone() throws IOException {
        file("bpmn/trial.bpmn", HEAD + "<process id=\"trial\"/></definitions>");
        assertThat(bundles()).singleElement().extracting(Bundle::versionTag).isNull();
    }

    @Test
    void aFileHoldsOneProcessOfItsOwnName() throws IOException {
        file("bpmn/trial.bpmn", HEAD + "<process id=\"trial\"/><process id=\"second\"/></definitions>");
        assertThatThrownBy(this::bundles).isInstanceOf(UnfitModel.class).hasMessageContaining("须恰好有一个流程");
        file("bpmn/trial.bpmn", HEAD + "<process id=\"other\"/></definitions>");
        assertThatThrownBy(this::bundles).isInstanceOf(UnfitModel.class).hasMessageContaining("须恰好有一个流程");
    }

    @Test
    void aFileThatIsCutOffIsRefused() throws IOException {
        file("bpmn/trial.bpmn", HEAD + "<process id=\"trial\">");
        assertThatThrownBy(this::bundles).isInstanceOf(UnfitModel.class).hasMessageContaining("trial.bpmn 不是可读的 XML");
    }

    private List<Bundle> bundles() throws IOException {
        return Bundle.in("file:" + folder + "/", new PathMatchingResourcePatternResolver());
    }

    private static String decision(String id) {
        return "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\"><decision id=\"" + id
                + "\"/></definitions>";
    }

    private void file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
