package dev.warpgrid.server.service;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.FieldError;
import dev.warpgrid.api.NodeService;
import dev.warpgrid.api.NodeView;
import dev.warpgrid.api.Permission;
import dev.warpgrid.model.ByteSize;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.server.store.ArtifactStore;
import dev.warpgrid.server.store.DeploymentStore;
import dev.warpgrid.server.store.StoredArtifact;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Checks a specification against what the grid has: the artifact, the nodes, the routes of others. Changes nothing. */
@Singleton
public class Admission {
    static final String HTTP_HANDLER = "wasi:http/incoming-handler@0.2.0";

    private final ArtifactStore artifacts;
    private final DeploymentStore deployments;
    private final NodeService nodes;

    @Inject
    public Admission(ArtifactStore artifacts, DeploymentStore deployments, NodeService nodes) {
        this.artifacts = artifacts;
        this.deployments = deployments;
        this.nodes = nodes;
    }

    StoredArtifact admit(Caller caller, SpecRules.Complete wanted) {
        StoredArtifact artifact = artifacts
                .share(wanted.id().namespace(), wanted.artifact())
                .orElseThrow(() -> ApiException.invalid(
                        "/spec/artifact",
                        "The namespace \"" + wanted.id().namespace() + "\" has no artifact " + wanted.artifact()
                                + ": upload it first."));
        requireHandler(artifact);
        requireImports(artifact);
        requireMemory(artifact, wanted.limits().memory());
        requireFreeRoutes(caller, wanted);
        return artifact;
    }

    private static void requireHandler(StoredArtifact artifact) {
        if (artifact.exports().stream().noneMatch(export -> InterfaceVersions.links(export, HTTP_HANDLER))) {
            throw unsupported("The component exports no wasi:http/incoming-handler@0.2, so it cannot answer requests"
                    + (artifact.exports().isEmpty()
                            ? ""
                            : " (it exports " + String.join(", ", artifact.exports()) + ")")
                    + ": build it for the world wasi:http/proxy.");
        }
    }

    /** Where no node has ever joined nobody can say; the scheduler then says it. */
    private void requireImports(StoredArtifact artifact) {
        Optional<List<String>> fewest = nodes.list(Caller.system()).stream()
                .map(NodeView::interfaces)
                .filter(interfaces -> !interfaces.isEmpty())
                .map(interfaces -> InterfaceVersions.missing(artifact.imports(), interfaces))
                .min(Comparator.comparingInt(List::size));
        if (fewest.isPresent() && !fewest.get().isEmpty()) {
            throw unsupported("No node provides " + String.join(", ", fewest.get())
                    + ", which the component imports: rebuild it without, or add a node that provides it.");
        }
    }

    private static void requireMemory(StoredArtifact artifact, ByteSize limit) {
        if (limit.bytes() < artifact.minimumMemoryBytes()) {
            ByteSize needed = new ByteSize(artifact.minimumMemoryBytes());
            throw ApiException.invalid(
                    "/spec/resources/memory",
                    "The component's memories start with " + needed + ", and the limit is " + limit + ": raise it to "
                            + needed + " at least.");
        }
    }

    private void requireFreeRoutes(Caller caller, SpecRules.Complete wanted) {
        for (int i = 0; i < wanted.hosts().size(); i++) {
            String host = wanted.hosts().get(i);
            for (String path : wanted.paths()) {
                Optional<DeploymentId> owner = deployments.routeOwner(host, path);
                if (owner.isPresent() && !owner.get().equals(wanted.id())) {
                    // Who may not see it need not learn that it is there.
                    String whose =
                            caller.may(Permission.DEPLOYMENT_READ, owner.get().namespace())
                                    ? "the deployment " + owner.get()
                                    : "a deployment of another namespace";
                    String message = "The host " + host + " with the path " + path + " belongs to " + whose
                            + ": choose another host or path, or take it away there.";
                    throw new ApiException(
                            ErrorCode.CONFLICT,
                            message,
                            List.of(new FieldError("/spec/trigger/http/hosts/" + i, message)),
                            null);
                }
            }
        }
    }

    private static ApiException unsupported(String message) {
        return new ApiException(
                ErrorCode.UNSUPPORTED_ARTIFACT, message, List.of(new FieldError("/spec/artifact", message)), null);
    }
}
