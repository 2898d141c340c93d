/** The stores against a real PostgreSQL. */
@NullMarked
package dev.warpgrid.server.persistence;

import org.jspecify.annotations.NullMarked;
