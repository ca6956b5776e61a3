package org.banhao;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

/** The borders drawn in docs/architecture.md. */
class ModularityTest {

    private static final ApplicationModules MODULES = ApplicationModules.of(BanhaoApplication.class);

    /** Floor by floor, from below. A module may use those of lower floors, and no neighbour of its own floor. */
    private static final List<List<String>> FLOORS = List.of(
            List.of("base"),
            List.of("people", "calendar", "document", "flow"),
            List.of("casefile"),
            List.of("notice", "paper"),
            List.of("monitoring"),
            List.of("administration", "proposal"));

    @Test
    void modulesUseOnlyWhatTheyDeclareAndOnlyRootPackagesOfOthers() {
        MODULES.verify();
    }

    @Test
    void everyModuleStandsOnAFloor() {
        assertThat(MODULES.stream().map(ModularityTest::name))
                .containsExactlyInAnyOrderElementsOf(
                        FLOORS.stream().flatMap(List::stream).toList());
    }

    @Test
    void arrowsOnlyPointDown() {
        Map<String, Integer> floors = new TreeMap<>();
        for (int i = 0; i < FLOORS.size(); i++) for (String module : FLOORS.get(i)) floors.put(module, i);
        for (ApplicationModule module : MODULES) {
            int own = floors.get(name(module));
            assertThat(module.getDirectDependencies(MODULES).uniqueModules().map(ModularityTest::name))
                    .as("modules that %s uses", name(module))
                    .allMatch(other -> floors.get(other) < own, "on a lower floor");
        }
    }

    @Test
    void moduleDocumentationCanBeWritten() {
        new Documenter(MODULES).writeModulesAsPlantUml().writeModuleCanvases();
    }

    private static String name(ApplicationModule module) {
        return module.getIdentifier().toString();
    }
}
