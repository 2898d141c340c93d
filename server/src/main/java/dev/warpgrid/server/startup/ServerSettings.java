package dev.warpgrid.server.startup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the environment says, validated once.
 *
 * @param home the server's own folder ({@code WARPGRID_SERVER_HOME}); holds {@code pki/} and {@code initial-admin-password}
 * @param agentPort where agents connect ({@code WARPGRID_AGENT_PORT})
 * @param ingressPort where the grid's own URLs point to ({@code WARPGRID_INGRESS_PORT})
 * @param advertisedHosts names the certificate is made for, beside the local ones ({@code WARPGRID_ADVERTISED_HOST},
 *     separated by commas); the first is what other machines are told
 * @param auditRetention how long entries of the audit trail are kept ({@code WARPGRID_AUDIT_RETENTION_DAYS}, 1 to 3650)
 */
public record ServerSettings(
        Path home,
        int httpsPort,
        int httpPort,
        int agentPort,
        int ingressPort,
        List<String> advertisedHosts,
        Duration auditRetention) {
    private static final String PREFIX = "WARPGRID_";
    private static final Duration AUDIT_RETENTION = Duration.ofDays(400);

    /** Variables of our prefix that mean something to the server or to what starts it. */
    private static final Set<String> KNOWN = Set.of(
            "WARPGRID_SERVER_HOME",
            "WARPGRID_HTTPS_PORT",
            "WARPGRID_HTTP_PORT",
            "WARPGRID_AGENT_PORT",
            "WARPGRID_INGRESS_PORT",
            "WARPGRID_ADVERTISED_HOST",
            "WARPGRID_DB_HOST",
            "WARPGRID_DB_PORT",
            "WARPGRID_DB_NAME",
            "WARPGRID_DB_USER",
            "WARPGRID_DB_PASSWORD",
            "WARPGRID_IDENTITY",
            "WARPGRID_AUDIT_RETENTION_DAYS",
            "WARPGRID_DATA",
            "WARPGRID_CACHE");

    public ServerSettings {
        advertisedHosts = List.copyOf(advertisedHosts);
    }

    /**
     * @throws IllegalArgumentException that names each variable which is missing, unknown or wrong
     */
    public static ServerSettings from(Map<String, String> environment) {
        List<String> wrong = new ArrayList<>();
        environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !KNOWN.contains(name))
                .sorted()
                .forEach(name -> wrong.add(name + " is no setting of the server: check its spelling or unset it."));
        String home = environment.getOrDefault("WARPGRID_SERVER_HOME", "");
        if (home.isBlank()) {
            wrong.add("WARPGRID_SERVER_HOME is not set: name the folder that holds the server's keys.");
        }
        ServerSettings settings = new ServerSettings(
                Path.of(home).toAbsolutePath(),
                port(environment, "WARPGRID_HTTPS_PORT", 9443, wrong),
                port(environment, "WARPGRID_HTTP_PORT", 9080, wrong),
                port(environment, "WARPGRID_AGENT_PORT", 9444, wrong),
                port(environment, "WARPGRID_INGRESS_PORT", 8080, wrong),
                hosts(environment.getOrDefault("WARPGRID_ADVERTISED_HOST", "localhost")),
                retention(environment.getOrDefault("WARPGRID_AUDIT_RETENTION_DAYS", ""), wrong));
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join(" ", wrong));
        }
        return settings;
    }

    public String advertisedHost() {
        return advertisedHosts.getFirst();
    }

    private static int port(Map<String, String> environment, String name, int otherwise, List<String> wrong) {
        String text = environment.getOrDefault(name, "");
        if (text.isBlank()) {
            return otherwise;
        }
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65_535) {
            return Integer.parseInt(text);
        }
        wrong.add(name + " is \"" + text + "\": set it to a port from 1 to 65535.");
        return otherwise;
    }

    private static Duration retention(String text, List<String> wrong) {
        if (text.isBlank()) {
            return AUDIT_RETENTION;
        }
        if (text.matches("\\d{1,4}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 3650) {
            return Duration.ofDays(Integer.parseInt(text));
        }
        wrong.add("WARPGRID_AUDIT_RETENTION_DAYS is \"" + text + "\": set it to a number of days from 1 to 3650.");
        return AUDIT_RETENTION;
    }

    private static List<String> hosts(String text) {
        List<String> hosts = List.of(text.split("[,\\s]+")).stream()
                .filter(host -> !host.isBlank())
                .toList();
        return hosts.isEmpty() ? List.of("localhost") : hosts;
    }
}
