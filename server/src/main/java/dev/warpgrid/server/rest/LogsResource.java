package dev.warpgrid.server.rest;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.DeploymentService;
import dev.warpgrid.api.LogEntry;
import dev.warpgrid.api.LogListener;
import dev.warpgrid.api.LogQuery;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What the instances of a deployment write. */
@Singleton
@Path("/namespaces/{namespace}/deployments/{name}/logs")
public class LogsResource {
    private final DeploymentService deployments;
    private final Streams streams;

    @Inject
    public LogsResource(DeploymentService deployments, Streams streams) {
        this.deployments = deployments;
        this.streams = streams;
    }

    @GET
    @Produces({MediaType.SERVER_SENT_EVENTS, "application/x-ndjson"})
    @Operation(
            operationId = "getDeploymentLogs",
            summary = "Log lines of a deployment's instances",
            description =
                    "Events \"lines\" with an array of log entries, \"dropped\" with how many were lost before the"
                            + " next, and \"end\".")
    @APIResponse(
            responseCode = "200",
            description = "Server-sent events, or one JSON object for each line",
            content = @Content(schema = @Schema(type = SchemaType.STRING)))
    @Extension(name = "x-permission", value = "log:read")
    public void logs(
            @Context SecurityContext security,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @QueryParam("tail") @DefaultValue("100") int tail,
            @QueryParam("follow") @DefaultValue("false") boolean follow,
            @QueryParam("since") @Nullable String since,
            @QueryParam("instance") @Nullable String instance,
            @HeaderParam("Accept") @DefaultValue("") String accept,
            @Suspended AsyncResponse answer) {
        LogQuery query = new LogQuery(instance, tail, follow, instant(since));
        StreamFormat format = accept.contains("ndjson") ? StreamFormat.LINES : StreamFormat.SERVER_SENT_EVENTS;
        streams.open(
                answer,
                format,
                Callers.of(security),
                stream -> deployments.logs(Callers.of(security), namespace, name, query, listener(stream)));
    }

    private static LogListener listener(OutgoingStream stream) {
        return new LogListener() {
            @Override
            public void lines(List<LogEntry> lines, long dropped) {
                if (dropped > 0) {
                    stream.send("dropped", "", dropped);
                }
                if (!lines.isEmpty()) {
                    stream.send("lines", "", lines);
                }
            }

            @Override
            public void end() {
                stream.send("end", "", Map.of());
                stream.end();
            }
        };
    }

    private static @Nullable Instant instant(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new ApiException(
                    dev.warpgrid.api.ErrorCode.INVALID_REQUEST,
                    "\"" + text + "\" is no time: write it as 2026-01-31T12:00:00Z.",
                    List.of(new dev.warpgrid.api.FieldError("/since", "This is no time.")),
                    e);
        }
    }
}
