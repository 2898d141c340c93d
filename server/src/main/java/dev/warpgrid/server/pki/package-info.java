/**
 * The grid's certificates: its authority, the server's own certificate for HTTPS and agents, the certificates of nodes
 * and the tokens that let nodes ask for one. Keys are files of mode 0600 in the server's home. May touch files, stores
 * and the clock; knows no resource of the grid.
 */
@NullMarked
package dev.warpgrid.server.pki;

import org.jspecify.annotations.NullMarked;
