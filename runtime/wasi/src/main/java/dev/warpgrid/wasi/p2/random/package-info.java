/** {@code wasi:random} 0.2; the secure half asks the instance's configuration. */
@NullMarked
package dev.warpgrid.wasi.p2.random;

import org.jspecify.annotations.NullMarked;
