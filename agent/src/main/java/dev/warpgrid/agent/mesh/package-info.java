/**
 * Requests that another node answers: the table of the grid's routes, the choice among endpoints, the calls to other nodes
 * and the certificates for both directions. Owns the connections to other nodes; touches guests only through the places of
 * the ingress, and never decides where instances run.
 */
@NullMarked
package dev.warpgrid.agent.mesh;

import org.jspecify.annotations.NullMarked;
