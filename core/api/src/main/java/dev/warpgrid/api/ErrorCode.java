package dev.warpgrid.api;

/** What went wrong, in a word that clients may rely on; it never changes its meaning. */
public enum ErrorCode {
    /** A field breaks a rule; {@code errors} says which. */
    INVALID_REQUEST(400, "Invalid request"),
    /** Nobody is known behind the request. */
    UNAUTHENTICATED(401, "Not signed in"),
    /** The caller is known and may not do this. */
    PERMISSION_DENIED(403, "Permission denied"),
    NOT_FOUND(404, "Not found"),
    INSTANCE_NOT_FOUND(404, "Instance not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    NOT_ACCEPTABLE(406, "Not acceptable"),
    /** The name or host belongs to somebody else, or the thing is in use. */
    CONFLICT(409, "Conflict"),
    /** {@code If-Match} names another version than the present one. */
    PRECONDITION_FAILED(412, "Changed in the meantime"),
    PAYLOAD_TOO_LARGE(413, "Payload too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    /** The bytes are no component that this grid can run. */
    UNSUPPORTED_ARTIFACT(422, "Unsupported artifact"),
    /** {@code If-Match} is missing where a lost update would hurt. */
    PRECONDITION_REQUIRED(428, "Version required"),
    /** A quota, a rate or a capacity is used up. */
    RESOURCE_EXHAUSTED(429, "Resource exhausted"),
    INTERNAL_ERROR(500, "Internal error"),
    /** A node could not be reached or did not answer. */
    COMMUNICATION_FAILURE(502, "Communication failure"),
    /** Something the server stands on, such as its database, is away. */
    PROVIDER_UNAVAILABLE(503, "Provider unavailable");

    private final int httpStatus;
    private final String title;

    ErrorCode(int httpStatus, String title) {
        this.httpStatus = httpStatus;
        this.title = title;
    }

    public int httpStatus() {
        return httpStatus;
    }

    public String title() {
        return title;
    }
}
