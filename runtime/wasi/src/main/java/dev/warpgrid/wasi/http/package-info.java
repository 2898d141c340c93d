/**
 * {@code wasi:http} 0.2: the face that an HTTP server drives ({@link dev.warpgrid.wasi.http.HttpComponent} and what it
 * takes), and behind it, package-private, the resources of {@code wasi:http/types}. Knows no HTTP server, opens no
 * connection; a guest's outgoing request is denied.
 */
@NullMarked
package dev.warpgrid.wasi.http;

import org.jspecify.annotations.NullMarked;
