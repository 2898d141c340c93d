/**
 * Runs calls on guests: the seam to the runtime, the instance pool of each revision, the bounded guest threads and the
 * watchdog over their limits. Knows requests only as an {@link dev.warpgrid.agent.guest.Exchange}; never touches a socket
 * or the network framework.
 */
@NullMarked
package dev.warpgrid.agent.guest;

import org.jspecify.annotations.NullMarked;
