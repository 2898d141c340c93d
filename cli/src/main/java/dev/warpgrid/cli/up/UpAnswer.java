package dev.warpgrid.cli.up;

import org.jspecify.annotations.Nullable;

/**
 * What {@code warp up} answers.
 *
 * @param sample an address of the sample that has just answered; null where it is not deployed
 */
public record UpAnswer(
        String dashboard,
        String api,
        String ingress,
        String user,
        @Nullable String password,
        String dataDir,
        @Nullable String sample) {
    @Override
    public String toString() {
        return dashboard;
    }
}
