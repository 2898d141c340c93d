/** Checks of sockets through the functions that guests call. */
@NullMarked
package dev.warpgrid.wasi.p2.sockets;

import org.jspecify.annotations.NullMarked;
