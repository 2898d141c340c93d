package dev.warpgrid.server.identity;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.server.rest.ProblemResponses;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** Local mode: a session for the browser's pages, an access token for {@code /api}, and never one for the other. */
@Singleton
public class LocalAuthentication implements HttpAuthenticationMechanism {
    private static final String BEARER = "Bearer ";

    private final LocalUsers users;
    private final AccessTokens tokens;
    private final ProblemResponses problems;

    @Inject
    public LocalAuthentication(LocalUsers users, AccessTokens tokens, ProblemResponses problems) {
        this.users = users;
        this.tokens = tokens;
        this.problems = problems;
    }

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        try {
            String path = request.getRequestURI();
            return path.equals("/api") || path.startsWith("/api/")
                    ? validateToken(request, response, context)
                    : validateSession(request, context);
        } catch (ApiException e) {
            return refuse(request, response, e);
        }
    }

    private AuthenticationStatus validateToken(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.startsWith(BEARER)) {
            if (!context.isProtected()) {
                return context.doNothing();
            }
            response.setHeader("WWW-Authenticate", "Bearer");
            return refuse(
                    request,
                    response,
                    new ApiException(
                            ErrorCode.UNAUTHENTICATED,
                            "The request names nobody: send an access token as \"Authorization: Bearer warp_...\"."));
        }
        Optional<Caller> caller =
                tokens.caller(header.substring(BEARER.length()).strip(), request.getRemoteAddr());
        if (caller.isEmpty()) {
            response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
            return refuse(
                    request,
                    response,
                    new ApiException(
                            ErrorCode.UNAUTHENTICATED,
                            "The access token is unknown, revoked or expired, or its owner is disabled: make a new one."));
        }
        return accept(request, context, caller.get());
    }

    private AuthenticationStatus validateSession(HttpServletRequest request, HttpMessageContext context) {
        HttpSession session = request.getSession(false);
        Optional<SessionUser> known = SessionUser.of(session);
        if (known.isPresent()) {
            Optional<Caller> caller =
                    users.caller(known.get().name(), known.get().version(), request.getRemoteAddr());
            if (caller.isPresent()) {
                return accept(request, context, caller.get());
            }
            if (session != null) {
                session.invalidate();
            }
        }
        if (!context.isProtected()) {
            return context.doNothing();
        }
        // A page is answered with the way in; what a page's script asks for is not, or it would take it for data.
        boolean page = request.getMethod().equals("GET") && request.getParameter("v-r") == null;
        return page ? context.redirect(wayIn(request)) : context.responseUnauthorized();
    }

    private static String wayIn(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.equals("/") ? "/login" : "/login?next=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
    }

    /** The container learns the name alone: what the caller may is asked of the caller. */
    private static AuthenticationStatus accept(HttpServletRequest request, HttpMessageContext context, Caller caller) {
        RequestCallers.found(request, caller);
        return context.notifyContainerAboutLogin(caller.name(), Set.of());
    }

    private AuthenticationStatus refuse(
            HttpServletRequest request, HttpServletResponse response, ApiException problem) {
        try {
            problems.write(request, response, problem);
            return AuthenticationStatus.SEND_FAILURE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
