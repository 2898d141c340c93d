/** What happened, as a list that is live. */
@NullMarked
package dev.warpgrid.ui.events;

import org.jspecify.annotations.NullMarked;
