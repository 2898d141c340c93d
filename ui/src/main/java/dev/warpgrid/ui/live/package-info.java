/** Time and push. The only package that knows threads: it polls, subscribes and hands results to a page, coalesced. */
@NullMarked
package dev.warpgrid.ui.live;

import org.jspecify.annotations.NullMarked;
