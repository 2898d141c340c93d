/**
 * How a deployment passes from one revision to the next: the policy people write, the state the controller keeps, and the
 * pure machine between them. It says how many instances of which revision there are to be and what share of the requests
 * each gets. May touch snapshots and the model; never places an instance, never builds a route.
 */
@NullMarked
package dev.warpgrid.control.rollout;

import org.jspecify.annotations.NullMarked;
