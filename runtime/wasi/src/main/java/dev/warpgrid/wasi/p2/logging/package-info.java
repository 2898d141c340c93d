/** {@code wasi:logging} 0.1.0-draft into the instance's log sink. */
@NullMarked
package dev.warpgrid.wasi.p2.logging;

import org.jspecify.annotations.NullMarked;
