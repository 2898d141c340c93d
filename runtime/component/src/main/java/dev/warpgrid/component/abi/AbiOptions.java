package dev.warpgrid.component.abi;

import dev.warpgrid.component.binary.CanonOptions.StringEncoding;
import org.jspecify.annotations.Nullable;

/** The options of a lift or lower, resolved. */
public record AbiOptions(
        StringEncoding encoding,
        @Nullable CoreRef memory,
        @Nullable CoreRef realloc,
        @Nullable CoreRef postReturn) {}
