package dev.warpgrid.api;

import org.jspecify.annotations.Nullable;

/**
 * What a namespace may hold at most; null for no limit.
 *
 * @param memory of all instances that its deployments ask for, each at its limit; for example {@code 4GiB}
 * @param artifacts bytes of all its artifacts; for example {@code 1GiB}
 */
public record Quota(
        @Nullable String memory,
        @Nullable Long instances,
        @Nullable Long deployments,
        @Nullable String artifacts) {
    public static Quota none() {
        return new Quota(null, null, null, null);
    }
}
