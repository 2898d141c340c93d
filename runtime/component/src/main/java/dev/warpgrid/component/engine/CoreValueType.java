package dev.warpgrid.component.engine;

/** A number type of core WebAssembly. */
public enum CoreValueType {
    I32,
    I64,
    F32,
    F64
}
