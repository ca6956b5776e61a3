package org.banhao.casefile;

import java.util.List;
import java.util.Optional;
import org.banhao.document.PdfConversion;
import org.banhao.document.StoredDocument;

/** Papers of a case looked at in the browser, without being kept there. Not to be called inside a transaction: a conversion takes seconds. */
public interface PaperPreviews {

    enum Way {
        /** The file itself, or made of it, in the browser's reader. */
        PDF,
        PICTURE,
        TEXT,
        /** Only to be downloaded. */
        NONE
    }

    /**
     * @param made the PDF is made of an office file
     * @param text when it is text
     * @param note a sentence beside it; empty: none
     */
    record Preview(StoredDocument document, Way way, boolean made, String text, String note) {}

    /** Empty: no such paper in this case, or not for this reader. */
    Optional<Preview> preview(String number, String id, String personId, List<String> groups);

    /** The PDF behind a preview. @throws Refusal see {@link PdfConversion#convert} */
    PdfConversion.Pdf pdf(StoredDocument document);
}
