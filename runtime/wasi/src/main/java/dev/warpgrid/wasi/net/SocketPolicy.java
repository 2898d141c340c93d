package dev.warpgrid.wasi.net;

/**
 * What a guest may do with sockets.
 *
 * @param connect peers that it may connect or send to; names among them may be looked up
 * @param listen  addresses of this machine that it may bind to, by rules of addresses; port 0, any free one, goes with a
 *                rule for every port
 */
public record SocketPolicy(NetworkPolicy connect, NetworkPolicy listen) {
    private static final SocketPolicy NOTHING = new SocketPolicy(NetworkPolicy.nothing(), NetworkPolicy.nothing());

    public static SocketPolicy nothing() {
        return NOTHING;
    }

    /** Whether a socket can be of any use. */
    public boolean allowsNothing() {
        return connect.allowsNothing() && listen.allowsNothing();
    }
}
