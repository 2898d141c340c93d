/**
 * Bytes to definitions: readers of core modules and components, and the pass that caps a core module. It owns the
 * decoded forms, which hold indexes as they stand in the binary; it may touch the limits and exceptions of the public
 * package, and never resolves a type or knows an engine.
 */
@NullMarked
package dev.warpgrid.component.binary;

import org.jspecify.annotations.NullMarked;
