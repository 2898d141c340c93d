/** Rules of signing in. */
@NullMarked
package dev.warpgrid.server.identity;

import org.jspecify.annotations.NullMarked;
