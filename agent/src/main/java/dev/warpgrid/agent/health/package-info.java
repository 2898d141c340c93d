/**
 * Tells whether the agent is ready, and its metrics, over HTTP on loopback. Reads the other packages' figures and changes
 * nothing.
 */
@NullMarked
package dev.warpgrid.agent.health;

import org.jspecify.annotations.NullMarked;
