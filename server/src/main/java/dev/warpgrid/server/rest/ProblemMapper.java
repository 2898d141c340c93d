package dev.warpgrid.server.rest;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ErrorCode;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** The one place where a fault becomes an HTTP answer. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final int DEEPEST_CAUSE = 10;

    @Inject
    private ProblemResponses problems;

    @Context
    @SuppressWarnings("NullAway.Init") // set by the container
    private HttpServletRequest request;

    @Override
    public Response toResponse(Throwable fault) {
        Throwable cause = fault;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof ApiException known) {
                return problems.response(request, known);
            }
            cause = cause.getCause();
        }
        if (fault instanceof WebApplicationException ofContainer) {
            return ofContainer(ofContainer);
        }
        return problems.response(
                request,
                new ApiException(
                        ErrorCode.INTERNAL_ERROR,
                        "The server failed, and it is not your fault: tell its operator the request id "
                                + RequestIds.of(request) + ".",
                        fault));
    }

    private Response ofContainer(WebApplicationException fault) {
        Response answer = fault.getResponse();
        String path = request.getRequestURI();
        return switch (answer.getStatus()) {
            case 404 ->
                refuse(ErrorCode.NOT_FOUND, "There is nothing at " + path + ": check the path against /openapi.");
            case 405 ->
                Response.fromResponse(refuse(
                                ErrorCode.METHOD_NOT_ALLOWED,
                                request.getMethod() + " is not possible at " + path + ": use "
                                        + answer.getHeaderString(HttpHeaders.ALLOW) + "."))
                        .header(HttpHeaders.ALLOW, answer.getHeaderString(HttpHeaders.ALLOW))
                        .build();
            case 406 ->
                refuse(
                        ErrorCode.NOT_ACCEPTABLE,
                        "No form of " + path + " is acceptable to you: accept application/json.");
            case 415 ->
                refuse(
                        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                        "A body of type "
                                + request.getContentType() + " is not understood at " + path
                                + ": send application/json, or application/wasm for an artifact.");
            default ->
                answer.getStatus() < 500
                        ? refuse(
                                ErrorCode.INVALID_REQUEST,
                                "The request is not understood: "
                                        + (fault.getMessage() == null
                                                ? "check it against /openapi"
                                                : fault.getMessage())
                                        + ".")
                        : problems.response(
                                request,
                                new ApiException(
                                        ErrorCode.INTERNAL_ERROR,
                                        "The server failed, and it is not your fault: tell its operator the request id "
                                                + RequestIds.of(request) + ".",
                                        fault));
        };
    }

    private Response refuse(ErrorCode code, String message) {
        return problems.response(request, new ApiException(code, message));
    }
}
