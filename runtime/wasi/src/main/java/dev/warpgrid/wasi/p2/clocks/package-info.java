/** {@code wasi:clocks} 0.2 over the clocks of the instance's configuration. */
@NullMarked
package dev.warpgrid.wasi.p2.clocks;

import org.jspecify.annotations.NullMarked;
