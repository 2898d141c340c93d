package dev.warpgrid.component.engine;

/** What a core module may import or export. Objects of one store are of no use in another, host functions excepted. */
public sealed interface CoreExtern permits CoreFunction, CoreGlobal, CoreHostFunction, CoreMemory, CoreOpaque {}
