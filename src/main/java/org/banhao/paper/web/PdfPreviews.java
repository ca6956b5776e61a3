package org.banhao.paper.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.banhao.document.PdfConversion;
import org.banhao.document.PdfConversion.Pdf;
import org.banhao.document.StoredDocument;
import org.springframework.stereotype.Component;

/** The last few previews of this node: a page and the PDF within it are one conversion, which takes seconds. */
@Component
class PdfPreviews {

    private static final int KEPT = 16;

    private final PdfConversion conversion;
    /** By content, so that it is never the wrong one. */
    private final Map<String, Pdf> last = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Pdf> eldest) {
            return size() > KEPT;
        }
    };

    PdfPreviews(PdfConversion conversion) {
        this.conversion = conversion;
    }

    boolean available() {
        return conversion.available();
    }

    /** @param content closed here */
    Pdf of(StoredDocument document, InputStream content) throws IOException {
        try (content) {
            synchronized (last) {
                Pdf known = last.get(document.sha256());
                if (known != null) return known;
            }
            Pdf made = conversion.convert(document.name(), content.readAllBytes());
            synchronized (last) {
                last.put(document.sha256(), made);
            }
            return made;
        }
    }
}
