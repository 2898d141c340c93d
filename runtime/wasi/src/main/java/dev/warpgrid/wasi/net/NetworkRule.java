package dev.warpgrid.wasi.net;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing that is allowed: {@code example.org}, {@code *.example.org}, {@code *} for every name, {@code 10.0.0.0/8},
 * {@code [::1]}; each with {@code :PORT} behind it or for every port.
 *
 * @param name    in lower case; empty for an address
 * @param network the bytes of an address; empty for a name
 * @param bits    how many of them count
 * @param port    0 for every port
 */
public record NetworkRule(String name, NetworkBytes network, int bits, int port) {
    private static final int HIGHEST_PORT = 65_535;

    /** An address as a value. */
    // Never handed out nor written.
    @SuppressWarnings("ArrayRecordComponent")
    record NetworkBytes(byte[] bytes) {}

    /**
     * Reads a rule.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static NetworkRule parse(String text) {
        String host = text.strip().toLowerCase(Locale.ROOT);
        int port = 0;
        int colon = host.lastIndexOf(':');
        boolean bareIpv6 = !host.startsWith("[") && host.indexOf(':') != colon;
        if (colon > host.lastIndexOf(']') && !bareIpv6) {
            port = port(text, host.substring(colon + 1));
            host = host.substring(0, colon);
        }
        if (host.isEmpty()) {
            throw malformed(text);
        }
        int slash = host.lastIndexOf('/');
        String address = host.replace("[", "").replace("]", "");
        Optional<InetAddress> literal = literal(slash < 0 ? address : address.substring(0, address.lastIndexOf('/')));
        if (literal.isPresent()) {
            byte[] bytes = literal.get().getAddress();
            int bits = slash < 0 ? 8 * bytes.length : bits(text, host.substring(slash + 1), 8 * bytes.length);
            return new NetworkRule("", new NetworkBytes(bytes), bits, port);
        }
        String label = host.startsWith("*.") ? host.substring(2) : host;
        if (slash >= 0 || (!host.equals("*") && !label.matches("[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?"))) {
            throw malformed(text);
        }
        return new NetworkRule(host, new NetworkBytes(new byte[0]), 0, port);
    }

    private static int port(String text, String digits) {
        if (digits.equals("*")) {
            return 0;
        }
        if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > HIGHEST_PORT) {
            throw malformed(text);
        }
        return Integer.parseInt(digits);
    }

    private static int bits(String text, String digits, int most) {
        if (!digits.matches("[0-9]{1,3}") || Integer.parseInt(digits) > most) {
            throw malformed(text);
        }
        return Integer.parseInt(digits);
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException("The network rule \"" + text
                + "\" is none: write example.org:443, *.example.org, 10.0.0.0/8 or [::1]:8080.");
    }

    /** The address of a literal; no name is looked up. */
    static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean matchesName(String host, int wantedPort) {
        return matchesName(host) && matchesPort(wantedPort);
    }

    boolean matchesName(String host) {
        boolean fits = name.equals("*")
                || name.equals(host)
                || (name.startsWith("*.") && host.endsWith(name.substring(1)) && host.length() >= name.length());
        return !name.isEmpty() && fits;
    }

    boolean matchesAddress(InetAddress address, int wantedPort) {
        return matchesPort(wantedPort) && matchesAddress(address);
    }

    boolean matchesAddress(InetAddress address) {
        byte[] wanted = address.getAddress();
        byte[] bytes = network.bytes();
        if (!name.isEmpty() || wanted.length != bytes.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += 8) {
            int mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit));
            if (((wanted[bit / 8] ^ bytes[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean matchesPort(int wanted) {
        return port == 0 || port == wanted;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NetworkRule rule
                && name.equals(rule.name)
                && java.util.Arrays.equals(network.bytes(), rule.network.bytes())
                && bits == rule.bits
                && port == rule.port;
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + 7 * java.util.Arrays.hashCode(network.bytes()) + bits + port;
    }
}
