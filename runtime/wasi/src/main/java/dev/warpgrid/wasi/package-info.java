/** WASI host interfaces, deny by default: a guest reaches only what its {@code WasiConfig} hands it. */
@NullMarked
package dev.warpgrid.wasi;

import org.jspecify.annotations.NullMarked;
