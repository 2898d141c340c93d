package dev.warpgrid.server.observe;

import dev.warpgrid.model.InstanceFact;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.NodeDescription;
import dev.warpgrid.model.NodeUsage;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The newest a node has told.
 *
 * @param session the connection it came by; counts the server's connections
 * @param appliedGeneration the newest desired state its agent acts on
 * @param instances the newest fact of each instance it has
 * @param ending its agent was told to end and has not come back since
 */
public record NodeFacts(
        NodeDescription description,
        long session,
        boolean connected,
        Instant lastHeardAt,
        NodeUsage usage,
        long appliedGeneration,
        SortedMap<InstanceId, InstanceFact> instances,
        boolean ending) {
    public NodeFacts {
        instances = Collections.unmodifiableSortedMap(new TreeMap<>(instances));
    }

    NodeFacts heard(Instant now) {
        return new NodeFacts(description, session, connected, now, usage, appliedGeneration, instances, ending);
    }

    NodeFacts with(NodeUsage newest) {
        return new NodeFacts(
                description, session, connected, lastHeardAt, newest, appliedGeneration, instances, ending);
    }

    NodeFacts applied(long generation) {
        long newest = Math.max(generation, appliedGeneration);
        return new NodeFacts(description, session, connected, lastHeardAt, usage, newest, instances, ending);
    }

    NodeFacts with(SortedMap<InstanceId, InstanceFact> newest) {
        return new NodeFacts(description, session, connected, lastHeardAt, usage, appliedGeneration, newest, ending);
    }

    NodeFacts disconnected() {
        return new NodeFacts(description, session, false, lastHeardAt, usage, appliedGeneration, instances, ending);
    }

    NodeFacts toEnd() {
        return new NodeFacts(description, session, connected, lastHeardAt, usage, appliedGeneration, instances, true);
    }
}
