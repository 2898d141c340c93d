/**
 * How a deployment is doing, in a word and a sentence, computed from what agents report and from why nothing better was
 * possible. May touch snapshots and reasons; never a clock.
 */
@NullMarked
package dev.warpgrid.control.status;

import org.jspecify.annotations.NullMarked;
