/**
 * What a host gives to the guests it runs: configuration, clocks, randomness, a log sink and the limits, and the state
 * that each instance has. Deny by default: a guest reaches only what its {@link dev.warpgrid.wasi.WasiConfig} hands it.
 * Touches no framework and no stream of the process; files and the network only as far as the configuration grants them.
 */
@NullMarked
package dev.warpgrid.wasi;

import org.jspecify.annotations.NullMarked;
