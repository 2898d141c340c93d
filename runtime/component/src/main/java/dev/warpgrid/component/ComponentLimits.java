package dev.warpgrid.component;

/**
 * What the reader accepts, so that a hostile binary costs little.
 *
 * @param binaryBytes  the whole component
 * @param nesting      components, component types and instance types inside each other
 * @param definitions  entries of all index spaces together
 * @param instances    component and core instances that one instantiation would make
 * @param typeNesting  value types inside each other
 * @param valueBytes   the flat size of one value in linear memory, lists and strings counted as their two words
 * @param nameBytes    one name
 */
public record ComponentLimits(
        int binaryBytes, int nesting, int definitions, int instances, int typeNesting, int valueBytes, int nameBytes) {
    private static final ComponentLimits DEFAULTS =
            new ComponentLimits(256 << 20, 32, 1_000_000, 1_000, 100, (1 << 28) - 1, 100_000);

    public ComponentLimits {
        requirePositive("binaryBytes", binaryBytes);
        requirePositive("nesting", nesting);
        requirePositive("definitions", definitions);
        requirePositive("instances", instances);
        requirePositive("typeNesting", typeNesting);
        requirePositive("valueBytes", valueBytes);
        requirePositive("nameBytes", nameBytes);
    }

    public static ComponentLimits defaults() {
        return DEFAULTS;
    }

    private static void requirePositive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException("The limit " + name + " must be positive and is " + value + ".");
        }
    }
}
