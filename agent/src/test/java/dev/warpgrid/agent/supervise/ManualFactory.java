package dev.warpgrid.agent.supervise;

import dev.warpgrid.agent.guest.GuestCrashException;
import dev.warpgrid.agent.guest.GuestFactory;
import dev.warpgrid.agent.guest.GuestInstance;
import dev.warpgrid.agent.guest.GuestLog;
import dev.warpgrid.agent.guest.PreparedGuest;
import dev.warpgrid.agent.guest.ScriptedGuest;
import dev.warpgrid.agent.guest.UnrunnableException;
import dev.warpgrid.model.Workload;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes scripted guests; a test sets what goes wrong. */
final class ManualFactory implements GuestFactory {
    volatile String unrunnable = "";
    volatile String startFailure = "";
    volatile ScriptedGuest.Script script = (request, response) -> ScriptedGuest.answer(response, 200, "hello");
    final AtomicInteger starts = new AtomicInteger();
    final AtomicInteger prepared = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();

    @Override
    public PreparedGuest prepare(Workload workload, byte[] artifact) {
        if (!unrunnable.isEmpty()) {
            throw new UnrunnableException(unrunnable);
        }
        prepared.incrementAndGet();
        return new PreparedGuest() {
            @Override
            public GuestInstance start(GuestLog log) {
                starts.incrementAndGet();
                if (!startFailure.isEmpty()) {
                    throw new GuestCrashException(startFailure);
                }
                return new ScriptedGuest((request, response) -> script.run(request, response));
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }
}
