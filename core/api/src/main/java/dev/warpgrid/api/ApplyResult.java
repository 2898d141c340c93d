package dev.warpgrid.api;

import java.util.List;

/**
 * What an apply did, or with a dry run would do.
 *
 * @param outcome {@code CREATED}, {@code UPDATED} or {@code UNCHANGED}
 */
public record ApplyResult(Outcome outcome, Deployment deployment, List<Change> changes) {
    /** What became of the deployment. */
    public enum Outcome {
        CREATED,
        UPDATED,
        UNCHANGED
    }

    /** @param pointer JSON pointer into the deployment; {@code before} and {@code after} are empty where there is none */
    public record Change(String pointer, String before, String after) {}
}
