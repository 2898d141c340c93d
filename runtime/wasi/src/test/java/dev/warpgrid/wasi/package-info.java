/** Checks of what a host gives to guests, without an engine. */
@NullMarked
package dev.warpgrid.wasi;

import org.jspecify.annotations.NullMarked;
