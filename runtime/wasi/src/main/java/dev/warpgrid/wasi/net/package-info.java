/**
 * Which parts of the network guests may reach: rules of names, addresses and ports, shared by HTTP and sockets. Everything
 * is denied that no rule allows. Opens no connection itself.
 */
@NullMarked
package dev.warpgrid.wasi.net;

import org.jspecify.annotations.NullMarked;
