package org.banhao.proposal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.banhao.proposal.domain.ProposalRows.Titled;
import org.junit.jupiter.api.Test;

class SimilarProposalsTest {

    private static List<Titled> titled(List<String> titles) {
        List<Titled> all = new ArrayList<>();
        titles.forEach(title -> all.add(new Titled("TA-%06d".formatted(all.size() + 1), "14-5", title, null, true)));
        return all;
    }

    static List<String> realTitles() throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(SimilarProposalsTest.class.getResourceAsStream("/proposal/titles.tsv")),
                StandardCharsets.UTF_8))) {
            return in.lines().skip(1).map(line -> line.split("\t")[0]).toList();
        }
    }

    @Test
    void theSameMatterInOtherWordsOfCourtesyIsFound() throws IOException {
        List<String> titles = new ArrayList<>(realTitles());
        titles.add("关于进一步加强主城区停车管理工作的建议");

        var found = SimilarProposals.rank("关于加快解决主城区停车问题的提案", titled(titles), 5);

        assertThat(found.get(0).title()).isEqualTo("关于进一步加强主城区停车管理工作的建议");
        assertThat(found.get(0).sharedWords()).contains("主城区停车");
    }

    @Test
    void whatAllTitlesSayMakesNothingSimilar() {
        var found =
                SimilarProposals.rank("关于进一步加强我市养老服务工作的建议", titled(List.of("关于进一步加强我市道路绿化工作的建议", "关于推进垃圾分类的提案")), 5);

        assertThat(found).isEmpty();
    }

    @Test
    void aTitleOfOnlyBoilerplateIsSimilarToNothing() {
        assertThat(SimilarProposals.rank("关于进一步加强工作的建议", titled(List.of("关于进一步加强工作的建议")), 5))
                .isEmpty();
    }

    @Test
    void theSameTitleComesFirstWithFullLikeness() throws IOException {
        List<String> titles = realTitles();
        var found = SimilarProposals.rank(titles.get(7), titled(titles), 3);

        assertThat(found.get(0).title()).isEqualTo(titles.get(7));
        assertThat(found.get(0).likeness()).isCloseTo(1.0, org.assertj.core.api.Assertions.within(1e-9));
    }

    @Test
    void fiveThousandTitlesAreComparedWhileSomebodyOpensAForm() throws IOException {
        List<String> real = realTitles();
        List<String> many = new ArrayList<>();
        for (int i = 0; many.size() < 5_000; i++) {
            many.add(real.get(i % real.size()) + i);
        }
        List<Titled> titled = titled(many);
        SimilarProposals.rank(real.get(0), titled, 5);
        long start = System.nanoTime();
        SimilarProposals.rank(real.get(1), titled, 5);

        // generous: two cores, shared
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
}
