package dev.warpgrid.agent.ingress;

/**
 * Header fields that nodes say to each other. Their prefix is ours: what clients or guests send under it is taken away, so
 * that nobody can pass for a node.
 */
public final class InternalHeaders {
    /** The revision that is to answer, as NAMESPACE/NAME@NUMBER. */
    public static final String REVISION = "warpgrid-revision";
    /** The authority as the client named it. */
    public static final String AUTHORITY = "warpgrid-authority";
    /** In an answer: the request was not run, for the reason that follows. */
    public static final String REFUSED = "warpgrid-refused";

    private static final String PREFIX = "warpgrid-";

    private InternalHeaders() {}

    /** @param name in any case */
    static boolean isInternal(String name) {
        char first = name.isEmpty() ? ' ' : name.charAt(0);
        return (first == 'w' || first == 'W') && name.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }
}
