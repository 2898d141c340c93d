package dev.warpgrid.component.binary;

import static dev.warpgrid.component.testing.WasmBytes.bytes;
import static dev.warpgrid.component.testing.WasmBytes.module;
import static dev.warpgrid.component.testing.WasmBytes.section;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warpgrid.component.ComponentLimits;
import dev.warpgrid.component.MalformedComponentException;
import dev.warpgrid.component.binary.CoreModuleRewriter.Caps;
import org.junit.jupiter.api.Test;

class CoreModuleRewriterTest {
    private static CoreModuleBinary read(byte[] module) {
        return CoreModuleReader.read(module, ComponentLimits.defaults());
    }

    private static CoreModuleBinary rewritten(byte[] module, Caps caps) {
        return read(CoreModuleRewriter.rewrite(read(module), caps));
    }

    @Test
    void givesAMemoryWithoutMaximumTheCap() {
        CoreModuleBinary capped = rewritten(module(section(5, 1, 0, 3)), new Caps(7, 10));

        assertThat(capped.memories()).containsExactly(new CoreType.Memory(3, 10, false, false));
    }

    @Test
    void keepsASmallerDeclaredMaximum() {
        CoreModuleBinary capped = rewritten(module(section(5, 1, 1, 3, 5)), new Caps(7, 10));

        assertThat(capped.memories()).containsExactly(new CoreType.Memory(3, 5, false, false));
    }

    @Test
    void capsTables() {
        CoreModuleBinary capped = rewritten(module(section(4, 2, 0x70, 0, 2, 0x6f, 1, 1, 50)), new Caps(0, 20));

        assertThat(capped.tables())
                .containsExactly(new CoreType.Table(0x70, 2, 22, false), new CoreType.Table(0x6f, 1, 21, false));
    }

    @Test
    void exportsMemoriesAndMutableGlobalsUnderReservedNames() {
        byte[] memory = section(5, 1, 0, 1);
        byte[] globals = section(6, 3, 0x7f, 1, 0x41, 1, 0x0b, 0x7e, 0, 0x42, 2, 0x0b, 0x7d, 1, 0x43, 0, 0, 0, 0, 0x0b);
        byte[] exports = section(7, 1, "mem", 2, 0);

        assertThat(rewritten(module(memory, globals, exports), new Caps(1, 1)).exports())
                .containsOnlyKeys("mem", "warpgrid:memory:0", "warpgrid:global:0", "warpgrid:global:2")
                .containsEntry("warpgrid:global:2", new CoreType.Global(0x7d, true));
    }

    @Test
    void makesAnExportSectionInItsPlace() {
        byte[] type = section(1, 1, 0x60, 0, 0);
        byte[] function = section(3, 1, 0);
        byte[] memory = section(5, 1, 0, 1);
        byte[] start = section(8, 0);
        byte[] code = section(10, 1, bytes(2, 0, 0x0b));

        CoreModuleBinary capped = rewritten(module(type, function, memory, start, code), new Caps(1, 1));

        assertThat(capped.exports()).containsOnlyKeys("warpgrid:memory:0");
        assertThat(capped.startFunction()).isTrue();
    }

    @Test
    void countsImportedGlobalsAndMemoriesInTheIndexes() {
        byte[] imports = section(2, 2, "a", "m", 2, 0, 1, "a", "g", 3, 0x7f, 1);
        byte[] memory = section(5, 1, 0, 2);
        byte[] globals = section(6, 1, 0x7e, 1, 0x42, 2, 0x0b);

        assertThat(rewritten(module(imports, memory, globals), new Caps(1, 1)).exports())
                .containsEntry("warpgrid:memory:0", new CoreType.Memory(2, 3, false, false))
                .containsEntry("warpgrid:global:0", new CoreType.Global(0x7e, true));
    }

    @Test
    void leavesAModuleWithoutMemoriesAsItIs() {
        byte[] plain = module(section(1, 1, 0x60, 0, 0), section(0, "note", 1, 2, 3));

        assertThat(CoreModuleRewriter.rewrite(read(plain), new Caps(1, 1))).isEqualTo(plain);
    }

    @Test
    void refusesProposalsThatNoEngineHereRuns() {
        assertThatThrownBy(() -> read(module(section(1, 1, 0x5f, 0))))
                .isInstanceOf(MalformedComponentException.class)
                .hasMessageContaining("garbage collection");
    }

    @Test
    void refusesSectionsOutOfOrder() {
        assertThatThrownBy(() -> read(module(section(5, 1, 0, 1), section(1, 0))))
                .isInstanceOf(MalformedComponentException.class)
                .hasMessageContaining("out of order");
    }
}
