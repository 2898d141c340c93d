/** Benchmarks. Each prints a ratio to a named reference measured in the same run; none is a test with a time limit. */
@NullMarked
package dev.warpgrid.benchmarks;

import org.jspecify.annotations.NullMarked;
