package org.banhao.monitoring.hj212;

import org.jspecify.annotations.Nullable;

/**
 * What one device speaks: the edition of the standard, and where it is let off.
 *
 * @param lowerCase whether the check may be written in lower case, as many devices do
 * @param largest most bytes of a segment in plain; the standard says {@value #STANDARD_SEGMENT}
 * @param key key of HJ 212-2025; null: nothing can be decrypted, and nothing is encrypted
 * @param encryptionRequired whether contents that the standard wants encrypted are refused in plain; needs a key
 */
public record Dialect(
        Standard standard,
        Checksum checksum,
        boolean lowerCase,
        int largest,
        @Nullable Sm4 key,
        boolean encryptionRequired) {

    public static final int STANDARD_SEGMENT = 1024;

    /** What four digits can say, and so the most that {@link #oversize} can allow. */
    public static final int LARGEST_SEGMENT = 9999;

    public Dialect {
        if (largest < 1 || largest > LARGEST_SEGMENT) {
            throw new IllegalArgumentException("A segment has 1 to " + LARGEST_SEGMENT + " bytes, not " + largest);
        }
        if (encryptionRequired && key == null) throw new IllegalArgumentException("Encryption needs a key");
    }

    /** By the book; a check in lower case is read, as the law of robustness asks. */
    public static Dialect of(Standard standard) {
        return new Dialect(standard, Checksum.STANDARD, true, STANDARD_SEGMENT, null, false);
    }

    public Dialect checksum(Checksum other) {
        return new Dialect(standard, other, lowerCase, largest, key, encryptionRequired);
    }

    /** The check must be written in upper case, as the standard prints it. */
    public Dialect upperCaseOnly() {
        return new Dialect(standard, checksum, false, largest, key, encryptionRequired);
    }

    public Dialect oversize(int most) {
        return new Dialect(standard, checksum, lowerCase, most, key, encryptionRequired);
    }

    /** @param required whether what the standard wants encrypted is refused in plain (by internet: shall; private lines: should) */
    public Dialect encrypted(Sm4 with, boolean required) {
        return new Dialect(standard, checksum, lowerCase, largest, with, required);
    }

    /** Contents that HJ 212-2025 6.4 wants encrypted: data commands, the new key, field information. */
    static boolean concernsEncryption(int cn) {
        return cn >= 2000 && cn <= 2999 || cn == 1014 || cn == 3020;
    }
}
