package dev.warpgrid.server.rest;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.EventFilter;
import dev.warpgrid.api.EventService;
import dev.warpgrid.api.EventView;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Events. */
@Singleton
@Path("/events")
public class EventsResource {
    private final EventService events;
    private final Streams streams;

    @Inject
    public EventsResource(EventService events, Streams streams) {
        this.events = events;
        this.streams = streams;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS})
    @Operation(
            operationId = "listEvents",
            summary = "The newest events, newest last; or with watch=true each as it comes",
            description = "A watch resumes after the event whose id Last-Event-ID names, without gap or double; without"
                    + " the header it begins with the next event.")
    @APIResponse(
            responseCode = "200",
            description = "Events",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(type = SchemaType.ARRAY, implementation = EventView.class)),
                @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = SchemaType.STRING))
            })
    @Extension(name = "x-permission", value = "event:read")
    public void list(
            @Context SecurityContext security,
            @QueryParam("limit") @DefaultValue("100") int limit,
            @QueryParam("namespace") @Nullable String namespace,
            @QueryParam("deployment") @Nullable String deployment,
            @QueryParam("node") @Nullable String node,
            @QueryParam("watch") @DefaultValue("false") boolean watch,
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
            @Suspended AsyncResponse answer) {
        EventFilter filter = new EventFilter(namespace, deployment, node);
        if (!watch) {
            List<EventView> latest = events.latest(Callers.of(security), filter, limit);
            answer.resume(Response.ok(latest).type(MediaType.APPLICATION_JSON).build());
            return;
        }
        long after = lastEventId == null ? newest(security) : id(lastEventId);
        streams.open(
                answer,
                StreamFormat.SERVER_SENT_EVENTS,
                Callers.of(security),
                stream -> events.watch(
                        Callers.of(security),
                        filter,
                        after,
                        event -> stream.send("event", Long.toString(event.id()), event)));
    }

    private long newest(SecurityContext security) {
        List<EventView> latest = events.latest(Callers.of(security), EventFilter.all(), 1);
        return latest.isEmpty() ? 0 : latest.getLast().id();
    }

    private static long id(String text) {
        if (text.matches("\\d{1,18}")) {
            return Long.parseLong(text);
        }
        throw ApiException.invalid(
                "/Last-Event-ID", "\"" + text + "\" is no event's id: send the id of the last event you saw.");
    }
}
