/**
 * The dashboard. Owns the application shell and what the server must provide: the services of {@code dev.warpgrid.api} and
 * a {@link dev.warpgrid.ui.SignedInUser}, injected into the constructors of views. May touch Vaadin; never a session, a
 * thread, a clock or a database.
 */
@NullMarked
package dev.warpgrid.ui;

import org.jspecify.annotations.NullMarked;
