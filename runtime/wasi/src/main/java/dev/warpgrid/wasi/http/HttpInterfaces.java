package dev.warpgrid.wasi.http;

import dev.warpgrid.component.HostInterface;
import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.WasiResource;
import dev.warpgrid.wasi.p2.Wasi02;
import dev.warpgrid.wasi.p2.io.IoError;
import dev.warpgrid.wasi.p2.io.StreamPollable;
import java.util.List;

/** {@code wasi:http/types} and {@code wasi:http/outgoing-handler}. */
final class HttpInterfaces {
    private HttpInterfaces() {}

    static List<HostInterface<InstanceState>> all() {
        return List.of(types(), outgoingHandler());
    }

    private static HostInterface<InstanceState> outgoingHandler() {
        return Wasi02.interfaceNamed("wasi:http/outgoing-handler")
                .function("handle", (state, in) -> {
                    Variant options = (Variant) in[1];
                    RequestOptions given = options.isNone() ? null : (RequestOptions) options.payload();
                    return OutgoingHandler.handle(state, (OutgoingRequest) in[0], given);
                })
                .build();
    }

    private static HostInterface<InstanceState> types() {
        HostInterface.Builder<InstanceState> types = Wasi02.interfaceNamed("wasi:http/types")
                .function(
                        "http-error-code",
                        (state, in) -> ((IoError) in[0])
                                .detail()
                                .filter(Variant.class::isInstance)
                                .map(Variant::some)
                                .orElse(Variant.none()));
        addFields(types);
        addIncomingRequest(types);
        addIncomingBody(types);
        addOutgoingResponse(types);
        addOutgoingBody(types);
        addOutgoingRequest(types);
        addRequestOptions(types);
        addIncomingResponse(types);
        return types.build();
    }

    private static void addFields(HostInterface.Builder<InstanceState> types) {
        types.resource("fields", Fields.class, WasiResource::drop)
                .function("[constructor]fields", (state, in) -> new Fields(new HttpFields()))
                .function("[static]fields.from-list", (state, in) -> Fields.fromList(state, (List<?>) in[0]))
                .function("[method]fields.get", (state, in) -> fields(in).get((String) in[1]))
                .function("[method]fields.has", (state, in) -> fields(in).has((String) in[1]))
                .function("[method]fields.set", (state, in) -> fields(in).set(state, (String) in[1], (List<?>) in[2]))
                .function("[method]fields.delete", (state, in) -> fields(in).delete((String) in[1]))
                .function(
                        "[method]fields.append",
                        (state, in) -> fields(in).append(state, (String) in[1], (byte[]) in[2]))
                .function("[method]fields.entries", (state, in) -> fields(in).entries())
                .function("[method]fields.clone", (state, in) -> fields(in).copy());
    }

    private static void addIncomingRequest(HostInterface.Builder<InstanceState> types) {
        types.resource("incoming-request", IncomingRequest.class, WasiResource::drop)
                .function(
                        "[method]incoming-request.method",
                        (state, in) -> request(in).method())
                .function(
                        "[method]incoming-request.path-with-query",
                        (state, in) -> request(in).pathWithQuery())
                .function(
                        "[method]incoming-request.scheme",
                        (state, in) -> request(in).scheme())
                .function(
                        "[method]incoming-request.authority",
                        (state, in) -> request(in).authority())
                .function(
                        "[method]incoming-request.headers",
                        (state, in) -> request(in).headers())
                .function(
                        "[method]incoming-request.consume",
                        (state, in) -> request(in).consume());
    }

    private static void addIncomingBody(HostInterface.Builder<InstanceState> types) {
        types.resource("incoming-body", IncomingBody.class, WasiResource::drop)
                .function("[method]incoming-body.stream", (state, in) -> ((IncomingBody) in[0]).stream(state))
                .function("[static]incoming-body.finish", (state, in) -> ((IncomingBody) in[0]).finish(state))
                .resource("future-trailers", FutureTrailers.class, WasiResource::drop)
                .function("[method]future-trailers.subscribe", (state, in) -> {
                    FutureTrailers trailers = (FutureTrailers) in[0];
                    return new StreamPollable(state, trailers, trailers::ready, trailers);
                })
                .function("[method]future-trailers.get", (state, in) -> ((FutureTrailers) in[0]).get());
    }

    private static void addOutgoingResponse(HostInterface.Builder<InstanceState> types) {
        types.resource("outgoing-response", OutgoingResponse.class, WasiResource::drop)
                .function(
                        "[constructor]outgoing-response",
                        (state, in) -> new OutgoingResponse(fields(in).handOver(state)))
                .function(
                        "[method]outgoing-response.status-code",
                        (state, in) -> response(in).status())
                .function(
                        "[method]outgoing-response.set-status-code",
                        (state, in) -> response(in).setStatus((Integer) in[1]))
                .function(
                        "[method]outgoing-response.headers",
                        (state, in) -> response(in).headers())
                .function(
                        "[method]outgoing-response.body",
                        (state, in) -> response(in).body())
                .resource("response-outparam", ResponseOutparam.class, WasiResource::drop)
                .function("[static]response-outparam.set", (state, in) -> {
                    ((ResponseOutparam) in[0]).set(state, (Variant) in[1]);
                    return null;
                });
    }

    private static void addOutgoingBody(HostInterface.Builder<InstanceState> types) {
        types.resource("outgoing-body", OutgoingBody.class, WasiResource::drop)
                .function("[method]outgoing-body.write", (state, in) -> ((OutgoingBody) in[0]).write(state))
                .function("[static]outgoing-body.finish", (state, in) -> {
                    Variant trailers = (Variant) in[1];
                    if (trailers.isNone()) {
                        return ((OutgoingBody) in[0]).finish(state, HttpFields.none());
                    }
                    HttpFields given = ((Fields) trailers.payload()).handOver(state);
                    return ((OutgoingBody) in[0]).finish(state, given);
                });
    }

    private static void addOutgoingRequest(HostInterface.Builder<InstanceState> types) {
        types.resource("outgoing-request", OutgoingRequest.class, WasiResource::drop)
                .function(
                        "[constructor]outgoing-request",
                        (state, in) -> new OutgoingRequest(fields(in).handOver(state)))
                .function(
                        "[method]outgoing-request.body",
                        (state, in) -> outgoing(in).body())
                .function(
                        "[method]outgoing-request.headers",
                        (state, in) -> outgoing(in).headers())
                .function(
                        "[method]outgoing-request.method",
                        (state, in) -> outgoing(in).method())
                .function(
                        "[method]outgoing-request.set-method",
                        (state, in) -> outgoing(in).setMethod((Variant) in[1]))
                .function(
                        "[method]outgoing-request.path-with-query",
                        (state, in) -> outgoing(in).pathWithQuery())
                .function(
                        "[method]outgoing-request.set-path-with-query",
                        (state, in) -> outgoing(in).setPathWithQuery((Variant) in[1]))
                .function(
                        "[method]outgoing-request.scheme",
                        (state, in) -> outgoing(in).scheme())
                .function(
                        "[method]outgoing-request.set-scheme",
                        (state, in) -> outgoing(in).setScheme((Variant) in[1]))
                .function(
                        "[method]outgoing-request.authority",
                        (state, in) -> outgoing(in).authority())
                .function(
                        "[method]outgoing-request.set-authority",
                        (state, in) -> outgoing(in).setAuthority((Variant) in[1]));
    }

    private static void addRequestOptions(HostInterface.Builder<InstanceState> types) {
        types.resource("request-options", RequestOptions.class, WasiResource::drop)
                .function("[constructor]request-options", (state, in) -> new RequestOptions())
                .function(
                        "[method]request-options.connect-timeout",
                        (state, in) -> options(in).connectTimeout())
                .function(
                        "[method]request-options.set-connect-timeout",
                        (state, in) -> options(in).setConnectTimeout((Variant) in[1]))
                .function(
                        "[method]request-options.first-byte-timeout",
                        (state, in) -> options(in).firstByteTimeout())
                .function(
                        "[method]request-options.set-first-byte-timeout",
                        (state, in) -> options(in).setFirstByteTimeout((Variant) in[1]))
                .function(
                        "[method]request-options.between-bytes-timeout",
                        (state, in) -> options(in).betweenBytesTimeout())
                .function(
                        "[method]request-options.set-between-bytes-timeout",
                        (state, in) -> options(in).setBetweenBytesTimeout((Variant) in[1]));
    }

    private static void addIncomingResponse(HostInterface.Builder<InstanceState> types) {
        types.resource("incoming-response", IncomingResponse.class, WasiResource::drop)
                .function("[method]incoming-response.status", (state, in) -> ((IncomingResponse) in[0]).status())
                .function("[method]incoming-response.headers", (state, in) -> ((IncomingResponse) in[0]).headers())
                .function("[method]incoming-response.consume", (state, in) -> ((IncomingResponse) in[0]).consume())
                .resource("future-incoming-response", FutureResponse.class, WasiResource::drop)
                .function("[method]future-incoming-response.subscribe", (state, in) -> {
                    FutureResponse response = (FutureResponse) in[0];
                    return new StreamPollable(state, response, response::ready, response);
                })
                .function("[method]future-incoming-response.get", (state, in) -> ((FutureResponse) in[0]).get());
    }

    private static Fields fields(Object[] arguments) {
        return (Fields) arguments[0];
    }

    private static IncomingRequest request(Object[] arguments) {
        return (IncomingRequest) arguments[0];
    }

    private static OutgoingResponse response(Object[] arguments) {
        return (OutgoingResponse) arguments[0];
    }

    private static OutgoingRequest outgoing(Object[] arguments) {
        return (OutgoingRequest) arguments[0];
    }

    private static RequestOptions options(Object[] arguments) {
        return (RequestOptions) arguments[0];
    }
}
