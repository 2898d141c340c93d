package dev.warpgrid.api;

import org.jspecify.annotations.Nullable;

/**
 * How to apply.
 *
 * @param ifMatch the resource version the caller saw; {@code *} for any existing; null where none is demanded
 * @param createOnly refuse with {@link ErrorCode#CONFLICT} where the name is taken ({@code If-None-Match: *})
 * @param dryRun check everything and change nothing
 */
public record ApplyOptions(@Nullable String ifMatch, boolean createOnly, boolean dryRun) {
    public static ApplyOptions plain() {
        return new ApplyOptions(null, false, false);
    }
}
