/**
 * What deciders look at: intent, nodes and placements at one moment, as plain immutable records, and the policy they
 * decide by. Owns the judgement of a node's state. May touch the model only; never a clock, a thread or a store.
 */
@NullMarked
package dev.warpgrid.control.snapshot;

import org.jspecify.annotations.NullMarked;
