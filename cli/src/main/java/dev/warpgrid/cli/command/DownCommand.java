package dev.warpgrid.cli.command;

import dev.warpgrid.cli.local.GridRecord.Part;
import dev.warpgrid.cli.local.Installation;
import dev.warpgrid.cli.up.LocalGrid;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;

@Command(
        name = "down",
        description = "Stops the grid of this machine: agent, server, PostgreSQL. Nothing is lost; warp up continues.")
final class DownCommand extends GridCommand {
    @Override
    public Integer call() throws InterruptedException {
        Set<Part> ended =
                new LocalGrid(dataFolder(), new Installation(environment().installation()), console()).down();
        if (json()) {
            answerJson(Map.of(
                    "stopped", ended.stream().map(Part::logName).toList(),
                    "dataDir", dataFolder().path().toString()));
        } else {
            console()
                    .answer(
                            ended.isEmpty()
                                    ? "No grid runs in " + dataFolder().path() + "."
                                    : "The grid is stopped; its data stays in "
                                            + dataFolder().path() + ".");
        }
        return done();
    }
}
