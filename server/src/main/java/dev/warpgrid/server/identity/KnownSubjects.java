package dev.warpgrid.server.identity;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Subject;
import dev.warpgrid.server.access.Subjects;
import dev.warpgrid.server.store.AccessStore;
import dev.warpgrid.server.store.UserStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Subjects of this grid. With an identity provider its users are taken at their name. */
@Singleton
public class KnownSubjects implements Subjects {
    private static final int MAXIMUM_NAME = 200;

    private final UserStore users;
    private final AccessStore access;

    @Inject
    public KnownSubjects(UserStore users, AccessStore access) {
        this.users = users;
        this.access = access;
    }

    @Override
    public void require(Subject subject) {
        if (subject.name().isBlank() || subject.name().length() > MAXIMUM_NAME) {
            throw ApiException.invalid("/subject/name", "A subject's name holds 1 to " + MAXIMUM_NAME + " characters.");
        }
        switch (subject.kind()) {
            case USER -> {
                if (IdentityMode.current().isLocal()
                        && users.find(subject.name()).isEmpty()) {
                    throw ApiException.notFound("user", subject.name());
                }
            }
            case SERVICE_ACCOUNT -> {
                String[] parts = subject.name().split("/", -1);
                if (parts.length != 2 || access.account(parts[0], parts[1]).isEmpty()) {
                    throw ApiException.notFound("service account", subject.name());
                }
            }
            case GROUP -> {
                // Known to the identity provider alone.
            }
        }
    }
}
