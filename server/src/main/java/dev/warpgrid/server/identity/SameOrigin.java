package dev.warpgrid.server.identity;

import jakarta.servlet.http.HttpServletRequest;

/** Whether a request comes from one of our own pages, as the browser itself tells. */
final class SameOrigin {
    private SameOrigin() {}

    /** A client without the header is no browser, and has no session that somebody could borrow. */
    static boolean allows(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return site == null || site.equals("same-origin") || site.equals("none");
    }
}
