/**
 * Resolved types of the Component Model: values, functions and resources, with the sizes that the Canonical ABI gives
 * them. It owns type identity; it may touch the binary forms' primitives, and never a value or an engine.
 */
@NullMarked
package dev.warpgrid.component.types;

import org.jspecify.annotations.NullMarked;
