package dev.warpgrid.model;

/** One instance that a node is to run. */
public record Assignment(InstanceId instance, RevisionId revision) {}
