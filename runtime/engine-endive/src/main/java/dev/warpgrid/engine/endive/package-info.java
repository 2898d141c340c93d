/** Core WebAssembly on Endive, an engine in pure Java that needs no JVM flags. The only package that may touch it. */
@NullMarked
package dev.warpgrid.engine.endive;

import org.jspecify.annotations.NullMarked;
