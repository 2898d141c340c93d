/**
 * The warp command: its entry, its exit codes and the way errors are told. May use the management contract, and only that,
 * to speak with a grid; never opens the server's database or an agent's files.
 */
@NullMarked
package dev.warpgrid.cli;

import org.jspecify.annotations.NullMarked;
