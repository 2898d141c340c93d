package dev.warpgrid.server.identity;

import dev.warpgrid.api.Caller;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Who sends a request, for those who serve it. */
@Singleton
public class RequestCallers {
    private static final String ATTRIBUTE = "dev.warpgrid.caller";

    @Inject
    public RequestCallers() {}

    static void found(HttpServletRequest request, Caller caller) {
        request.setAttribute(ATTRIBUTE, caller);
    }

    /** Empty where the request names nobody. */
    public Optional<Caller> of(HttpServletRequest request) {
        return Optional.ofNullable((Caller) request.getAttribute(ATTRIBUTE));
    }
}
