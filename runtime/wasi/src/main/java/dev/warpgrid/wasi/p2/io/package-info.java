/** {@code wasi:io} 0.2: errors, pollables and streams, and the base classes other interfaces build their streams on. */
@NullMarked
package dev.warpgrid.wasi.p2.io;

import org.jspecify.annotations.NullMarked;
