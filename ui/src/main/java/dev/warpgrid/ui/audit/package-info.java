/** Who did this? The trail of writes, searched. Changes nothing. */
@NullMarked
package dev.warpgrid.ui.audit;

import org.jspecify.annotations.NullMarked;
