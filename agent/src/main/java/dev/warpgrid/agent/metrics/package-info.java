/**
 * Counts what the agent does, cheaply enough for every request, and says it as reports for the server and as Prometheus
 * text. Touches no socket.
 */
@NullMarked
package dev.warpgrid.agent.metrics;

import org.jspecify.annotations.NullMarked;
