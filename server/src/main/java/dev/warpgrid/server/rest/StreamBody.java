package dev.warpgrid.server.rest;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/**
 * Writes a stream as it comes. The container's own writer of {@code StreamingOutput} collects an asynchronous answer whole
 * before it sends the first byte, and a stream has no end to wait for.
 */
@Provider
public class StreamBody implements MessageBodyWriter<OutgoingStream> {
    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type == OutgoingStream.class;
    }

    @Override
    public void writeTo(
            OutgoingStream stream,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream body) {
        stream.writeTo(body);
    }
}
