package dev.warpgrid.server.service;

import dev.warpgrid.api.ApiException;

/** How far back measures may be asked for. */
final class Windows {
    static final int MAXIMUM_SECONDS = 3600;

    private Windows() {}

    static void requireSeconds(int seconds) {
        if (seconds < 1 || seconds > MAXIMUM_SECONDS) {
            throw ApiException.invalid(
                    "/seconds",
                    "Measures reach back 1 to " + MAXIMUM_SECONDS + " seconds, and " + seconds + " were asked for.");
        }
    }
}
