package dev.warpgrid.wasi.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/**
 * What of the network may be reached. A rule with a name reaches public addresses only, whatever the name resolves to, so
 * that no name leads a guest to the machine itself or into a private network; those need a rule with the address.
 */
public final class NetworkPolicy {
    private static final NetworkPolicy NOTHING = new NetworkPolicy(List.of());

    private final List<NetworkRule> rules;

    private NetworkPolicy(List<NetworkRule> rules) {
        this.rules = List.copyOf(rules);
    }

    public static NetworkPolicy nothing() {
        return NOTHING;
    }

    /**
     * Allows what the rules say, each as {@link NetworkRule#parse} reads it.
     *
     * @throws IllegalArgumentException when one of them is no rule
     */
    public static NetworkPolicy of(List<String> rules) {
        return new NetworkPolicy(rules.stream().map(NetworkRule::parse).toList());
    }

    public static NetworkPolicy of(String... rules) {
        return of(List.of(rules));
    }

    public boolean allowsNothing() {
        return rules.isEmpty();
    }

    /** Whether a name may be looked up at all in order to reach a port of it. */
    public boolean mayResolve(String host, int port) {
        return namesHost(host, port)
                || rules.stream().anyMatch(rule -> rule.name().isEmpty());
    }

    /** Whether a name may be looked up for any port. */
    public boolean mayResolve(String host) {
        String wanted = host.toLowerCase(Locale.ROOT);
        return rules.stream().anyMatch(rule -> rule.name().isEmpty() || rule.matchesName(wanted));
    }

    /** Whether some port of an address that a name resolved to may be reached. */
    public boolean allowsNamed(String host, InetAddress address) {
        String wanted = host.toLowerCase(Locale.ROOT);
        return rules.stream()
                .anyMatch(rule -> rule.matchesAddress(address) || (rule.matchesName(wanted) && isPublic(address)));
    }

    /** Whether an address that a name resolved to, or that was named itself, may be reached. */
    public boolean allows(String host, InetAddress address, int port) {
        return allows(address, port) || (namesHost(host, port) && isPublic(address));
    }

    /** Whether an address may be reached by itself. */
    public boolean allows(InetAddress address, int port) {
        return rules.stream()
                .anyMatch(rule -> rule.matchesAddress(address, port)
                        || (rule.name().equals("*") && rule.matchesName("", port) && isPublic(address)));
    }

    private boolean namesHost(String host, int port) {
        String wanted = host.toLowerCase(Locale.ROOT);
        return rules.stream().anyMatch(rule -> rule.matchesName(wanted, port));
    }

    /** Neither this machine, nor a private network, nor a group (RFC 6890). */
    static boolean isPublic(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if (address instanceof Inet4Address) {
            boolean shared = first == 100 && second >= 64 && second < 128;
            boolean benchmarks = first == 198 && (second == 18 || second == 19);
            boolean protocols = first == 192 && second == 0 && bytes[2] == 0;
            return first != 0 && first < 240 && !shared && !benchmarks && !protocols;
        }
        boolean unique = (first & 0xfe) == 0xfc;
        // Addresses that hold one of version 4, which may be any: NAT64, 6to4, Teredo and the deprecated forms.
        boolean translated =
                first == 0 || (first == 0x20 && (second == 2 || (second == 1 && bytes[2] == 0 && bytes[3] == 0)));
        return !unique && !translated;
    }
}
