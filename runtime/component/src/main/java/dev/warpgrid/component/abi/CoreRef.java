package dev.warpgrid.component.abi;

import dev.warpgrid.component.engine.CoreHostFunction;
import org.jspecify.annotations.Nullable;

/**
 * A core function or memory that plans use, found once for each running instance.
 *
 * @param slot         where a running instance keeps it
 * @param coreInstance the index of the core instance that exports it; unused for a function of the host
 * @param host         a function that a canonical definition made, when it is one
 */
public record CoreRef(
        int slot, int coreInstance, String name, @Nullable CoreHostFunction host) {}
