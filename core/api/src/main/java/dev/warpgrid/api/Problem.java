package dev.warpgrid.api;

import java.time.Instant;
import java.util.List;

/**
 * An error as REST answers it: RFC 9457 {@code application/problem+json}, with the members of the older form beside.
 *
 * @param type stable address of the explanation, {@code urn:warpgrid:error:} and the code in lower case
 * @param detail cause and remedy
 * @param code one of {@link ErrorCode}; kept as text, so that a client reads codes newer than itself
 * @param error_code same as {@code code}
 * @param message same as {@code detail}
 * @param details same as the messages of {@code errors}
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        List<FieldError> errors,
        String requestId,
        String error_code,
        String message,
        List<String> details,
        Instant timestamp) {

    public static Problem of(ApiException e, String requestId, Instant now) {
        ErrorCode code = e.code();
        String detail = e.getMessage() == null ? code.title() : e.getMessage();
        return new Problem(
                "urn:warpgrid:error:"
                        + code.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                code.title(),
                code.httpStatus(),
                detail,
                code.name(),
                e.errors(),
                requestId,
                code.name(),
                detail,
                e.errors().stream().map(FieldError::message).toList(),
                now);
    }
}
