/**
 * What the server keeps, as the services see it: records and one port for each kind of thing. Implementations live in
 * {@code persistence}; each call runs in the caller's transaction. Knows no container and no JPA.
 */
@NullMarked
package dev.warpgrid.server.store;

import org.jspecify.annotations.NullMarked;
