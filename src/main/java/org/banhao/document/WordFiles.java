package org.banhao.document;

import java.io.InputStream;
import java.util.Set;
import java.util.function.Consumer;
import org.banhao.base.Refusal;

/** Reads .docx files that people hand over. Stores nothing; what is read and unpacked has bounds. */
public interface WordFiles {

    /**
     * @param name as its owner calls it; the content must agree with the extension
     * @throws Refusal not a .docx, empty, too large, damaged, locked by a password, with macros, or an older Word format: how to save
     *     it anew is said
     */
    WordText read(String name, InputStream content);

    /**
     * The same file's pictures, to be kept beside the text, one after the other so that one of them is in memory at a time.
     *
     * @param numbers of {@link WordText.Picture}; those that cannot be kept or are not there are left out
     * @throws Refusal as above, or the pictures wanted are too large together: none was handed over then
     */
    void pictures(String name, InputStream content, Set<Integer> numbers, Consumer<TakenPicture> to);

    record TakenPicture(String name, byte[] content) {}
}
