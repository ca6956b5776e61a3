package org.banhao.paper.domain;

import java.io.InputStream;
import java.util.List;
import org.banhao.base.Refusal;

/** Something an office has templates for: a kind of paper, or a ledger. */
interface Templated {

    /** Templates of years are kept under it. */
    String code();

    String name();

    /** How it is laid out, in words. */
    String form();

    /** Of its files, with the dot. */
    String ending();

    String mediaType();

    /** The template that comes with the application; the same bytes each time. */
    byte[] shipped();

    /**
     * What somebody sent as a template, looked at before anything reads it and tried on invented data.
     *
     * @return its bytes
     * @throws Refusal the first things that are wrong
     */
    byte[] checked(InputStream content);

    /** A template filled with what is invented for it. */
    byte[] sample(byte[] template);

    /** As they stand in the file, for who edits it. */
    List<String> placeholders();
}
