package org.banhao.document;

/** Whoever knows of a place where an upload is still waited for. Beans of the modules above. */
public interface KeptUploads {

    /**
     * Whether this file, uploaded a day ago or more and not handed in, is to stay.
     *
     * @param upload with a {@code step}
     */
    boolean keeps(StoredDocument upload);
}
