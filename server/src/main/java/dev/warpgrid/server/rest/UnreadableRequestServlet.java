package dev.warpgrid.server.rest;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ErrorCode;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What the container refuses before it finds a resource, such as a path with an encoded slash; its own page tells too much. */
@WebServlet(UnreadableRequestServlet.PATH)
public class UnreadableRequestServlet extends HttpServlet {
    static final String PATH = "/unreadable-request";
    private static final long serialVersionUID = 1L;

    @Inject
    private transient ProblemResponses problems;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        problems.write(
                request,
                response,
                new ApiException(
                        ErrorCode.INVALID_REQUEST,
                        "The request's address cannot be read: use no encoded slash, backslash or control character in it."));
    }
}
