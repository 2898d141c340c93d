package dev.warpgrid.control.replica;

import dev.warpgrid.control.rollout.RolloutDirective;
import dev.warpgrid.control.snapshot.ControlPolicy;
import dev.warpgrid.control.snapshot.DeploymentIntent;
import dev.warpgrid.control.snapshot.GridSnapshot;
import dev.warpgrid.control.snapshot.NodeState;
import dev.warpgrid.control.snapshot.Observation;
import dev.warpgrid.control.snapshot.PlacedInstance;
import dev.warpgrid.control.snapshot.Placement;
import dev.warpgrid.control.snapshot.RevisionSpec;
import dev.warpgrid.model.InstanceState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One deployment's instances, each in one class. Newest first, because the newest go first. */
final class Census {
    /** By when they were placed, the newest first. */
    static final Comparator<Placement> NEWEST_FIRST = Comparator.comparing(Placement::placedAt)
            .thenComparing(Placement::instance)
            .reversed();

    /** Their node is no longer known. */
    final List<Placement> homeless = new ArrayList<>();

    /** Of the revision that is to take over, or is alone. */
    final Group current = new Group();
    /** Of the revision that is kept beside it for now. */
    final Group kept = new Group();
    /** Of any other, or from before a restart was asked for. */
    final Group outdated = new Group();
    /** Those that are to go anyway and have no hope of running. */
    final List<Placement> hopeless = new ArrayList<>();

    /** Instances of one kind by what is known of them. */
    static final class Group {
        /** They answer. */
        final List<Placement> ready = new ArrayList<>();
        /** They do not answer yet, or not at the moment, and their agent takes care of it. */
        final List<Placement> waiting = new ArrayList<>();
        /** Their node was not heard for a moment: nothing is known. */
        final List<Placement> unknown = new ArrayList<>();
        /** Their node is lost. */
        final List<Placement> lost = new ArrayList<>();
        /** Their agent says they cannot run there. */
        final List<PlacedInstance> failed = new ArrayList<>();

        /** Those that count as there: nobody has to start another in their place. */
        int standing() {
            return ready.size() + waiting.size() + unknown.size();
        }

        private void sort() {
            ready.sort(NEWEST_FIRST);
            waiting.sort(NEWEST_FIRST);
            unknown.sort(NEWEST_FIRST);
            lost.sort(NEWEST_FIRST);
            failed.sort(Comparator.comparing(PlacedInstance::placement, NEWEST_FIRST));
        }
    }

    static Census take(
            ControlPolicy policy, GridSnapshot snapshot, DeploymentIntent intent, RolloutDirective directive) {
        Census census = new Census();
        for (PlacedInstance instance : snapshot.placementsOf(intent.id())) {
            NodeState node = snapshot.stateOf(instance.placement().node());
            if (!snapshot.revisions().containsKey(instance.placement().revision())) {
                // Its deployment was deleted and made anew; it is an orphan of the old one.
                continue;
            }
            if (node == null) {
                census.homeless.add(instance.placement());
            } else {
                census.sortIn(policy, census.groupOf(instance.placement(), intent, directive), instance, node);
            }
        }
        census.current.sort();
        census.kept.sort();
        census.outdated.sort();
        census.hopeless.sort(NEWEST_FIRST);
        return census;
    }

    private Group groupOf(Placement placement, DeploymentIntent intent, RolloutDirective directive) {
        RevisionSpec baseline = directive.baseline();
        if (placement.restartEpoch() == intent.restartEpoch()) {
            if (placement.revision().equals(directive.target().id())) {
                return current;
            }
            if (baseline != null
                    && directive.wantedBaseline() > 0
                    && placement.revision().equals(baseline.id())) {
                return kept;
            }
        }
        return outdated;
    }

    @SuppressWarnings("ReferenceEquality") // one of the three groups, not an equal one
    private void sortIn(ControlPolicy policy, Group group, PlacedInstance instance, NodeState node) {
        Placement placement = instance.placement();
        switch (node) {
            case LOST -> group.lost.add(placement);
            case SUSPECTED -> group.unknown.add(placement);
            case READY -> {
                if (instance.isObservedAs(InstanceState.RUNNING)) {
                    group.ready.add(placement);
                } else if (group == outdated && isHopeless(policy, instance.observation())) {
                    hopeless.add(placement);
                } else if (group == current && instance.isObservedAs(InstanceState.FAILED)) {
                    group.failed.add(instance);
                } else {
                    group.waiting.add(placement);
                }
            }
        }
    }

    private static boolean isHopeless(ControlPolicy policy, @Nullable Observation observation) {
        return observation != null
                && (observation.state() == InstanceState.FAILED
                        || (observation.state() == InstanceState.BACKING_OFF
                                && observation.restarts() >= policy.hopelessRestarts()));
    }
}
