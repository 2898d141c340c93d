package dev.warpgrid.api;

import java.time.Instant;

/**
 * One aspect of a status.
 *
 * @param type upper camel case, for example {@code Ready}
 * @param reason one sentence with cause and remedy
 */
public record Condition(String type, boolean state, String reason, Instant since) {}
