package dev.warpgrid.tool;

import com.sun.net.httpserver.HttpExchange;
import dev.warpgrid.wasi.http.HttpFields;
import dev.warpgrid.wasi.http.HttpRequest;
import dev.warpgrid.wasi.http.RequestBody;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request of the JDK's server for a guest. */
final class ExchangeRequest implements HttpRequest {
    private final HttpExchange exchange;
    private final HttpFields headers = new HttpFields();
    private final RequestBody body;

    ExchangeRequest(HttpExchange exchange) {
        this.exchange = exchange;
        exchange.getRequestHeaders()
                .forEach((name, values) -> values.forEach(value -> {
                    if (headers.fits(name.length(), value.length())) {
                        headers.add(name, value);
                    }
                }));
        headers.freeze();
        this.body = new Body(new InputPump(exchange.getRequestBody()));
    }

    @Override
    public String method() {
        return exchange.getRequestMethod();
    }

    @Override
    public String scheme() {
        return "http";
    }

    @Override
    public String authority() {
        return headers.first("host").orElse("");
    }

    @Override
    public String pathWithQuery() {
        String query = exchange.getRequestURI().getRawQuery();
        String path = exchange.getRequestURI().getRawPath();
        return query == null ? path : path + "?" + query;
    }

    @Override
    public HttpFields headers() {
        return headers;
    }

    @Override
    public RequestBody body() {
        return body;
    }

    /** Its body; the JDK's server tells no trailers. */
    private record Body(InputPump pump) implements RequestBody {
        @Override
        public int available() {
            return pump.available();
        }

        @Override
        public byte[] read(int maxBytes) {
            return pump.read(maxBytes);
        }

        @Override
        public boolean awaitReadable(long nanos) throws InterruptedException {
            pump.await(nanos);
            return pump.available() != 0;
        }

        @Override
        public boolean wake(@Nullable Runnable waker) {
            return pump.wake(waker);
        }

        @Override
        public HttpFields trailers() {
            return HttpFields.none();
        }

        @Override
        public void cancel() {
            pump.stop();
        }

        @Override
        public Optional<String> failure() {
            return Optional.ofNullable(pump.failure());
        }
    }
}
