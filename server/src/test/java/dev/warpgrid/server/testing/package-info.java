/** Real parts for tests: a PostgreSQL of their own and the server as it is shipped. */
@NullMarked
package dev.warpgrid.server.testing;

import org.jspecify.annotations.NullMarked;
