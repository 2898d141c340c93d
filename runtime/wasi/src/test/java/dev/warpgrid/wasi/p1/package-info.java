/** Checks of preview 1 with modules that run. */
@NullMarked
package dev.warpgrid.wasi.p1;

import org.jspecify.annotations.NullMarked;
