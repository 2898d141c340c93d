/**
 * Keeps what instances say: stamps lines, holds the newest in memory and a bounded past on disk, and feeds readers. Owns
 * the log folder of the agent's home; touches nothing else on disk and no network.
 */
@NullMarked
package dev.warpgrid.agent.logs;

import org.jspecify.annotations.NullMarked;
