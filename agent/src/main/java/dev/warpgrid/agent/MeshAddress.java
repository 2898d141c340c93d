package dev.warpgrid.agent;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The host at which other nodes reach this one: what the options say, else the address that this machine uses towards its
 * server, or towards the world where the server is on this machine. Connecting a datagram socket sends nothing.
 */
final class MeshAddress {
    /** Reserved for documentation (RFC 5737), so it is always reached by the default route. */
    private static final String FAR_AWAY = "192.0.2.1";

    private static final int ANY_PORT = 9;

    private MeshAddress() {}

    static String of(AgentOptions options) {
        if (!options.meshAddress().isEmpty()) {
            return options.meshAddress();
        }
        String listens = options.meshHost();
        if (!listens.equals("0.0.0.0") && !listens.equals("::")) {
            return listens;
        }
        String server = options.server().substring(0, options.server().lastIndexOf(':'));
        return towards(server)
                .filter(address -> !address.isLoopbackAddress())
                .or(() -> towards(FAR_AWAY))
                .map(InetAddress::getHostAddress)
                .orElse("127.0.0.1");
    }

    private static Optional<InetAddress> towards(String host) {
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(host), ANY_PORT));
            InetAddress local = socket.getLocalAddress();
            return local == null || local.isAnyLocalAddress() ? Optional.empty() : Optional.of(local);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
