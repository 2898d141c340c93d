package dev.warpgrid.cli.command;

import dev.warpgrid.api.TokenView;
import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.client.ClientConfig;
import dev.warpgrid.cli.client.GridClient;
import dev.warpgrid.cli.client.Target;
import dev.warpgrid.cli.client.Targets;
import dev.warpgrid.cli.up.Access;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "login",
        description = {
            "Signs in at a grid elsewhere and makes it the one that commands mean, until warp logout.",
            "The password is asked for, or read from standard input."
        })
final class LoginCommand extends GridCommand {
    @Parameters(paramLabel = "SERVER", description = "Its address, such as https://grid.example.org:9443.")
    private String server = "";

    @Option(names = "--user", paramLabel = "USER", description = "User to sign in as; admin by default.")
    private String user = Access.USER;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "The grid's ca.pem, where no public authority signed it.")
    private @Nullable Path ca;

    @Override
    public Integer call() {
        URI address = Targets.address(server, "SERVER");
        Path authority = ca == null ? null : ca.toAbsolutePath().normalize();
        GridClient client = new GridClient(new Target(address, null, authority, "the command line"));
        TokenView token = Access.login(client, user, new PasswordInput().read("Password of " + user, "warp login"));
        String secret = token.secret();
        if (secret == null) {
            throw new Failure(
                    ExitCode.FAILURE,
                    "The server answered a login without a token: check that it is a WarpGrid server.");
        }
        Path file = environment().configFile();
        new ClientConfig(address.toString(), secret, authority == null ? null : authority.toString()).save(file);
        if (json()) {
            answerJson(Map.of("server", address.toString(), "user", user));
        } else {
            console().answer("Signed in at " + address + " as " + user + " (" + file + ").");
        }
        return done();
    }
}
