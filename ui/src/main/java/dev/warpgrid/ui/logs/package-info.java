/** The log of any deployment, by itself. */
@NullMarked
package dev.warpgrid.ui.logs;

import org.jspecify.annotations.NullMarked;
