/** Core WebAssembly on GraalWasm. The only package that may touch {@code org.graalvm}. */
@NullMarked
package dev.warpgrid.engine.graalwasm;

import org.jspecify.annotations.NullMarked;
