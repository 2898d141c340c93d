package dev.warpgrid.server.rest;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.server.service.DurationText;
import java.time.Duration;

/** Durations in bodies. */
final class Durations {
    private Durations() {}

    static Duration read(String pointer, String text) {
        try {
            return DurationText.parse(text);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(pointer, e.getMessage() == null ? "This is no duration." : e.getMessage());
        }
    }
}
