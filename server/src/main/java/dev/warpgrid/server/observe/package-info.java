/**
 * What agents report and what follows from it: facts, metrics, logs, and the status of deployments, instances and nodes.
 * All of it is in memory and bounded, and is rebuilt by asking agents. May touch what the controller last read; never
 * writes intent.
 */
@NullMarked
package dev.warpgrid.server.observe;

import org.jspecify.annotations.NullMarked;
