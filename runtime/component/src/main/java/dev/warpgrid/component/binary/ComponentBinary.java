package dev.warpgrid.component.binary;

import java.util.List;

/**
 * A component as its sections define it, in order; indexes are as in the binary and not yet checked against their
 * spaces.
 *
 * @param offset where it begins, in bytes
 */
public record ComponentBinary(List<Definition> definitions, int offset) {
    public ComponentBinary {
        definitions = List.copyOf(definitions);
    }
}
