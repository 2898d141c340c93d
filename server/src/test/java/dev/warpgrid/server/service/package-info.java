/** Rules of the services, without a database. */
@NullMarked
package dev.warpgrid.server.service;

import org.jspecify.annotations.NullMarked;
