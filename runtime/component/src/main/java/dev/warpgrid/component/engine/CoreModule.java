package dev.warpgrid.component.engine;

/** A module an engine has taken: immutable, shared by all stores of that engine. */
public interface CoreModule {
    String name();
}
