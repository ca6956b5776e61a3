package org.banhao.monitoring.hj212;

/** Which check a device writes behind its segment. Only the first one conforms; the others are what real devices do. */
public enum Checksum {
    STANDARD,
    MODBUS,
    /** CRC-16/MODBUS, low byte first. */
    MODBUS_SWAPPED;

    /** @return 0 to 0xFFFF, as it is written in four hexadecimal digits */
    public int of(byte[] bytes, int from, int to) {
        return switch (this) {
            case STANDARD -> Crc.standard(bytes, from, to);
            case MODBUS -> Crc.modbus(bytes, from, to);
            case MODBUS_SWAPPED -> {
                int crc = Crc.modbus(bytes, from, to);
                yield (crc & 0xFF) << 8 | crc >> 8;
            }
        };
    }
}
