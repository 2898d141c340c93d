package dev.warpgrid.cli.command;

import dev.warpgrid.api.ApplyResult;
import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.client.Deployer;
import picocli.CommandLine.Command;

@Command(
        name = "diff",
        description = {
            "Says what applying a manifest (warp.toml) would change, checked by the grid, and changes nothing.",
            "The exit status is 0 where nothing would change and 8 where something would."
        })
final class DiffCommand extends ManifestCommand {
    @Override
    public Integer call() {
        Deployer deployer = new Deployer(client());
        Proposal proposal = propose(deployer);
        try {
            ApplyResult result = deployer.apply(proposal.wanted(), proposal.present(), true);
            Applying.plan(this, result);
            return result.outcome() == ApplyResult.Outcome.UNCHANGED ? done() : ExitCode.DIFFERENT.status();
        } catch (Failure refused) {
            throw json() ? refused : inTermsOfTheFile(refused, proposal.manifest());
        }
    }
}
