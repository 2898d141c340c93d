package dev.warpgrid.component.binary;

import org.jspecify.annotations.Nullable;

/** A value type where one is used: a primitive, or an index into the type space when that is null. */
public record TypeRef(@Nullable Primitive primitive, int index) {}
