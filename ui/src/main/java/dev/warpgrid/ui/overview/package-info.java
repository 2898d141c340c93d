/** The first screen: is everything well, and what changed? */
@NullMarked
package dev.warpgrid.ui.overview;

import org.jspecify.annotations.NullMarked;
