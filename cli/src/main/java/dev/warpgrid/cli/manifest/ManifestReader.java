package dev.warpgrid.cli.manifest;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.warpgrid.api.DeploymentSpec;
import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads {@code warp.toml} (TOML 1.0). All faults of a file are told at once, each with its line and column. */
public final class ManifestReader {
    /** The name a file has where none is given. */
    public static final String FILE_NAME = "warp.toml";

    static final Shape.Table SHAPE = shape();
    private static final String PACKAGE = "package";
    private static final int MAXIMUM_BYTES = 1 << 20;

    private final List<Fault> faults = new ArrayList<>();

    private ManifestReader() {}

    /** Who it is; what it is to be stands beside it, in the names of the contract. */
    record Identity(
            String name,
            @Nullable String namespace,
            @Nullable Map<String, String> labels,
            @Nullable Map<String, String> annotations) {}

    private static Shape.Table shape() {
        SequencedMap<String, Shape.Member> members = new LinkedHashMap<>();
        members.put(PACKAGE, new Shape.Member(Shape.of(Identity.class), true));
        members.putAll(Shape.of(DeploymentSpec.class).members());
        return new Shape.Table(members);
    }

    /**
     * Reads a file.
     *
     * @param named the file, or the folder that holds a {@value #FILE_NAME}
     * @throws Failure that lists every fault
     */
    public static Manifest read(Path named) {
        Path file = Files.isDirectory(named) ? named.resolve(FILE_NAME) : named;
        return read(file, text(file));
    }

    private static String text(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new Failure(
                    ExitCode.NOT_FOUND, "There is no file " + file + ": name the manifest with -f, or write one.");
        }
        try {
            if (Files.size(file) > MAXIMUM_BYTES) {
                throw new Failure(
                        ExitCode.USAGE, file + " is larger than 1 MiB, which no manifest is: check its name.");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILURE, file + " cannot be read as UTF-8 text (" + e.getMessage() + ").", e);
        }
    }

    static Manifest read(Path file, String text) {
        TomlParseResult parsed = Toml.parse(text);
        ManifestReader reader = new ManifestReader();
        parsed.errors().forEach(error -> reader.fault(error.position(), "It is not TOML: " + error.getMessage() + "."));
        if (reader.faults.isEmpty()) {
            JsonObject json = reader.table(parsed, SHAPE, "", null);
            if (reader.faults.isEmpty()) {
                return manifest(file, json, parsed);
            }
        }
        throw reader.failure(file);
    }

    private static Manifest manifest(Path file, JsonObject json, TomlTable source) {
        JsonObject identity = json.remove(PACKAGE).getAsJsonObject();
        JsonElement namespace = identity.get("namespace");
        return new Manifest(
                file,
                identity.get("name").getAsString(),
                namespace == null ? null : namespace.getAsString(),
                texts(identity.get("labels")),
                texts(identity.get("annotations")),
                json,
                source);
    }

    private static @Nullable Map<String, String> texts(@Nullable JsonElement table) {
        if (table == null) {
            return null;
        }
        Map<String, String> texts = new LinkedHashMap<>();
        table.getAsJsonObject()
                .entrySet()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().getAsString()));
        return texts;
    }

    private Failure failure(Path file) {
        return new Failure(
                ExitCode.USAGE,
                faults.stream().map(fault -> fault.at(file.toString())).collect(Collectors.joining("\n")));
    }

    private void fault(@Nullable TomlPosition position, String message) {
        faults.add(
                position == null ? new Fault(0, 0, message) : new Fault(position.line(), position.column(), message));
    }

    private JsonObject table(TomlTable table, Shape.Table shape, String path, @Nullable TomlPosition at) {
        JsonObject json = new JsonObject();
        for (String key : table.keySet()) {
            TomlPosition position = table.inputPositionOf(List.of(key));
            Shape.Member member = shape.members().get(key);
            if (member == null) {
                fault(position, unknown(path + key, shape, path));
            } else {
                add(json, key, table.get(List.of(key)), member.shape(), path + key, position);
            }
        }
        shape.members().forEach((name, member) -> {
            if (member.required() && !table.keySet().contains(name)) {
                fault(
                        at,
                        "\"" + path + name + "\" is missing: add "
                                + member.shape().words() + ".");
            }
        });
        return json;
    }

    private static String unknown(String path, Shape.Table shape, String parent) {
        return "\"" + path + "\" is not known: "
                + (parent.isEmpty() ? "a manifest" : "\"" + parent.replaceFirst("\\.$", "") + "\"") + " has "
                + String.join(", ", shape.members().keySet()) + ".";
    }

    private void add(
            JsonObject into,
            String key,
            @Nullable Object value,
            Shape shape,
            String path,
            @Nullable TomlPosition position) {
        JsonElement json = value(value, shape, path, position);
        if (json != null) {
            into.add(key, json);
        }
    }

    /** Null where the value does not fit, which is told. */
    private @Nullable JsonElement value(
            @Nullable Object value, Shape shape, String path, @Nullable TomlPosition position) {
        return switch (shape) {
            case Shape.Text ignored when value instanceof String text -> new JsonPrimitive(text);
            case Shape.Choice choice
            when value instanceof String text && choice.names().contains(text) -> new JsonPrimitive(text);
            case Shape.Whole ignored when value instanceof Long number -> new JsonPrimitive(number);
            case Shape.Fraction ignored when value instanceof Number number -> new JsonPrimitive(number);
            case Shape.Truth ignored when value instanceof Boolean truth -> new JsonPrimitive(truth);
            case Shape.Listing listing when value instanceof TomlArray array -> list(array, listing.item(), path);
            case Shape.Dictionary dictionary
            when value instanceof TomlTable table -> dictionary(table, dictionary.value(), path);
            case Shape.Table members
            when value instanceof TomlTable table -> table(table, members, path + ".", position);
            default -> {
                fault(position, "\"" + path + "\" is " + shape.words() + ", and here it is " + words(value) + ".");
                yield null;
            }
        };
    }

    private JsonArray list(TomlArray array, Shape item, String path) {
        JsonArray json = new JsonArray();
        for (int i = 0; i < array.size(); i++) {
            JsonElement element = value(array.get(i), item, path + "[" + i + "]", array.inputPositionOf(i));
            if (element != null) {
                json.add(element);
            }
        }
        return json;
    }

    private JsonObject dictionary(TomlTable table, Shape value, String path) {
        JsonObject json = new JsonObject();
        for (String key : table.keySet()) {
            add(json, key, table.get(List.of(key)), value, path + "." + key, table.inputPositionOf(List.of(key)));
        }
        return json;
    }

    private static String words(@Nullable Object value) {
        return switch (value) {
            case null -> "nothing";
            case String text -> "the text \"" + text + "\"";
            case Long number -> "the number " + number;
            case Double number -> "the number " + number;
            case Boolean truth -> truth.toString();
            case TomlArray ignored -> "a list";
            case TomlTable ignored -> "a table";
            default -> "a date or time";
        };
    }
}
