package dev.warpgrid.wasi.http;

/** A request for a guest. Read by the guest's thread while it is handled. */
public interface HttpRequest {
    /** As on the wire: {@code GET}. */
    String method();

    /** {@code http} or {@code https}; empty when not known. */
    String scheme();

    /** Host and port the client named; empty when it named none. */
    String authority();

    /** With its leading slash; empty when there is none, as for {@code OPTIONS *}. */
    String pathWithQuery();

    /** All fields that came; those of the connection are hidden from the guest. */
    HttpFields headers();

    RequestBody body();
}
