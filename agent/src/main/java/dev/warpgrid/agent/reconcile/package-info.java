/**
 * Decides what the agent does next: a pure function of what is wanted, what is there and the time. Sees no clock, thread,
 * random, socket or file, so that a simulation replays it from a seed.
 */
@NullMarked
package dev.warpgrid.agent.reconcile;

import org.jspecify.annotations.NullMarked;
