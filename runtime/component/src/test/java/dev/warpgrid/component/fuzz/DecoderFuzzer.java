package dev.warpgrid.component.fuzz;

import dev.warpgrid.component.Component;
import dev.warpgrid.component.ComponentLimits;
import dev.warpgrid.component.MalformedComponentException;

/** Any bytes: a component, or a refusal of the library's own that names a byte of them. */
public final class DecoderFuzzer {
    static final ComponentLimits LIMITS = new ComponentLimits(1 << 20, 32, 20_000, 200, 50, 1 << 24, 10_000);

    private DecoderFuzzer() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            Component component = Component.parse(data, LIMITS);
            component.imports();
            component.exports();
            component.modules();
        } catch (MalformedComponentException refused) {
            if (refused.offset() < 0 || refused.offset() > data.length) {
                throw new AssertionError("The offset lies outside the bytes.", refused);
            }
        }
    }
}
