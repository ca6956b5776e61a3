package org.banhao.document;

import org.banhao.base.Refusal;

/** Stored office files as PDF: each content is converted once and kept as long as the content itself. */
public interface PaperPdfs {

    /** Whether {@link #of} can answer at all: LibreOffice is there, and reads files of that name. */
    boolean convertible(StoredDocument document);

    /**
     * The first time it takes seconds. What cannot be converted is not tried again for a day, and nothing twice at the same moment:
     * the second who asks is told to come back. Not to be called inside a transaction.
     *
     * @throws Refusal see {@link PdfConversion#convert}
     */
    PdfConversion.Pdf of(StoredDocument document);
}
