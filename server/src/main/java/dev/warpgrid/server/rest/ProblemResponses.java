package dev.warpgrid.server.rest;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.Problem;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** Errors as {@code application/problem+json}. Those that are our fault are logged here, once. */
@Singleton
public class ProblemResponses {
    static final String PROBLEM_JSON = "application/problem+json";
    private static final int RETRY_AFTER_SECONDS = 5;
    private static final System.Logger LOG = System.getLogger(ProblemResponses.class.getName());

    private final Clock clock;

    @Inject
    public ProblemResponses(Clock clock) {
        this.clock = clock;
    }

    /** For parts outside of REST that refuse a request under its paths. */
    public void write(HttpServletRequest request, HttpServletResponse response, ApiException e) throws IOException {
        Problem problem = problem(request, e);
        response.setStatus(problem.status());
        response.setContentType(PROBLEM_JSON);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(RequestIds.HEADER, problem.requestId());
        response.getOutputStream().write(Json.write(problem));
    }

    Response response(HttpServletRequest request, ApiException e) {
        Problem problem = problem(request, e);
        Response.ResponseBuilder builder = Response.status(problem.status())
                .type(PROBLEM_JSON)
                .header("Cache-Control", "no-store")
                .entity(problem);
        boolean again = e.code() == ErrorCode.RESOURCE_EXHAUSTED || e.code() == ErrorCode.PROVIDER_UNAVAILABLE;
        return (again ? builder.header("Retry-After", RETRY_AFTER_SECONDS) : builder).build();
    }

    private Problem problem(HttpServletRequest request, ApiException e) {
        String id = RequestIds.of(request);
        if (e.code() == ErrorCode.INTERNAL_ERROR) {
            LOG.log(
                    Level.ERROR,
                    "Request " + id + " (" + request.getMethod() + " " + request.getRequestURI() + ") failed.",
                    e.getCause() == null ? e : e.getCause());
        } else if (e.code().httpStatus() >= 500) {
            LOG.log(Level.WARNING, "Request {0} was answered with {1}: {2}", id, e.code(), e.getMessage());
        }
        return Problem.of(e, id, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }
}
