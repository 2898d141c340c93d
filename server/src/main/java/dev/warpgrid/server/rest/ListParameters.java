package dev.warpgrid.server.rest;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ListQuery;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The query parameters of every list. */
public class ListParameters {
    @QueryParam("limit")
    @DefaultValue("100")
    @Parameter(description = "How many items a page holds, 1 to 1000")
    private int limit = ListQuery.DEFAULT_LIMIT;

    @QueryParam("cursor")
    @Parameter(description = "Where the page begins, as the page before gave it")
    private @Nullable String cursor;

    @QueryParam("text")
    @DefaultValue("")
    @Parameter(description = "Part of the name")
    private String text = "";

    @QueryParam("labels")
    @DefaultValue("")
    @Parameter(description = "Labels, all of which must match: key=value,key=value")
    private String labels = "";

    ListQuery query() {
        return new ListQuery(limit, cursor, text, selector());
    }

    private Map<String, String> selector() {
        Map<String, String> wanted = new TreeMap<>();
        if (labels.isBlank()) {
            return wanted;
        }
        for (String part : labels.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw ApiException.invalid(
                        "/labels", "\"" + part + "\" selects nothing: write key=value, with commas between several.");
            }
            wanted.put(
                    part.substring(0, equals).strip(),
                    part.substring(equals + 1).strip());
        }
        return wanted;
    }
}
