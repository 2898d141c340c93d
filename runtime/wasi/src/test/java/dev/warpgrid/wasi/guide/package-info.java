/** The programs of docs/runtime.md, compiled and run: a change here is a change there. */
@NullMarked
package dev.warpgrid.wasi.guide;

import org.jspecify.annotations.NullMarked;
