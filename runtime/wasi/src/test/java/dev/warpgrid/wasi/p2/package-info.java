/** Checks of the smaller WASI 0.2 interfaces through the functions that guests call. */
@NullMarked
package dev.warpgrid.wasi.p2;

import org.jspecify.annotations.NullMarked;
