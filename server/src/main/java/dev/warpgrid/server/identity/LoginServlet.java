package dev.warpgrid.server.identity;

import dev.warpgrid.api.ApiException;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Objects;
import java.util.regex.Pattern;

/** The way into the dashboard in local mode. */
@WebServlet("/login")
public class LoginServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** A path of ours: a second slash or a scheme would lead elsewhere. */
    private static final Pattern OWN_PATH = Pattern.compile("/(?!/)[A-Za-z0-9._~/%-]{0,512}");

    @Inject
    private transient LocalUsers users;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!IdentityMode.current().isLocal()) {
            response.sendRedirect("/");
            return;
        }
        if (SessionUser.of(request.getSession(false)).isPresent()) {
            response.sendRedirect(next(request));
            return;
        }
        LoginPage.write(response, 200, "", "", next(request));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!IdentityMode.current().isLocal()) {
            response.sendRedirect("/");
            return;
        }
        String name = Objects.requireNonNullElse(request.getParameter("username"), "");
        if (!SameOrigin.allows(request)) {
            LoginPage.write(response, 403, name, "This form came from another site: sign in on this page.", "/");
            return;
        }
        String password = Objects.requireNonNullElse(request.getParameter("password"), "");
        try {
            switch (users.signIn(name, password.toCharArray(), request.getRemoteAddr())) {
                case Login.SignedIn user -> begin(request, response, user);
                case Login.Refused refused ->
                    LoginPage.write(response, 401, name, "Name or password is wrong.", next(request));
                case Login.Wait wait -> {
                    long seconds = wait.time().toSeconds() + 1;
                    response.setHeader("Retry-After", Long.toString(seconds));
                    LoginPage.write(
                            response,
                            429,
                            name,
                            "Too many wrong passwords. Wait " + seconds + " s and try again.",
                            next(request));
                }
            }
        } catch (ApiException e) {
            LoginPage.write(
                    response,
                    e.code().httpStatus(),
                    name,
                    Objects.requireNonNullElse(e.getMessage(), e.code().title()),
                    next(request));
        }
    }

    /** A new session, so that one planted before the login is worth nothing. */
    private static void begin(HttpServletRequest request, HttpServletResponse response, Login.SignedIn user)
            throws IOException {
        HttpSession old = request.getSession(false);
        if (old != null) {
            old.invalidate();
        }
        new SessionUser(user.name(), user.version()).begin(request.getSession(true));
        response.setHeader("Cache-Control", "no-store");
        response.sendRedirect(next(request));
    }

    private static String next(HttpServletRequest request) {
        String next = request.getParameter("next");
        return next != null && OWN_PATH.matcher(next).matches() ? next : "/";
    }
}
