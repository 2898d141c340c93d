/** {@code wasi:cli} 0.2: environment, exit, standard streams; there is never a terminal. Touches no stream of the host process. */
@NullMarked
package dev.warpgrid.wasi.p2.cli;

import org.jspecify.annotations.NullMarked;
