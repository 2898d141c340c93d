/**
 * {@code wasi:filesystem} 0.2 over the folders of the instance's configuration; without any it links, and there is nothing
 * to open. Touches files through {@link dev.warpgrid.wasi.files} alone.
 */
@NullMarked
package dev.warpgrid.wasi.p2.filesystem;

import org.jspecify.annotations.NullMarked;
