package dev.warpgrid.component.engine;

/** A table, or another extern that a host only passes on from one module to the next. */
public non-sealed interface CoreOpaque extends CoreExtern {}
