package org.banhao.flow.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.banhao.testing.Whole;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Puts the models of another release over those that are deployed, as its start would. */
public final class Releases {

    private Releases() {}

    /** @param day a folder of {@code src/test/models} */
    public static void deploy(Whole whole, String day) {
        deploy(
                whole,
                "file:" + Path.of("src", "test", "models", day).toAbsolutePath() + "/",
                List.of(),
                UnaryOperator.identity());
    }

    /** The models of the class path. */
    public static void deployPresent(Whole whole) {
        deploy(whole, "classpath*:", List.of(), UnaryOperator.identity());
    }

    /** @param processes those that changed; none: all. @param change of the text of each of their models and forms */
    public static void deployChanged(Whole whole, List<String> processes, UnaryOperator<String> change) {
        deploy(whole, "classpath*:", processes, change);
    }

    private static void deploy(Whole whole, String folder, List<String> processes, UnaryOperator<String> change) {
        try {
            List<Bundle> bundles = Bundle.in(folder, new PathMatchingResourcePatternResolver()).stream()
                    .filter(bundle -> processes.isEmpty() || processes.contains(bundle.process()))
                    .map(bundle -> {
                        SortedMap<String, byte[]> resources = new TreeMap<>();
                        bundle.resources()
                                .forEach((name, content) -> resources.put(
                                        name,
                                        change.apply(new String(content, StandardCharsets.UTF_8))
                                                .getBytes(StandardCharsets.UTF_8)));
                        return new Bundle(bundle.process(), bundle.versionTag(), resources);
                    })
                    .toList();
            if (bundles.isEmpty()) throw new AssertionError("no models in " + folder);
            whole.bean(BundleDeployer.class).deploy(bundles);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
