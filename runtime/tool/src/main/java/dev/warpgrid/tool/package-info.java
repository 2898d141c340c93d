/**
 * One guest in a process of its own, without a grid: runs a command to its end, or answers requests with a handler. Started
 * by the command line in a second JVM, since the engine's compiler needs flags that the command line does without. Touches
 * the standard streams of the process, and the files and ports its options name.
 */
@NullMarked
package dev.warpgrid.tool;

import org.jspecify.annotations.NullMarked;
