package dev.warpgrid.component.binary;

/** The value types that are made of nothing else. */
public enum Primitive {
    BOOL,
    S8,
    U8,
    S16,
    U16,
    S32,
    U32,
    S64,
    U64,
    F32,
    F64,
    CHAR,
    STRING,
    ERROR_CONTEXT
}
