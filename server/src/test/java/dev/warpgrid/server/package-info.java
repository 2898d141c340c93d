/** The server as a whole, over its network interfaces. */
@NullMarked
package dev.warpgrid.server;

import org.jspecify.annotations.NullMarked;
