package dev.warpgrid.engine.graalwasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warpgrid.component.Component;
import dev.warpgrid.component.ComponentInstance;
import dev.warpgrid.component.GuestInterruptedException;
import dev.warpgrid.component.HostInterface;
import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.component.LimitExceededException;
import dev.warpgrid.component.LinkedComponent;
import dev.warpgrid.component.Linker;
import dev.warpgrid.component.NoSuchExportException;
import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.TrapException.Kind;
import dev.warpgrid.component.testing.Guests;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that do not return, and what becomes of the instance. */
class FaultsTest {
    private static final int PAGE = 65_536;

    /** The host's side of a guest that calls it. */
    private static final class Host {
        final CountDownLatch entered = new CountDownLatch(1);

        @Nullable
        ComponentInstance self;
    }

    private final Host host = new Host();

    private static HostInterface<Host> calls() {
        return HostInterface.<Host>named("test:host/calls", "")
                .function("block", (state, arguments) -> {
                    state.entered.countDown();
                    try {
                        new CountDownLatch(1).await();
                        return null;
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new GuestInterruptedException("waiting ended", e);
                    }
                })
                .function("fail", (state, arguments) -> {
                    throw new IllegalStateException("the host is broken");
                })
                .function("again", (state, arguments) -> {
                    ComponentInstance self = state.self;
                    return self == null ? null : self.function("add").call(1, 2);
                })
                .build();
    }

    private static LinkedComponent<Host> link(InstanceLimits limits) {
        return new Linker<Host>(SharedEngine.ENGINE)
                .provide(calls())
                .link(Component.parse(Guests.bytes("faults")), limits);
    }

    private ComponentInstance open() {
        ComponentInstance instance = link(InstanceLimits.defaults()).instantiate(host);
        host.self = instance;
        return instance;
    }

    private static TrapException trap(ComponentInstance instance, String function, Object... arguments) {
        try {
            instance.function(function).call(arguments);
        } catch (TrapException expected) {
            return expected;
        }
        throw new AssertionError("The call returned.");
    }

    @ParameterizedTest
    @CsvSource({
        "unreachable, UNREACHABLE",
        "load, MEMORY_OUT_OF_BOUNDS",
        "indirect, INDIRECT_CALL",
        "indirect-far, INDIRECT_CALL",
        "recurse, STACK_OVERFLOW"
    })
    void tellsHowACallEndedAndPoisonsTheInstance(String function, Kind kind) {
        try (ComponentInstance instance = open()) {
            assertThat(instance.function("add").call(1, 2)).isEqualTo(3);

            assertThat(trap(instance, function).kind()).isEqualTo(kind);

            assertThat(instance.poisoned()).isTrue();
            assertThat(trap(instance, "add", 1, 2).kind()).isEqualTo(Kind.POISONED);
        }
    }

    @Test
    void tellsArithmeticTrapsApart() {
        try (ComponentInstance instance = open()) {
            assertThat(trap(instance, "divide", 1, 0).kind()).isEqualTo(Kind.INTEGER_DIVIDE_BY_ZERO);
        }
        try (ComponentInstance instance = open()) {
            assertThat(trap(instance, "divide", Integer.MIN_VALUE, -1).kind()).isEqualTo(Kind.INTEGER_OVERFLOW);
        }
        try (ComponentInstance instance = open()) {
            assertThat(trap(instance, "convert", Double.NaN).kind()).isEqualTo(Kind.INTEGER_OVERFLOW);
        }
    }

    @Test
    void aFailingHostFunctionIsTheCauseOfTheTrap() {
        try (ComponentInstance instance = open()) {
            assertThatThrownBy(() -> instance.function("fail").call())
                    .isInstanceOfSatisfying(
                            TrapException.class, e -> assertThat(e.kind()).isEqualTo(Kind.HOST_FAILURE))
                    .hasMessageContaining("test:host/calls fail")
                    .hasRootCauseMessage("the host is broken");
            assertThat(instance.poisoned()).isTrue();
        }
    }

    @Test
    void refusesToBeCalledFromItsOwnHostFunction() {
        try (ComponentInstance instance = open()) {
            assertThat(trap(instance, "again").kind()).isEqualTo(Kind.ABI);
        }
    }

    @Test
    void interruptsGuestCode() throws InterruptedException {
        try (ComponentInstance instance = open()) {
            Thread watchdog = Thread.ofPlatform().start(() -> instance.interrupt("over its time"));

            TrapException trap = trap(instance, "spin");

            watchdog.join();
            assertThat(trap.kind()).isEqualTo(Kind.INTERRUPTED);
            assertThat(trap).hasMessage("over its time");
            assertThat(instance.poisoned()).isTrue();
            assertThat(instance.memoryBytes()).isZero();
        }
    }

    @Test
    void interruptsABlockedHostFunction() throws InterruptedException {
        try (ComponentInstance instance = open()) {
            Thread watchdog = Thread.ofPlatform().start(() -> {
                try {
                    host.entered.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                instance.interrupt("stop waiting");
            });

            TrapException trap = trap(instance, "block");

            watchdog.join();
            assertThat(trap.kind()).isEqualTo(Kind.INTERRUPTED);
            assertThat(trap).hasMessage("stop waiting");
            assertThat(Thread.currentThread().isInterrupted())
                    .as("the caller's thread is left as it was")
                    .isFalse();
        }
    }

    @Test
    void anInterruptBeforeTheCallIsNotLost() {
        try (ComponentInstance instance = open()) {
            instance.interrupt("early");

            assertThat(trap(instance, "spin").kind()).isEqualTo(Kind.INTERRUPTED);
        }
    }

    @Test
    void interruptsAStartFunction() throws InterruptedException {
        LinkedComponent<Object> linked = new Linker<Object>(SharedEngine.ENGINE)
                .link(Component.parse(Guests.bytes("endless-start")), InstanceLimits.defaults());
        AtomicReference<Thread> watchdog = new AtomicReference<>();

        assertThatThrownBy(() -> linked.instantiate(
                        new Object(),
                        instance -> watchdog.set(
                                Thread.ofPlatform().start(() -> instance.interrupt("starts for too long")))))
                .isInstanceOfSatisfying(
                        TrapException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INTERRUPTED))
                .hasMessage("starts for too long");
        watchdog.get().join();
    }

    @Test
    void oneInterruptedInstanceLeavesOthersAlone() {
        LinkedComponent<Host> linked = link(InstanceLimits.defaults());
        try (ComponentInstance one = linked.instantiate(host);
                ComponentInstance other = linked.instantiate(host)) {
            one.interrupt("only this");

            assertThat(other.function("add").call(2, 2)).isEqualTo(4);
            assertThat(other.poisoned()).isFalse();
        }
    }

    @Test
    void aClosedInstanceCannotBeCalled() {
        ComponentInstance instance = open();
        instance.close();
        instance.close();

        assertThat(trap(instance, "add", 1, 1).kind()).isEqualTo(Kind.POISONED);
        assertThat(instance.memoryBytes()).isZero();
    }

    @Test
    void memoryGrowsToItsLimitAndNotBeyond() {
        InstanceLimits threePages = InstanceLimits.defaults().withMemoryBytes(3 * PAGE + 100);
        try (ComponentInstance instance = link(threePages).instantiate(host)) {
            assertThat(instance.memoryBytes()).isEqualTo(PAGE);
            assertThat(instance.function("grow").call(2)).isEqualTo(1);
            assertThat(instance.memoryBytes()).isEqualTo(3 * PAGE);
            assertThat(instance.function("grow").call(1)).isEqualTo(-1);
            assertThat(instance.poisoned()).isFalse();
        }
    }

    @Test
    void refusesAComponentThatStartsLargerThanItsLimit() {
        assertThatThrownBy(() -> link(InstanceLimits.defaults().withMemoryBytes(PAGE - 1)))
                .isInstanceOfSatisfying(
                        LimitExceededException.class, e -> assertThat(e.limit()).isEqualTo("memoryBytes"))
                .hasMessageContaining("65536 bytes")
                .hasMessageContaining("65535");
    }

    @Test
    void namesTheExportsWhenOneIsMissing() {
        try (ComponentInstance instance = open()) {
            assertThatThrownBy(() -> instance.function("subtract"))
                    .isInstanceOf(NoSuchExportException.class)
                    .hasMessageContaining("add");
            assertThatThrownBy(() -> instance.function("wasi:http/incoming-handler", "handle"))
                    .isInstanceOf(NoSuchExportException.class);
        }
    }
}
