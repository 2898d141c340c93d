package dev.warpgrid.cli.manifest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.warpgrid.cli.output.Json;

/** The JSON Schema (2020-12) of {@code warp.toml}, for editors. */
public final class ManifestSchema {
    private ManifestSchema() {}

    public static String text() {
        JsonObject schema = new JsonObject();
        schema.addProperty("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.addProperty("title", "warp.toml");
        schema.addProperty("description", "A WarpGrid deployment: who it is, and the deployment's spec beside it.");
        of(ManifestReader.SHAPE).entrySet().forEach(entry -> schema.add(entry.getKey(), entry.getValue()));
        return Json.pretty(schema) + "\n";
    }

    private static JsonObject of(Shape shape) {
        return switch (shape) {
            case Shape.Text ignored -> typed("string");
            case Shape.Whole ignored -> typed("integer");
            case Shape.Fraction ignored -> typed("number");
            case Shape.Truth ignored -> typed("boolean");
            case Shape.Choice choice -> {
                JsonObject text = typed("string");
                JsonArray names = new JsonArray();
                choice.names().forEach(names::add);
                text.add("enum", names);
                yield text;
            }
            case Shape.Listing listing -> {
                JsonObject list = typed("array");
                list.add("items", of(listing.item()));
                yield list;
            }
            case Shape.Dictionary dictionary -> {
                JsonObject object = typed("object");
                object.add("additionalProperties", of(dictionary.value()));
                yield object;
            }
            case Shape.Table table -> table(table);
        };
    }

    private static JsonObject table(Shape.Table table) {
        JsonObject object = typed("object");
        JsonObject properties = new JsonObject();
        JsonArray required = new JsonArray();
        table.members().forEach((name, member) -> {
            properties.add(name, of(member.shape()));
            if (member.required()) {
                required.add(name);
            }
        });
        object.add("properties", properties);
        if (!required.isEmpty()) {
            object.add("required", required);
        }
        object.addProperty("additionalProperties", false);
        return object;
    }

    private static JsonObject typed(String type) {
        JsonObject object = new JsonObject();
        object.addProperty("type", type);
        return object;
    }
}
