package dev.warpgrid.server.rest;

import dev.warpgrid.api.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Adds to the document what every operation has: the problem as its answer to a fault. */
public class OpenApiCompletion implements OASFilter {
    private static final String LOGIN = "login";

    @Override
    public Operation filterOperation(Operation operation) {
        operation.getResponses().addAPIResponse("default", problem());
        if (LOGIN.equals(operation.getOperationId())) {
            // The one thing that can be done before one has a token.
            operation.setSecurity(List.of());
        }
        return operation;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents()
                .addSchema(
                        "ErrorCode",
                        OASFactory.createSchema()
                                .addType(org.eclipse.microprofile.openapi.models.media.Schema.SchemaType.STRING)
                                .description(
                                        "What went wrong, in a word that never changes its meaning; newer servers may"
                                                + " know more.")
                                .enumeration(Arrays.stream(ErrorCode.values())
                                        .map(ErrorCode::name)
                                        .collect(Collectors.toList())));
    }

    private static APIResponse problem() {
        return OASFactory.createAPIResponse()
                .description("RFC 9457 problem; detail says cause and remedy, errors points into the request")
                .content(OASFactory.createContent()
                        .addMediaType(
                                ProblemResponses.PROBLEM_JSON,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref("Problem"))));
    }
}
