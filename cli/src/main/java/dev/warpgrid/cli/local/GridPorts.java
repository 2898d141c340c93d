package dev.warpgrid.cli.local;

import java.net.URI;

/**
 * The ports of one grid.
 *
 * @param https dashboard and REST
 * @param http health, on loopback only
 * @param agent where agents reach the server
 * @param ingress where deployments answer
 * @param health the agent's own, on loopback only
 * @param postgres on loopback only
 * @param mesh where the agent takes requests from other nodes
 */
public record GridPorts(int https, int http, int agent, int ingress, int health, int postgres, int mesh) {
    public static final GridPorts DEFAULT = new GridPorts(9443, 9080, 9444, 8080, 9446, 9432, 9445);
    private static final int LAST = 65_535;

    public GridPorts {
        // A grid of an earlier version wrote none down.
        mesh = mesh == 0 ? 9445 : mesh;
        check("--https-port", https);
        check("--http-port", http);
        check("--agent-port", agent);
        check("--ingress-port", ingress);
        check("--health-port", health);
        check("--postgres-port", postgres);
        check("--mesh-port", mesh);
        int[] all = {https, http, agent, ingress, health, postgres, mesh};
        for (int i = 0; i < all.length; i++) {
            for (int j = 0; j < i; j++) {
                if (all[i] == all[j]) {
                    throw new IllegalArgumentException(
                            "Port " + all[i] + " is named twice: each part of the grid needs a port of its own.");
                }
            }
        }
    }

    private static void check(String option, int port) {
        if (port < 1 || port > LAST) {
            throw new IllegalArgumentException(option + " " + port + " is no port: choose 1 to " + LAST + ".");
        }
    }

    public URI server() {
        return URI.create("https://localhost:" + https);
    }

    public URI ingressUrl() {
        return URI.create("http://localhost:" + ingress + "/");
    }
}
