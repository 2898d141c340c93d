/**
 * Runs the deciders: one loop on the server that holds the lease reads the grid, decides, checks the plan in the
 * committing transaction and hands each node its new desired state. May touch stores and facts; decides nothing itself.
 */
@NullMarked
package dev.warpgrid.server.control;

import org.jspecify.annotations.NullMarked;
