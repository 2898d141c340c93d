package dev.warpgrid.server.service;

/** Fired in the transaction that deletes a namespace, before its row goes: whoever keeps things by namespace lets them go. */
public record NamespaceEmptied(String namespace) {}
