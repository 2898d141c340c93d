package dev.warpgrid.cli.command;

import com.google.gson.JsonElement;
import dev.warpgrid.api.Condition;
import dev.warpgrid.api.Deployment;
import dev.warpgrid.api.DeploymentSpec;
import dev.warpgrid.api.DeploymentStatus;
import dev.warpgrid.cli.client.Deployer;
import dev.warpgrid.cli.client.GridClient;
import dev.warpgrid.cli.output.Human;
import dev.warpgrid.cli.output.Table;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "show", aliases = "get", description = "Shows one deployment: intent, state, reasons and instances.")
final class ShowCommand extends NamespacedCommand {
    @Parameters(paramLabel = "NAME", description = "Name of the deployment.")
    private String name = "";

    @Override
    public Integer call() {
        GridClient client = client();
        JsonElement answer = client.get(Deployer.deploymentPath(namespace(), name));
        if (json()) {
            answerJson(answer);
            return done();
        }
        Deployment deployment = GridClient.decode(answer, Deployment.class);
        intent(deployment);
        DeploymentStatus status = deployment.status();
        if (status != null) {
            state(status);
        }
        JsonElement instances =
                client.get(GridClient.path("/namespaces/{}/instances?deployment={}", namespace(), name));
        Table table = InstancesCommand.table(GridClient.items(instances), console());
        if (table.rows() > 0) {
            console().answer("");
            table.print(console());
        }
        return done();
    }

    private void intent(Deployment deployment) {
        DeploymentSpec spec = deployment.spec();
        Instant created = deployment.metadata().createdAt();
        line("Name", namespace() + "/" + name);
        line(
                "Created",
                created == null ? null : Human.age(created, console().clock().instant()) + " ago");
        line("Artifact", spec.artifact());
        DeploymentSpec.Trigger trigger = spec.trigger();
        DeploymentSpec.Http http = trigger == null ? null : trigger.http();
        if (http != null) {
            line("Hosts", http.hosts() == null ? null : String.join(", ", http.hosts()));
            line("Paths", http.paths() == null ? null : String.join(", ", http.paths()));
        }
        DeploymentSpec.Resources resources = spec.resources();
        if (resources != null) {
            line("Memory", resources.memory());
            line("Timeout", resources.timeout());
            line("CPU time", resources.cpuTime());
        }
        Map<String, String> environment = spec.environment();
        if (environment != null) {
            new TreeMap<>(environment).forEach((key, value) -> line("Env", key + "=" + value));
        }
    }

    private void state(DeploymentStatus status) {
        line("State", console().palette().state(status.state().name()) + "  " + Table.printable(status.sentence()));
        line("Revision", Integer.toString(status.revision()));
        line(
                "Instances",
                status.readyInstances() + " of " + status.desiredInstances() + " ready, "
                        + Human.count(status.restarts(), "restart") + ", " + Human.bytes(status.memoryBytes()));
        status.urls().forEach(url -> line("URL", url));
        for (Condition condition : status.conditions()) {
            line(condition.type(), (condition.state() ? "yes" : "no") + "  " + Table.printable(condition.reason()));
        }
    }

    private void line(String label, @Nullable String value) {
        if (value != null) {
            console().answer(console().palette().quiet(label + " ".repeat(Math.max(0, 11 - label.length()))) + value);
        }
    }
}
