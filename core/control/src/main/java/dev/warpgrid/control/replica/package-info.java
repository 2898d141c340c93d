/**
 * How many instances there are and which: keeps each deployment's count running, replaces what is outdated, lost or
 * cannot run, and says why. May touch snapshots and placement; never a store, a clock or an agent.
 */
@NullMarked
package dev.warpgrid.control.replica;

import org.jspecify.annotations.NullMarked;
