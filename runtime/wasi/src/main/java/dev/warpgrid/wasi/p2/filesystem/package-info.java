/** {@code wasi:filesystem} 0.2 of an instance without any folder: it links, and there is nothing to open. Never touches a file. */
@NullMarked
package dev.warpgrid.wasi.p2.filesystem;

import org.jspecify.annotations.NullMarked;
