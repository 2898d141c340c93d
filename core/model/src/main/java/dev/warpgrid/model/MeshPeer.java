package dev.warpgrid.model;

/**
 * Where a node takes requests from other nodes.
 *
 * @param host a name or an address; an IPv6 address without brackets
 */
public record MeshPeer(NodeId node, String host, int port) {
    private static final int LAST_PORT = 65_535;

    public MeshPeer {
        if (host.isBlank() || host.contains(" ") || host.contains("[")) {
            throw new IllegalArgumentException(
                    "Node " + node + " needs a host that others reach it at, and this one is \"" + host + "\".");
        }
        if (port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("Node " + node + " cannot be reached at port " + port + ".");
        }
    }

    /** @param address {@code HOST:PORT}, an IPv6 address in brackets */
    public static MeshPeer parse(NodeId node, String address) {
        int colon = address.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("The address \"" + address + "\" of node " + node + " is no HOST:PORT.");
        }
        String host = address.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return new MeshPeer(
                node,
                bracketed ? host.substring(1, host.length() - 1) : host,
                Integer.parseInt(address.substring(colon + 1)));
    }

    /** The inverse of {@link #parse}. */
    public String address() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
