package dev.warpgrid.cli.command;

import com.google.gson.JsonElement;
import dev.warpgrid.api.GridStatus;
import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.client.GridClient;
import dev.warpgrid.cli.local.GridRecord;
import dev.warpgrid.cli.local.GridRecord.Part;
import dev.warpgrid.cli.local.ProcessIdentity;
import dev.warpgrid.cli.output.Human;
import dev.warpgrid.cli.output.Palette;
import dev.warpgrid.cli.output.Table;
import java.util.Optional;
import picocli.CommandLine.Command;

@Command(name = "status", description = "Says how the grid is doing; the exit status is 0 only when all is well.")
final class StatusCommand extends GridCommand {
    @Override
    public Integer call() {
        GridClient client = client();
        Optional<GridRecord> local = local(client);
        if (!json()) {
            local.ifPresent(this::processes);
        }
        JsonElement answer;
        try {
            answer = client.get("/status");
        } catch (Failure e) {
            if (local.isPresent()
                    && e.exitCode() == ExitCode.UNAVAILABLE
                    && !local.get().alive(Part.SERVER)) {
                throw new Failure(
                        ExitCode.UNAVAILABLE,
                        "The grid in " + dataFolder().path() + " does not run: start it with warp up.",
                        e);
            }
            throw e;
        }
        GridStatus status = GridClient.decode(answer, GridStatus.class);
        if (json()) {
            answerJson(answer);
        } else {
            print(client, status);
        }
        return status.healthy() ? done() : ExitCode.FAILURE.status();
    }

    /** Only where the grid that is asked is the one of the folder. */
    private Optional<GridRecord> local(GridClient client) {
        return client.target().source().equals(dataFolder().path().toString())
                ? dataFolder().grid()
                : Optional.empty();
    }

    private void processes(GridRecord grid) {
        Table table = new Table("PROCESS", "STATE", "PID", "LOG");
        for (Part part : Part.values()) {
            boolean up = grid.alive(part);
            table.cell(part.title())
                    .cell(up ? "up" : "down", console().palette()::state)
                    .cell(
                            up
                                    ? grid.process(part)
                                            .map(ProcessIdentity::pid)
                                            .map(String::valueOf)
                                            .orElse("")
                                    : "")
                    .cell(dataFolder().log(part.logName()).toString());
        }
        table.print(console());
        console().answer("");
    }

    private void print(GridClient client, GridStatus status) {
        Palette palette = console().palette();
        console().answer(status.healthy() ? palette.good(status.sentence()) : palette.bad(status.sentence()));
        status.notReady().forEach(line -> console().answer("  " + palette.warning(Table.printable(line))));
        console().answer("");
        console().answer("  Server       " + client.target().server() + "  " + status.serverVersion());
        console().answer("  Nodes        " + status.readyNodes() + " of " + status.nodes() + " ready");
        console().answer("  Deployments  " + status.readyDeployments() + " of " + status.deployments() + " ready");
        console().answer("  Instances    " + status.readyInstances() + " of " + status.instances() + " ready");
        console()
                .answer("  Memory       " + Human.bytes(status.guestMemoryBytes()) + " used, "
                        + Human.bytes(status.reservedMemoryBytes()) + " promised, of "
                        + Human.bytes(status.memoryBytes()));
    }
}
