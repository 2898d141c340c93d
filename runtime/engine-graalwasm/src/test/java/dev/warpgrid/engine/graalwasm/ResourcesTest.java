package dev.warpgrid.engine.graalwasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warpgrid.component.Component;
import dev.warpgrid.component.ComponentInstance;
import dev.warpgrid.component.GuestResource;
import dev.warpgrid.component.HostInterface;
import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.component.Linker;
import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.TrapException.Kind;
import dev.warpgrid.component.testing.Guests;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Handles of the guest's own resource, and of one of the host that two of its interfaces use. */
class ResourcesTest {
    private record Thing(int id) {}

    /** What the host saw. */
    private static final class Log {
        final List<Object> dropped = new ArrayList<>();
        final List<Object> swapped = new ArrayList<>();
    }

    private final Log log = new Log();

    private ComponentInstance open(InstanceLimits limits) {
        HostInterface<Log> things = HostInterface.<Log>named("test:host/things", "0.2.12")
                .resource("thing", Thing.class, (state, thing) -> state.dropped.add(thing))
                .function("[constructor]thing", (state, arguments) -> new Thing((Integer) arguments[0]))
                .function("[method]thing.id", (state, arguments) -> ((Thing) arguments[0]).id())
                .build();
        HostInterface<Log> users = HostInterface.<Log>named("test:host/users", "0.2.12")
                .function("swap", (state, arguments) -> {
                    state.swapped.add(arguments[0]);
                    return new Thing(((Thing) arguments[0]).id() + 100);
                })
                .function("peek", (state, arguments) -> ((Thing) arguments[0]).id())
                .build();
        return new Linker<Log>(SharedEngine.ENGINE)
                .provide(things)
                .provide(users)
                .link(Component.parse(Guests.bytes("resources")), limits)
                .instantiate(log);
    }

    private ComponentInstance open() {
        return open(InstanceLimits.defaults());
    }

    private static GuestResource make(ComponentInstance instance, int value) {
        return (GuestResource) Objects.requireNonNull(instance.function("make").call(value));
    }

    @Test
    void aHostResourceIsTheSameTypeInEveryInterfaceThatUsesIt() {
        try (ComponentInstance instance = open()) {
            assertThat(instance.function("use-thing").call(7)).isEqualTo(107 + 107);
            assertThat(log.swapped).containsExactly(new Thing(7));
            assertThat(log.dropped).containsExactly(new Thing(107));
        }
    }

    @Test
    void closingDropsWhatTheGuestStillOwns() {
        ComponentInstance instance = open();
        instance.function("leak-thing").call(1);
        instance.function("leak-thing").call(2);
        assertThat(log.dropped).isEmpty();

        instance.close();
        instance.close();

        assertThat(log.dropped).containsExactly(new Thing(1), new Thing(2));
    }

    @Test
    void theHostBorrowsOutAndGivesBackAGuestsResource() {
        try (ComponentInstance instance = open()) {
            GuestResource counter = make(instance, 41);

            assertThat(counter.owned()).isTrue();
            assertThat(instance.function("value").call(counter)).isEqualTo(41);
            assertThat(instance.function("value").call(counter)).isEqualTo(41);
            assertThat(instance.function("take").call(counter)).isEqualTo(41);
            assertThat(counter.owned()).isFalse();
            assertThat(instance.function("dropped").call()).isEqualTo(41);
        }
    }

    @Test
    void closingAGuestsResourceRunsItsDestructorOnce() {
        try (ComponentInstance instance = open()) {
            GuestResource counter = make(instance, 5);

            counter.close();
            counter.close();

            assertThat(instance.function("dropped").call()).isEqualTo(5);
        }
    }

    @Test
    void aResourceGivenAwayCannotBeUsedAgain() {
        try (ComponentInstance instance = open()) {
            GuestResource counter = make(instance, 5);
            instance.function("take").call(counter);

            assertThatThrownBy(() -> instance.function("value").call(counter)).isInstanceOf(TrapException.class);
        }
    }

    @Test
    void aResourceOfAnotherInstanceIsRefused() {
        try (ComponentInstance one = open();
                ComponentInstance other = open()) {
            GuestResource counter = make(one, 5);

            assertThatThrownBy(() -> other.function("value").call(counter)).isInstanceOf(TrapException.class);
            assertThat(one.function("value").call(counter)).isEqualTo(5);
        }
    }

    @Test
    void aBorrowDroppedInTimeIsNotDroppedAtTheHost() {
        try (ComponentInstance instance = open()) {
            instance.function("drop-borrow").call(new Thing(3));

            assertThat(instance.poisoned()).isFalse();
        }
        assertThat(log.dropped).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"keep-borrow, still held 1 borrowed", "give-borrow, which it only borrows"})
    void trapsOnMisusedBorrows(String function, String reason) {
        try (ComponentInstance instance = open()) {
            assertThatThrownBy(() -> instance.function(function).call(new Thing(3)))
                    .isInstanceOfSatisfying(
                            TrapException.class, e -> assertThat(e.kind()).isEqualTo(Kind.ABI))
                    .hasMessageContaining(reason);
        }
    }

    @ParameterizedTest
    @CsvSource({"drop-twice, does not have", "mix-types, as a thing"})
    void trapsOnMisusedHandles(String function, String reason) {
        try (ComponentInstance instance = open()) {
            assertThatThrownBy(() -> instance.function(function).call(3))
                    .isInstanceOfSatisfying(
                            TrapException.class, e -> assertThat(e.kind()).isEqualTo(Kind.ABI))
                    .hasMessageContaining(reason);
        }
    }

    @Test
    void handlesAreLimited() {
        try (ComponentInstance instance = open(InstanceLimits.defaults().withHandles(10))) {
            instance.function("many-things").call(10);
            assertThat(instance.poisoned()).isFalse();

            assertThatThrownBy(() -> instance.function("many-things").call(1))
                    .isInstanceOfSatisfying(
                            TrapException.class, e -> assertThat(e.kind()).isEqualTo(Kind.LIMIT))
                    .hasMessageContaining("handles");
        }
    }
}
