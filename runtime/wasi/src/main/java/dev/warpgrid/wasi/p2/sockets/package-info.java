/** {@code wasi:sockets} 0.2 where none is granted: it links, and creating or resolving answers access-denied. Never opens one. */
@NullMarked
package dev.warpgrid.wasi.p2.sockets;

import org.jspecify.annotations.NullMarked;
