package dev.warpgrid.server.identity;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;

/** Whether a browser's session is still worth something, for parts that serve it without a request. */
@Singleton
public class BrowserSessions {
    private final LocalUsers users;

    @Inject
    public BrowserSessions(LocalUsers users) {
        this.users = users;
    }

    /** The session's user is there, enabled, and has the password and roles that the session began with. */
    public boolean isCurrent(HttpSession session) {
        if (!IdentityMode.current().isLocal()) {
            return true;
        }
        Optional<SessionUser> user = SessionUser.of(session);
        return user.isPresent() && users.isCurrent(user.get().name(), user.get().version());
    }
}
