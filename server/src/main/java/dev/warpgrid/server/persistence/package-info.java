/**
 * The stores on PostgreSQL: JPA entities, which never leave this package, and what implements the ports of
 * {@code dev.warpgrid.server.store}. Each call runs in the caller's transaction; nothing here begins one.
 */
@NullMarked
package dev.warpgrid.server.persistence;

import org.jspecify.annotations.NullMarked;
