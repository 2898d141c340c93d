package dev.warpgrid.wasi.http;

/** A request by its parts. */
record TestRequest(
        String method, String scheme, String authority, String pathWithQuery, HttpFields headers, RequestBody body)
        implements HttpRequest {
    static TestRequest get(String path) {
        return new TestRequest("GET", "http", "localhost:8080", path, HttpFields.none(), RequestBody.empty());
    }

    static TestRequest post(String path, RequestBody body) {
        return new TestRequest("POST", "http", "localhost:8080", path, HttpFields.none(), body);
    }

    TestRequest with(HttpFields fields) {
        return new TestRequest(method, scheme, authority, pathWithQuery, fields, body);
    }
}
