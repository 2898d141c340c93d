package dev.warpgrid.cli.command;

import dev.warpgrid.api.GridStatus;
import dev.warpgrid.cli.Failure;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;

@Command(name = "version", description = "Shows the version of this command and, where it answers, of the server.")
final class VersionCommand extends GridCommand {
    @Override
    public Integer call() {
        String own = Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElse("unknown");
        Optional<String> server = server();
        if (json()) {
            TreeMap<String, String> versions = new TreeMap<>();
            versions.put("warp", own);
            server.ifPresent(version -> versions.put("server", version));
            answerJson(versions);
        } else {
            console().answer("warp " + own);
            server.ifPresent(version -> console().answer("server " + version));
        }
        return done();
    }

    private Optional<String> server() {
        try {
            return Optional.of(client().get("/status", GridStatus.class).serverVersion());
        } catch (Failure e) {
            return Optional.empty();
        }
    }
}
