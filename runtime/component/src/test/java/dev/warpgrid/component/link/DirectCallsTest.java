package dev.warpgrid.component.link;

import static dev.warpgrid.component.testing.WasmBytes.body;
import static dev.warpgrid.component.testing.WasmBytes.module;
import static dev.warpgrid.component.testing.WasmBytes.section;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.component.ComponentLimits;
import dev.warpgrid.component.abi.Trampolines;
import dev.warpgrid.component.binary.CoreModuleBinary;
import dev.warpgrid.component.binary.CoreModuleReader;
import dev.warpgrid.component.engine.CoreHostFunction;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DirectCallsTest {
    private static final byte[] TYPE = section(1, 1, 0x60, 1, 0x7f, 0);
    private static final Object JUMP_0 = body(0x20, 0, 0x41, 0, 0x11, 0, 0);
    private static final Object JUMP_1 = body(0x20, 0, 0x41, 1, 0x11, 0, 0);
    private static final CoreModuleBinary SHIM = shim(JUMP_0, JUMP_1);
    private static final CoreModuleBinary MAIN =
            read(TYPE, section(2, 2, "h", "a", 0, 0, "h", "b", 0, 0), section(5, 1, 0, 1));
    private static final CoreModuleBinary FILLER = read(
            TYPE,
            section(2, 3, "", "0", 0, 0, "", "1", 0, 0, "", "$imports", 1, 0x70, 0, 2),
            section(9, 1, 0, 0x41, 0, 0x0b, 2, 0, 1));

    private static final CoreSource FIRST = host();
    private static final CoreSource SECOND = host();
    private static final CoreSource SLOT_0 = new CoreSource.Exported(0, "0");
    private static final CoreSource SLOT_1 = new CoreSource.Exported(0, "1");
    private static final CoreSource TABLE = new CoreSource.Exported(0, "$imports");
    private static final CoreSource LATER = new CoreSource.Exported(1, "late");

    private static CoreSource host() {
        return new CoreSource.Host(new CoreHostFunction(Trampolines.TAKES_HANDLE, (context, arguments) -> 0));
    }

    private static CoreModuleBinary read(byte[]... sections) {
        return CoreModuleReader.read(module(sections), ComponentLimits.defaults());
    }

    private static CoreModuleBinary shim(Object first, Object second) {
        return read(
                TYPE,
                section(3, 2, 0, 0),
                section(4, 1, 0x70, 1, 2, 2),
                section(7, 3, "0", 0, 0, "1", 0, 1, "$imports", 1, 0),
                section(10, 2, first, second));
    }

    private static List<Plan.Step> steps(CoreSource first, CoreSource second) {
        return List.of(
                new Plan.Step(0, 0, List.of()),
                new Plan.Step(1, 1, List.of(SLOT_0, SLOT_1)),
                new Plan.Step(2, 2, List.of(first, second, TABLE)));
    }

    private static List<Plan.Step> resolve(CoreModuleBinary shim, CoreModuleBinary main, List<Plan.Step> steps) {
        return DirectCalls.resolve(List.of(shim, main, FILLER), steps, Set.of());
    }

    @Test
    void leavesOutAShimWhoseSlotsAllHoldFunctionsOfTheHost() {
        assertThat(resolve(SHIM, MAIN, steps(FIRST, SECOND)))
                .containsExactly(new Plan.Step(1, 1, List.of(FIRST, SECOND)));
    }

    @Test
    void keepsAShimThatJumpsToAGuestAndBindsTheRest() {
        List<Plan.Step> steps = steps(LATER, SECOND);

        assertThat(resolve(SHIM, MAIN, steps))
                .containsExactly(steps.get(0), new Plan.Step(1, 1, List.of(SLOT_0, SECOND)), steps.get(2));
    }

    @Test
    void keepsAShimThatSomethingElseRefersTo() {
        List<Plan.Step> resolved =
                DirectCalls.resolve(List.of(SHIM, MAIN, FILLER), steps(FIRST, SECOND), Set.of(SLOT_0));

        assertThat(resolved).extracting(Plan.Step::instance).containsExactly(0, 1, 2);
    }

    @Test
    void changesNothingWhenSomebodyElseImportsTheTable() {
        CoreModuleBinary nosy = read(TYPE, section(2, 2, "h", "a", 0, 0, "h", "t", 1, 0x70, 0, 2));
        List<Plan.Step> steps = List.of(
                new Plan.Step(0, 0, List.of()),
                new Plan.Step(1, 1, List.of(SLOT_0, TABLE)),
                new Plan.Step(2, 2, List.of(FIRST, SECOND, TABLE)));

        assertThat(resolve(SHIM, nosy, steps)).isEqualTo(steps);
    }

    @Test
    void changesNothingWhenCodeRunsBeforeTheSlotsAreFilled() {
        CoreModuleBinary eager = read(
                section(1, 2, 0x60, 1, 0x7f, 0, 0x60, 0, 0),
                section(2, 2, "h", "a", 0, 0, "h", "b", 0, 0),
                section(3, 1, 1),
                section(8, 2),
                section(10, 1, body()));

        assertThat(resolve(SHIM, eager, steps(FIRST, SECOND))).isEqualTo(steps(FIRST, SECOND));
    }

    @Test
    void changesNothingWhenABodyDoesMoreThanJump() {
        CoreModuleBinary other = shim(JUMP_0, body(0x41, 7, 0x41, 1, 0x11, 0, 0));

        assertThat(resolve(other, MAIN, steps(FIRST, SECOND))).isEqualTo(steps(FIRST, SECOND));
    }

    @Test
    void changesNothingWhenABodyIsBroken() {
        CoreModuleBinary broken = shim(JUMP_0, body(0x20, 0, 0x41, 1, 0x11, 5, 0));

        assertThat(resolve(broken, MAIN, steps(FIRST, SECOND))).isEqualTo(steps(FIRST, SECOND));
    }
}
