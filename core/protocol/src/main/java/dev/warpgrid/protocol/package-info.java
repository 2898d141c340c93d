/**
 * The words between server and agent: generated messages in {@code v1}, their versions, and the one mapping between them
 * and the model. Sees no socket: both ends bring their own channel.
 */
@NullMarked
package dev.warpgrid.protocol;

import org.jspecify.annotations.NullMarked;
