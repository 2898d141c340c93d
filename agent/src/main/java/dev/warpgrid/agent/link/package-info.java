/**
 * The agent's connection to a server: joining, the node's certificate, the one long stream and artifact downloads. Owns
 * the identity folder of the agent's home. The node keeps serving without it.
 */
@NullMarked
package dev.warpgrid.agent.link;

import org.jspecify.annotations.NullMarked;
