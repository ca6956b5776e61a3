package org.banhao.notice;

/** Writes to the outbox in the caller's transaction; nothing leaves before it commits. */
public interface Notices {

    /** Harmless when the key was told before. Without an address the row waits visibly as undeliverable. */
    void tell(Notice notice);
}
