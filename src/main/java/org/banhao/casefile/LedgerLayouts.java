package org.banhao.casefile;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.banhao.base.PrintedTable;

/** Ledgers on paper in an office's own layout (台账模板), where it has chosen one. */
public interface LedgerLayouts {

    /** Empty: the ledger is printed as every list. Reads in a transaction of its own. */
    Optional<Layout> of(Ledger ledger);

    /** One layout, read and ready. */
    interface Layout {

        /** @param table with the columns of the ledger; gone through once. Leaves the stream open. */
        void write(PrintedTable table, OutputStream out) throws IOException;
    }
}
