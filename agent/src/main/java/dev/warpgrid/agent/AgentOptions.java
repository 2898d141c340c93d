package dev.warpgrid.agent;

import dev.warpgrid.model.ByteSize;
import dev.warpgrid.model.ResourceName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the command line said.
 *
 * @param server HOST:PORT of the server's agent port
 * @param meshHost where requests of other nodes are listened for
 * @param meshAddress the host that other nodes reach this one at; empty to find it out
 * @param gridRoutes serve every host of the grid, not only what runs here
 * @param memory what guests may use together
 * @param guestThreads platform threads that run guests
 */
public record AgentOptions(
        Path home,
        String server,
        Optional<Path> joinTokenFile,
        String ingressHost,
        int ingressPort,
        int healthPort,
        String meshHost,
        int meshPort,
        String meshAddress,
        boolean gridRoutes,
        String nodeName,
        ByteSize memory,
        SortedMap<String, String> labels,
        boolean allowInterpreter,
        int guestThreads) {
    static final String USAGE = """
            usage: agent --home DIR --server HOST:PORT [options]
              --join-token-file FILE   token of the first start
              --ingress-host ADDRESS   0.0.0.0 by default
              --ingress-port PORT      8080 by default
              --health-port PORT       9446 by default, loopback only
              --mesh-host ADDRESS      where requests of other nodes are taken; 0.0.0.0 by default
              --mesh-port PORT         9445 by default
              --mesh-address HOST      how other nodes reach this one; found out by default
              --routes grid|node       serve every host of the grid, or only what runs here; grid by default
              --node-name NAME         the host's name by default
              --memory SIZE            for guests; half of the machine's by default
              --label KEY=VALUE        any number of times
              --guest-threads N        the number of processors by default
              --allow-interpreter      run although guests are not compiled
            """;

    /** An argument is wrong; the message says which and what to write instead. */
    static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    /** @throws UsageException with the remedy */
    static AgentOptions parse(List<String> arguments) {
        var builder = new Builder();
        Deque<String> left = new ArrayDeque<>(arguments);
        while (!left.isEmpty()) {
            builder.take(left.removeFirst(), left);
        }
        return builder.build();
    }

    private static final class Builder {
        private Optional<Path> home = Optional.empty();
        private Optional<String> server = Optional.empty();
        private Optional<Path> joinTokenFile = Optional.empty();
        private String ingressHost = "0.0.0.0";
        private int ingressPort = 8080;
        private int healthPort = 9446;
        private String meshHost = "0.0.0.0";
        private int meshPort = 9445;
        private String meshAddress = "";
        private boolean gridRoutes = true;
        private Optional<String> nodeName = Optional.empty();
        private Optional<ByteSize> memory = Optional.empty();
        private final SortedMap<String, String> labels = new TreeMap<>();
        private boolean allowInterpreter;
        private int guestThreads = Runtime.getRuntime().availableProcessors();

        void take(String option, Deque<String> left) {
            switch (option) {
                case "--home" -> home = Optional.of(Path.of(value(option, left)));
                case "--server" -> server = Optional.of(address(value(option, left)));
                case "--join-token-file" -> joinTokenFile = Optional.of(Path.of(value(option, left)));
                case "--ingress-host" -> ingressHost = value(option, left);
                case "--ingress-port" -> ingressPort = number(option, value(option, left), 0, 65_535);
                case "--health-port" -> healthPort = number(option, value(option, left), 0, 65_535);
                case "--mesh-host" -> meshHost = value(option, left);
                case "--mesh-port" -> meshPort = number(option, value(option, left), 0, 65_535);
                case "--mesh-address" -> meshAddress = value(option, left);
                case "--routes" -> gridRoutes = routes(value(option, left));
                case "--node-name" -> nodeName = Optional.of(name(value(option, left)));
                case "--memory" -> memory = Optional.of(size(value(option, left)));
                case "--label" -> label(value(option, left));
                case "--guest-threads" -> guestThreads = number(option, value(option, left), 1, 1024);
                case "--allow-interpreter" -> allowInterpreter = true;
                default -> throw new UsageException("There is no option " + option + ".");
            }
        }

        private static String value(String option, Deque<String> left) {
            if (left.isEmpty() || left.getFirst().startsWith("--")) {
                throw new UsageException("The option " + option + " needs a value.");
            }
            return left.removeFirst();
        }

        private static String address(String text) {
            int colon = text.lastIndexOf(':');
            if (colon < 1) {
                throw new UsageException("The server's address \"" + text + "\" has no port: write HOST:9444.");
            }
            number("--server", text.substring(colon + 1), 1, 65_535);
            return text;
        }

        private static int number(String option, String text, int least, int most) {
            try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new UsageException("The option " + option + " needs a number, and got \"" + text + "\".");
            }
            throw new UsageException(
                    "The option " + option + " takes " + least + " to " + most + ", and got " + text + ".");
        }

        private static boolean routes(String text) {
            return switch (text) {
                case "grid" -> true;
                case "node" -> false;
                default ->
                    throw new UsageException("The option --routes takes grid or node, and got \"" + text + "\".");
            };
        }

        private static String name(String text) {
            try {
                return ResourceName.require("node name", text);
            } catch (IllegalArgumentException e) {
                throw new UsageException(String.valueOf(e.getMessage()));
            }
        }

        private static ByteSize size(String text) {
            try {
                return ByteSize.parse(text);
            } catch (IllegalArgumentException e) {
                throw new UsageException(String.valueOf(e.getMessage()));
            }
        }

        private void label(String text) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new UsageException("The label \"" + text + "\" has no value: write KEY=VALUE.");
            }
            labels.put(text.substring(0, equals), text.substring(equals + 1));
        }

        AgentOptions build() {
            return new AgentOptions(
                    home.orElseThrow(() -> new UsageException("The option --home is needed.")),
                    server.orElseThrow(() -> new UsageException("The option --server is needed.")),
                    joinTokenFile,
                    ingressHost,
                    ingressPort,
                    healthPort,
                    meshHost,
                    meshPort,
                    meshAddress,
                    gridRoutes,
                    nodeName.orElseGet(Builder::hostName),
                    memory.orElseGet(() -> new ByteSize(ProcessUsage.machineMemoryBytes() / 2)),
                    labels,
                    allowInterpreter,
                    guestThreads);
        }

        /** The first label of the host's name, or "node" where that is no resource name. */
        private static String hostName() {
            try {
                String host = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
                String label = host.contains(".") ? host.substring(0, host.indexOf('.')) : host;
                return ResourceName.isValid(label) ? label : "node";
            } catch (UnknownHostException e) {
                return "node";
            }
        }
    }
}
