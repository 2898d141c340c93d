package dev.warpgrid.agent.guest;

import dev.warpgrid.component.Component;
import dev.warpgrid.component.ComponentException;
import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.engine.CoreEngine;
import dev.warpgrid.model.ByteSize;
import dev.warpgrid.model.LogLine;
import dev.warpgrid.model.Workload;
import dev.warpgrid.wasi.LogLevel;
import dev.warpgrid.wasi.LogSink;
import dev.warpgrid.wasi.LogStream;
import dev.warpgrid.wasi.WasiConfig;
import dev.warpgrid.wasi.http.HttpComponent;
import dev.warpgrid.wasi.http.HttpGuestException;
import dev.warpgrid.wasi.http.HttpInstance;
import dev.warpgrid.wasi.http.HttpRequest;
import dev.warpgrid.wasi.http.HttpResponseSink;

/** Guests that are {@code wasi:http} components, on one engine. */
public final class WasiGuests implements GuestFactory {
    private final CoreEngine engine;

    public WasiGuests(CoreEngine engine) {
        this.engine = engine;
    }

    @Override
    public PreparedGuest prepare(Workload workload, byte[] artifact) {
        long memory = workload.limits().memory().bytes();
        try {
            Component component = Component.parse(artifact);
            if (component.minimumMemoryBytes() > memory) {
                throw new UnrunnableException("The component starts with "
                        + new ByteSize(component.minimumMemoryBytes()) + " of memory and its limit is "
                        + new ByteSize(memory) + ": raise the deployment's memory limit.");
            }
            HttpComponent linked = HttpComponent.link(
                    engine, component, InstanceLimits.defaults().withMemoryBytes(memory));
            return new Prepared(linked, workload);
        } catch (ComponentException e) {
            throw new UnrunnableException(String.valueOf(e.getMessage()), e);
        }
    }

    private record Prepared(HttpComponent component, Workload workload) implements PreparedGuest {
        @Override
        public GuestInstance start(GuestLog log) {
            WasiConfig config = WasiConfig.builder()
                    .environment(workload.environment())
                    .log(sink(log))
                    .build();
            try {
                return new Instance(component.instantiate(config));
            } catch (ComponentException e) {
                throw new GuestCrashException("The instance could not start: " + e.getMessage(), e);
            }
        }

        @Override
        public void close() {
            component.close();
        }
    }

    private static LogSink sink(GuestLog log) {
        return (stream, level, context, text) ->
                log.line(stream(stream), level(stream, level), context.isEmpty() ? text : context + ": " + text);
    }

    private static LogLine.Stream stream(LogStream stream) {
        return switch (stream) {
            case STDOUT -> LogLine.Stream.STDOUT;
            case STDERR -> LogLine.Stream.STDERR;
            case LOGGING -> LogLine.Stream.LOGGING;
        };
    }

    private static LogLine.Level level(LogStream stream, LogLevel level) {
        if (stream == LogStream.STDERR) {
            return LogLine.Level.WARN;
        }
        return switch (level) {
            case TRACE -> LogLine.Level.TRACE;
            case DEBUG -> LogLine.Level.DEBUG;
            case INFO -> LogLine.Level.INFO;
            case WARN -> LogLine.Level.WARN;
            case ERROR -> LogLine.Level.ERROR;
            case CRITICAL -> LogLine.Level.CRITICAL;
        };
    }

    private record Instance(HttpInstance instance) implements GuestInstance {
        @Override
        public void handle(HttpRequest request, HttpResponseSink response) {
            try {
                instance.handle(request, response);
            } catch (TrapException e) {
                throw new GuestCrashException(e.kind() + ": " + e.getMessage(), e);
            } catch (HttpGuestException e) {
                throw new GuestAnswerException(String.valueOf(e.getMessage()), e);
            }
        }

        @Override
        public void interrupt(String reason) {
            instance.interrupt(reason);
        }

        @Override
        public boolean poisoned() {
            return instance.poisoned();
        }

        @Override
        public long memoryBytes() {
            return instance.memoryBytes();
        }

        @Override
        public void close() {
            instance.close();
        }
    }
}
