package dev.warpgrid.agent.ingress;

import java.util.function.IntSupplier;

/**
 * A revision that this node has.
 *
 * @param instances how many of its instances answer now
 */
public record LocalRevision(Target target, IntSupplier instances) {}
