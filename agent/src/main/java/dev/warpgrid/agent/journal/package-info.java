/**
 * What the agent remembers over a restart: the last desired state, artifacts by their digest, and restart counts. Owns the
 * journal and artifact folders of the agent's home. Every write is whole or not there: a new file, forced to disk, renamed.
 */
@NullMarked
package dev.warpgrid.agent.journal;

import org.jspecify.annotations.NullMarked;
