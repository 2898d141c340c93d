/** Checks of what rules allow. */
@NullMarked
package dev.warpgrid.wasi.net;

import org.jspecify.annotations.NullMarked;
