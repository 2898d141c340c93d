package dev.warpgrid.cli.output;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses records that lack a component which is not marked as nullable. The JSON library would leave null in it, and the
 * fault would show far from its cause.
 */
final class CompleteRecords implements TypeAdapterFactory {
    @Override
    public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
        if (!type.getRawType().isRecord()) {
            return null;
        }
        TypeAdapter<T> plain = gson.getDelegateAdapter(this, type);
        List<RecordComponent> demanded = Arrays.stream(type.getRawType().getRecordComponents())
                .filter(component -> !component.getType().isPrimitive())
                .filter(component -> !component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                .toList();
        return new TypeAdapter<T>() {
            @Override
            public void write(JsonWriter out, T value) throws IOException {
                plain.write(out, value);
            }

            @Override
            public T read(JsonReader in) throws IOException {
                T value = complete(plain, in);
                for (RecordComponent component : demanded) {
                    if (value != null && missing(component, value)) {
                        throw new JsonParseException("\"" + component.getName() + "\" is missing in "
                                + type.getRawType().getSimpleName());
                    }
                }
                return value;
            }
        };
    }

    /** What a record's own checks say is the reader's answer too. */
    private static <T> T complete(TypeAdapter<T> plain, JsonReader in) throws IOException {
        try {
            return plain.read(in);
        } catch (JsonParseException e) {
            throw e;
        } catch (RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new JsonParseException(String.valueOf(cause.getMessage()), e);
        }
    }

    private static boolean missing(RecordComponent component, Object value) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(value) == null;
        } catch (ReflectiveOperationException e) {
            throw new JsonParseException("\"" + component.getName() + "\" cannot be read", e);
        }
    }
}
