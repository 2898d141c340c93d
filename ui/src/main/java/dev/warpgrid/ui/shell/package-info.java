/** What surrounds every view: navigation, connection state, shortcuts, command palette, sign-out. */
@NullMarked
package dev.warpgrid.ui.shell;

import org.jspecify.annotations.NullMarked;
