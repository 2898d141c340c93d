package dev.warpgrid.agent.supervise;

import dev.warpgrid.agent.guest.PreparedGuest;
import dev.warpgrid.agent.guest.RevisionPool;
import dev.warpgrid.agent.ingress.LocalRevision;
import dev.warpgrid.agent.ingress.Target;
import dev.warpgrid.agent.metrics.RevisionCounters;
import dev.warpgrid.model.RevisionId;
import org.jspecify.annotations.Nullable;

/** What a revision has at run time. The supervisor's thread sets it; others read. */
public final class RevisionRuntime {
    private final RevisionPool pool;
    private final RevisionCounters counters = new RevisionCounters();
    private final LocalRevision local;
    private volatile @Nullable PreparedGuest prepared;

    RevisionRuntime(RevisionPool pool) {
        this.pool = pool;
        this.local = new LocalRevision(new Target(pool::submit, counters), pool::instances);
    }

    public RevisionId revision() {
        return pool.revision();
    }

    public RevisionPool pool() {
        return pool;
    }

    public RevisionCounters counters() {
        return counters;
    }

    LocalRevision local() {
        return local;
    }

    @Nullable
    PreparedGuest prepared() {
        return prepared;
    }

    void prepared(PreparedGuest guest) {
        prepared = guest;
    }

    void close() {
        pool.close();
        PreparedGuest guest = prepared;
        prepared = null;
        if (guest != null) {
            guest.close();
        }
    }
}
