/** The management server. This package owns nothing but its parts; see them. */
@NullMarked
package dev.warpgrid.server;

import org.jspecify.annotations.NullMarked;
