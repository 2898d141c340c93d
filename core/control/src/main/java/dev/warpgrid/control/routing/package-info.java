/**
 * What a node is to do, built from the snapshot: its instances, the revisions they need and its routes. May touch
 * snapshots and the model; never sends anything.
 */
@NullMarked
package dev.warpgrid.control.routing;

import org.jspecify.annotations.NullMarked;
