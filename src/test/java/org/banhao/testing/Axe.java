package org.banhao.testing;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What axe-core finds on a page. */
public final class Axe {

    private static final Path SCRIPT = Path.of("web/node_modules/axe-core/axe.min.js");

    private Axe() {}

    /** Findings of impact serious and critical: the rule, where, and the piece of the page. */
    @SuppressWarnings("unchecked")
    public static List<String> serious(Page page) {
        try {
            page.evaluate(Files.readString(SCRIPT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return (List<String>) page.evaluate("""
                async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
                  .filter(found => ['serious', 'critical'].includes(found.impact))
                  .flatMap(found => found.nodes.map(node => found.id + ' ' + node.target.join(' ') + ' | ' + node.html.slice(0, 120)))""");
    }
}
