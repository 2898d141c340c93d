package dev.warpgrid.cli.command;

import com.google.gson.JsonElement;
import dev.warpgrid.api.ApplyResult;
import dev.warpgrid.api.RevisionView;
import dev.warpgrid.cli.client.Deployer;
import dev.warpgrid.cli.client.GridClient;
import dev.warpgrid.cli.output.Human;
import dev.warpgrid.cli.output.Table;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "history", description = "Lists the revisions of a deployment and what each changed, the newest first.")
final class HistoryCommand extends NamespacedCommand {
    private static final int CHANGES_NAMED = 3;

    @Parameters(paramLabel = "NAME", description = "Name of the deployment.")
    private String name = "";

    @Option(names = "--limit", paramLabel = "COUNT", description = "How many at most, up to 100; 20 by default.")
    private int limit = 20;

    @Override
    public Integer call() {
        JsonElement answer = client().get(Deployer.deploymentPath(namespace(), name) + "/revisions?limit=" + limit);
        if (json()) {
            answerJson(answer);
            return done();
        }
        Instant now = console().clock().instant();
        Table table = new Table("REVISION", "AGE", "BY", "SERVES", "CHANGED");
        for (JsonElement element : GridClient.items(answer)) {
            RevisionView revision = GridClient.decode(element, RevisionView.class);
            table.cell(revision.number() + (revision.newest() ? " (newest)" : ""))
                    .cell(Human.age(revision.createdAt(), now))
                    .cell(revision.createdBy())
                    .cell(revision.serving() ? "yes" : "no")
                    .cell(changed(revision));
        }
        table.print(console());
        return done();
    }

    private static String changed(RevisionView revision) {
        Integer restores = revision.restores();
        if (restores != null) {
            return "brought back revision " + restores;
        }
        List<ApplyResult.Change> changes = revision.changes();
        String named = String.join(
                ", ",
                changes.stream()
                        .limit(CHANGES_NAMED)
                        .map(change -> change.pointer().replaceFirst("^/spec/", ""))
                        .toList());
        return changes.size() > CHANGES_NAMED ? named + " and " + (changes.size() - CHANGES_NAMED) + " more" : named;
    }
}
