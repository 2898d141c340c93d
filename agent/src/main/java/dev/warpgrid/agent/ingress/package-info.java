/**
 * Takes HTTP requests, finds their route and carries them between the event loops and the guest threads. Owns the sockets
 * of the ingress; knows guests only through their pools, never the runtime.
 */
@NullMarked
package dev.warpgrid.agent.ingress;

import org.jspecify.annotations.NullMarked;
