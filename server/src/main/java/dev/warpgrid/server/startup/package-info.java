/**
 * How the server comes up: settings from the environment, the database's migration, the order of what follows, the
 * executor, health. May touch the container; knows no resource of the grid.
 */
@NullMarked
package dev.warpgrid.server.startup;

import org.jspecify.annotations.NullMarked;
