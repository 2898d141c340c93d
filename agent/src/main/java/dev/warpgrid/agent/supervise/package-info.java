/**
 * Carries out what the reconciler decides and tells what came of it. Owns the life of every instance: one thread holds all
 * state, work that takes time runs elsewhere and comes back as an event. Never touches the network itself.
 */
@NullMarked
package dev.warpgrid.agent.supervise;

import org.jspecify.annotations.NullMarked;
