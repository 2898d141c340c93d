package dev.warpgrid.server.rest;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.AuditEntry;
import dev.warpgrid.api.AuditFilter;
import dev.warpgrid.api.AuditService;
import dev.warpgrid.api.AuditVerification;
import dev.warpgrid.api.Caller;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** The trail of writes. */
@Singleton
@Path("/audit")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {
    static final String NDJSON = "application/x-ndjson";

    private final AuditService audit;
    private final Streams streams;

    @Inject
    public AuditResource(AuditService audit, Streams streams) {
        this.audit = audit;
        this.streams = streams;
    }

    /** Which entries. */
    public static final class Filter {
        @QueryParam("actor")
        private @Nullable String actor;

        @QueryParam("action")
        private @Nullable String action;

        @QueryParam("namespace")
        private @Nullable String namespace;

        @QueryParam("outcome")
        private @Nullable String outcome;

        @QueryParam("text")
        private @Nullable String text;

        @QueryParam("since")
        private @Nullable String since;

        @QueryParam("until")
        private @Nullable String until;

        AuditFilter read() {
            return new AuditFilter(
                    actor, action, namespace, outcome(), text, time("/since", since), time("/until", until));
        }

        private AuditEntry.@Nullable Outcome outcome() {
            return outcome == null
                    ? null
                    : Arrays.stream(AuditEntry.Outcome.values())
                            .filter(one -> one.name().equals(outcome))
                            .findFirst()
                            .orElseThrow(() -> ApiException.invalid(
                                    "/outcome", "\"" + outcome + "\" is no outcome: use DONE or REFUSED."));
        }

        private static @Nullable Instant time(String pointer, @Nullable String text) {
            try {
                return text == null ? null : Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw ApiException.invalid(pointer, "\"" + text + "\" is no time: write it as 2026-01-31T12:00:00Z.");
            }
        }
    }

    @GET
    @Operation(operationId = "listAudit", summary = "Writes and attempts at them, the newest first")
    @Extension(name = "x-permission", value = "audit:read")
    public List<AuditEntry> list(
            @Context SecurityContext security,
            @BeanParam Filter filter,
            @QueryParam("before") @Nullable Long before,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        return audit.list(Callers.of(security), filter.read(), before, limit);
    }

    @GET
    @Path("/export")
    @Produces(NDJSON)
    @Operation(
            operationId = "exportAudit",
            summary = "All that match, the oldest first, one JSON object in each line",
            description =
                    "Each line is {\"entry\":...}; the last is {\"end\":{}}, and a line {\"broken\":...} says that there"
                            + " is no end. Empty lines keep the connection.")
    @APIResponse(
            responseCode = "200",
            description = "Lines of JSON",
            content = @Content(mediaType = NDJSON, schema = @Schema(type = SchemaType.STRING)))
    @Extension(name = "x-permission", value = "audit:read")
    public void export(@Context SecurityContext security, @BeanParam Filter filter, @Suspended AsyncResponse answer) {
        Caller caller = Callers.of(security);
        AuditFilter wanted = filter.read();
        // Asked once before the answer begins, so that a refusal is still a problem.
        audit.list(caller, wanted, null, 1);
        streams.pour(answer, StreamFormat.LINES, caller, stream -> {
            audit.export(caller, wanted, entry -> stream.send("entry", "", entry));
            stream.send("end", "", Map.of());
        });
    }

    @GET
    @Path("/verify")
    @Operation(
            operationId = "verifyAudit",
            summary = "Whether the trail is as it was written",
            description =
                    "Reads all of it. Whoever notes the last id and hash elsewhere can later tell whether its end was"
                            + " cut off.")
    @Extension(name = "x-permission", value = "audit:read")
    public AuditVerification verify(@Context SecurityContext security) {
        return audit.verify(Callers.of(security));
    }
}
