package dev.warpgrid.cli.command;

import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.client.Deployer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "apply",
        description = {
            "Applies a manifest (warp.toml) and waits until every instance answers.",
            "The file says all of it: what it leaves out takes its default."
        })
final class ApplyCommand extends ManifestCommand {
    @Mixin
    private Applying applying = new Applying();

    @Override
    public Integer call() throws InterruptedException {
        Deployer deployer = new Deployer(client());
        Proposal proposal = propose(deployer);
        try {
            return applying.apply(this, deployer, proposal.wanted(), proposal.present());
        } catch (Failure refused) {
            throw json() ? refused : inTermsOfTheFile(refused, proposal.manifest());
        }
    }
}
