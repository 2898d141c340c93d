/**
 * {@code wasi_snapshot_preview1} for core modules: commands, reactors, and the host functions they import, over the same
 * configuration, files, limits and waiting as WASI 0.2. Touches files through {@link dev.warpgrid.wasi.files} alone.
 */
@NullMarked
package dev.warpgrid.wasi.p1;

import org.jspecify.annotations.NullMarked;
