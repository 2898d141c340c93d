package dev.warpgrid.agent.ingress;

import dev.warpgrid.wasi.http.HttpFields;
import io.vertx.core.MultiMap;
import java.util.Map;

/** Header fields between the network framework and the runtime. */
final class Headers {
    private Headers() {}

    /** Takes what fits into {@link HttpFields}, the ingress limits headers to less before, and what nodes alone may say not. */
    static HttpFields toFields(MultiMap headers) {
        var fields = new HttpFields();
        for (Map.Entry<String, String> header : headers) {
            String value = header.getValue();
            if (fields.fits(header.getKey().length(), value.length()) && !InternalHeaders.isInternal(header.getKey())) {
                fields.add(header.getKey(), value);
            }
        }
        return fields;
    }

    /** Copies all but what the connection itself decides and what nodes alone may say. */
    static void copy(HttpFields from, MultiMap to) {
        for (int i = 0; i < from.size(); i++) {
            String name = from.name(i);
            if (!ofTheConnection(name) && !InternalHeaders.isInternal(name)) {
                to.add(name, from.value(i));
            }
        }
    }

    static boolean ofTheConnection(String lowerCaseName) {
        return switch (lowerCaseName) {
            case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "te", "trailer" ->
                true;
            default -> false;
        };
    }
}
