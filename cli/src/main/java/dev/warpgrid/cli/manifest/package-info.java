/**
 * A deployment as a file: {@code warp.toml} in the contract's own names, its schema, and where in the file a fault is. May
 * read files and the contract's records; never talks to a grid.
 */
@NullMarked
package dev.warpgrid.cli.manifest;

import org.jspecify.annotations.NullMarked;
