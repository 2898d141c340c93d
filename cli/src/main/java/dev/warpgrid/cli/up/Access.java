package dev.warpgrid.cli.up;

import dev.warpgrid.api.JoinTokenView;
import dev.warpgrid.api.TokenView;
import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.client.GridClient;
import dev.warpgrid.cli.client.Target;
import dev.warpgrid.cli.local.DataFolder;
import dev.warpgrid.cli.local.GridPorts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The command line's own way into the local grid: a token, made with the administrator's first password. */
public final class Access {
    /** The user whom the server makes at its first start. */
    public static final String USER = "admin";

    private static final String JOIN_VALID_FOR = "15m";

    private final DataFolder folder;
    private final GridPorts ports;

    public Access(DataFolder folder, GridPorts ports) {
        this.folder = folder;
        this.ports = ports;
    }

    /** A client whose token works; a new token is made where there is none or it has expired. */
    public GridClient signIn() {
        String token = folder.read(DataFolder.TOKEN).orElse(null);
        if (token != null) {
            GridClient client = client(token);
            try {
                client.get("/whoami");
                return client;
            } catch (Failure e) {
                if (e.exitCode() != ExitCode.DENIED) {
                    throw e;
                }
            }
        }
        String password = folder.read(DataFolder.ADMIN_PASSWORD)
                .orElseThrow(() -> new Failure(
                        ExitCode.DENIED,
                        "The administrator's first password is no longer kept ("
                                + folder.file(DataFolder.ADMIN_PASSWORD)
                                + ") and the token beside it has ended: sign in with warp login " + ports.server()
                                + "."));
        String secret = login(client(null), USER, password).secret();
        if (secret == null) {
            throw new Failure(ExitCode.FAILURE, "The server answered a login without a token: see warp status.");
        }
        folder.write(DataFolder.TOKEN, secret);
        return client(secret);
    }

    /** Signs a user in. */
    public static TokenView login(GridClient client, String user, String password) {
        return GridClient.decode(
                client.call("POST", "/login", Map.of("user", user, "password", password), Map.of()), TokenView.class);
    }

    /** A one-time token for the agent of this machine. */
    static String joinToken(GridClient client) {
        return GridClient.decode(
                        client.call("POST", "/join-tokens", Map.of("validFor", JOIN_VALID_FOR), Map.of()),
                        JoinTokenView.class)
                .token();
    }

    private GridClient client(@Nullable String token) {
        return new GridClient(new Target(
                ports.server(),
                token,
                folder.file(DataFolder.AUTHORITY),
                folder.path().toString()));
    }
}
