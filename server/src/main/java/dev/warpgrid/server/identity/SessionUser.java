package dev.warpgrid.server.identity;

import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a browser's session knows of its user.
 *
 * @param version of the user when the session began; see {@link LocalUsers#isCurrent}
 */
record SessionUser(String name, long version) implements Serializable {
    private static final String ATTRIBUTE = "dev.warpgrid.user";

    static Optional<SessionUser> of(@Nullable HttpSession session) {
        if (session == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable((SessionUser) session.getAttribute(ATTRIBUTE));
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }

    void begin(HttpSession session) {
        session.setAttribute(ATTRIBUTE, this);
    }
}
