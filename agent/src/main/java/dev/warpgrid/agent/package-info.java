/**
 * The node agent's process: reads its arguments, wires the packages below by hand and ends them in order. May touch all
 * of them; none of them touches this one.
 */
@NullMarked
package dev.warpgrid.agent;

import org.jspecify.annotations.NullMarked;
