/**
 * The product as a user meets it: {@code ./warp} starts real processes, HTTP goes through the real ingress, a real browser
 * opens the dashboard. Touches the product only through its command line, its addresses and its processes' ids.
 */
@NullMarked
package dev.warpgrid.system;

import org.jspecify.annotations.NullMarked;
