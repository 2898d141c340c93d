package dev.warpgrid.server.access;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Subject;

/** Whether there is such a user or service account; groups are an identity provider's, and cannot be looked up. */
public interface Subjects {
    /** @throws ApiException where there is none */
    void require(Subject subject);
}
