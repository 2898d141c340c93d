/**
 * Programs with a beginning and an end, of either kind: components that export {@code wasi:cli/run} and preview 1 modules
 * that export {@code _start}. Owns no interface of WASI itself.
 */
@NullMarked
package dev.warpgrid.wasi.command;

import org.jspecify.annotations.NullMarked;
