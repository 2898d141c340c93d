/**
 * Speaks with one grid over REST: which grid, with which token, trusting whom. Owns the client's configuration file; never
 * starts or stops a process.
 */
@NullMarked
package dev.warpgrid.cli.client;

import org.jspecify.annotations.NullMarked;
