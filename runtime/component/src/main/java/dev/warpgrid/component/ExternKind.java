package dev.warpgrid.component;

/** What an import or export of a component is. */
public enum ExternKind {
    CORE_MODULE,
    FUNCTION,
    VALUE,
    TYPE,
    COMPONENT,
    INSTANCE
}
