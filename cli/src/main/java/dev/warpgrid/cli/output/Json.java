package dev.warpgrid.cli.output;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The contract's records as JSON: times are RFC 3339 in UTC, durations ISO-8601, absent members mean null. */
public final class Json {
    private static final GsonBuilder BUILDER = new GsonBuilder()
            .disableHtmlEscaping()
            .registerTypeAdapterFactory(new CompleteRecords())
            .registerTypeAdapter(Instant.class, textual(Instant::parse))
            .registerTypeAdapter(Duration.class, textual(Duration::parse));
    private static final Gson COMPACT = BUILDER.create();
    private static final Gson PRETTY = BUILDER.setPrettyPrinting().create();

    private Json() {}

    /** @throws com.google.gson.JsonParseException if the text does not fit the type */
    public static <T> T read(JsonElement json, Class<T> type) {
        return COMPACT.fromJson(json, type);
    }

    /** @throws com.google.gson.JsonParseException if the text is no JSON or does not fit the type */
    public static <T> T read(String json, Class<T> type) {
        return COMPACT.fromJson(json, type);
    }

    public static JsonElement tree(Object value) {
        return COMPACT.toJsonTree(value);
    }

    /** On one line. */
    public static String line(Object value) {
        return COMPACT.toJson(value);
    }

    /** For files and for {@code -o json}. */
    public static String pretty(Object value) {
        return PRETTY.toJson(value);
    }

    private static <T> TypeAdapter<T> textual(Function<String, T> parse) {
        return new TypeAdapter<T>() {
            @Override
            public void write(JsonWriter out, @Nullable T value) throws IOException {
                out.value(value == null ? null : value.toString());
            }

            @Override
            public T read(JsonReader in) throws IOException {
                String text = in.nextString();
                try {
                    return parse.apply(text);
                } catch (java.time.format.DateTimeParseException e) {
                    throw new com.google.gson.JsonSyntaxException("\"" + text + "\" is no time.", e);
                }
            }
        }.nullSafe();
    }
}
