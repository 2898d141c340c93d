/** Who may do what: the caller, the users, who holds which role. Decides nothing; the services do. */
@NullMarked
package dev.warpgrid.ui.access;

import org.jspecify.annotations.NullMarked;
