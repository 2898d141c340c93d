/**
 * Who is asking: local users, sessions of browsers, access tokens, the login page. The local mechanism exists in local mode
 * only; with an identity provider Liberty's own features take its place. Decides nothing about what a caller may do.
 */
@NullMarked
package dev.warpgrid.server.identity;

import org.jspecify.annotations.NullMarked;
