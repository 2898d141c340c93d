package dev.warpgrid.server.access;

/** Fired in the transaction that changes who may do what. */
public record AccessChanged() {}
