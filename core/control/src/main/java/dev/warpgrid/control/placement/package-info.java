/**
 * Where an instance may run, and why: filters with vetoes, then scores. A refusal is a value with its reasons, not an
 * error. May touch snapshots and the model; never decides how many instances there are.
 */
@NullMarked
package dev.warpgrid.control.placement;

import org.jspecify.annotations.NullMarked;
