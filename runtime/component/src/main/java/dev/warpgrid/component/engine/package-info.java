/**
 * The seam to engines of core WebAssembly. It owns the interfaces an engine implements and the trap kinds it maps to;
 * it may touch the exceptions of the public package, and never a component type or a polyglot class.
 */
@NullMarked
package dev.warpgrid.component.engine;

import org.jspecify.annotations.NullMarked;
