package org.banhao.monitoring.gateway;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.banhao.monitoring.hj212.Dialect;

/**
 * A data logger as the gateway needs to know it.
 *
 * @param mn 设备唯一标识
 * @param system 系统编码 ST that commands to it carry: 31 for stacks, 32 for waste water
 * @param password 访问密码 PW; never printed
 * @param addresses networks it may call from, such as 10.1.2.0/24 or 10.1.2.3; empty: any
 * @param clock whether its clock is set when it asks for the time (1013); of several receivers one may do so
 */
public record Device(String mn, int system, Dialect dialect, String password, List<String> addresses, boolean clock) {

    /** One whose clock is set when it asks. */
    public Device(String mn, int system, Dialect dialect, String password, List<String> addresses) {
        this(mn, system, dialect, password, addresses, true);
    }

    /** @throws IllegalArgumentException an address is none */
    public Device {
        addresses = List.copyOf(addresses);
        for (String network : addresses) prefix(network);
    }

    /** Takes as long for a wrong password as for the right one. */
    boolean knows(String word) {
        return MessageDigest.isEqual(password.getBytes(StandardCharsets.UTF_8), word.getBytes(StandardCharsets.UTF_8));
    }

    boolean mayCallFrom(InetAddress address) {
        if (addresses.isEmpty()) return true;
        byte[] caller = address.getAddress();
        for (String network : addresses) if (contains(network, caller)) return true;
        return false;
    }

    /**
     * The same for an address in digits.
     *
     * @throws IllegalArgumentException it is none
     */
    public boolean mayCallFrom(String address) {
        if (addresses.isEmpty()) return true;
        byte[] caller = bytes(address);
        return addresses.stream().anyMatch(network -> contains(network, caller));
    }

    private static boolean contains(String network, byte[] caller) {
        byte[] own = bytes(network);
        if (own.length != caller.length) return false;
        int bits = prefix(network);
        for (int i = 0; i < own.length && bits > 0; i++, bits -= 8) {
            int mask = bits >= 8 ? 0xFF : 0xFF << 8 - bits & 0xFF;
            if (((own[i] ^ caller[i]) & mask) != 0) return false;
        }
        return true;
    }

    private static int prefix(String network) {
        int most = bytes(network).length * 8;
        int slash = network.indexOf('/');
        if (slash < 0) return most;
        int bits = Integer.parseInt(network.substring(slash + 1));
        if (bits < 0 || bits > most) throw new IllegalArgumentException("Not a network: " + network);
        return bits;
    }

    private static byte[] bytes(String network) {
        int slash = network.indexOf('/');
        String address = slash < 0 ? network : network.substring(0, slash);
        // a name would be looked up in the network
        for (int i = 0; i < address.length(); i++) {
            if (Character.digit(address.charAt(i), 16) < 0 && ".:".indexOf(address.charAt(i)) < 0) {
                throw new IllegalArgumentException("Not an address: " + network);
            }
        }
        if (address.indexOf('.') < 0 && address.indexOf(':') < 0)
            throw new IllegalArgumentException("Not an address: " + network);
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("Not an address: " + network, e);
        }
    }

    @Override
    public String toString() {
        return "Device[" + mn + ", " + dialect.standard().title() + "]";
    }
}
