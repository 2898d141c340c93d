/** Checks of wasi:http: the resources by themselves, and real guests on the engine. */
@NullMarked
package dev.warpgrid.wasi.http;

import org.jspecify.annotations.NullMarked;
