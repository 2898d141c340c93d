/** Checks of the process behind warp run and warp serve. */
@NullMarked
package dev.warpgrid.tool;

import org.jspecify.annotations.NullMarked;
