/**
 * {@code wasi:sockets} 0.2: TCP, UDP and name look-up within the configuration's policy; without one it links and creating
 * and resolving answer {@code access-denied}. Owns the sockets of guests and the one thread that tells when they are ready.
 */
@NullMarked
package dev.warpgrid.wasi.p2.sockets;

import org.jspecify.annotations.NullMarked;
