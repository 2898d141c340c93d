/**
 * {@code warp up} and {@code warp down}: brings the parts of the local grid to run in order, signs the command line in,
 * deploys the sample, and ends the parts in the other order. Uses the processes of {@code local} and the REST client.
 */
@NullMarked
package dev.warpgrid.cli.up;

import org.jspecify.annotations.NullMarked;
