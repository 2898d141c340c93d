/** Checks of commands of both kinds with guests that run. */
@NullMarked
package dev.warpgrid.wasi.command;

import org.jspecify.annotations.NullMarked;
