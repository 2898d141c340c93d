package dev.warpgrid.component.binary;

import dev.warpgrid.component.ComponentLimits;
import dev.warpgrid.component.MalformedComponentException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the sections of a component (Binary.md, "Component Definitions"). */
public final class ComponentReader {
    private static final byte[] MAGIC = {0x00, 0x61, 0x73, 0x6d};
    private static final int COMPONENT_VERSION = 0x0d;
    private static final int COMPONENT_LAYER = 1;

    private final ByteReader in;
    private final ReaderScope scope;
    private final List<Definition> definitions = new ArrayList<>();

    private ComponentReader(ByteReader in, ReaderScope scope) {
        this.in = in;
        this.scope = scope;
    }

    /**
     * Reads a whole binary.
     *
     * @throws MalformedComponentException for bytes that are no component; nothing else
     */
    public static ComponentBinary read(byte[] bytes, ComponentLimits limits) {
        requireComponent(bytes);
        ByteReader in = new ByteReader(bytes, 0, bytes.length, limits);
        return new ComponentReader(in, new ReaderScope(null, limits)).component();
    }

    private static void requireComponent(byte[] bytes) {
        for (int i = 0; i < MAGIC.length; i++) {
            if (i >= bytes.length || bytes[i] != MAGIC[i]) {
                throw new MalformedComponentException(notWasm(bytes), i);
            }
        }
        if (bytes.length >= 8 && bytes[4] == 1 && bytes[5] == 0 && bytes[6] == 0 && bytes[7] == 0) {
            throw new MalformedComponentException(
                    "This is a core module and not a component; make a component of it, for instance with"
                            + " wasm-tools component new and the adapter of its WASI version",
                    4);
        }
    }

    private static String notWasm(byte[] bytes) {
        if (bytes.length == 0) {
            return "This is an empty file and not a component";
        }
        String head = new String(bytes, 0, Math.min(bytes.length, 64), StandardCharsets.ISO_8859_1).stripLeading();
        return head.startsWith("(component") || head.startsWith("(module") || head.startsWith(";;")
                ? "This is WebAssembly text and not a component's binary form; convert it with wasm-tools parse"
                : "This is not WebAssembly: it does not begin with the bytes 00 61 73 6d";
    }

    private ComponentBinary component() {
        int offset = in.position();
        in.skip(MAGIC.length);
        int version = in.u8() | in.u8() << 8;
        int layer = in.u8() | in.u8() << 8;
        if (version != COMPONENT_VERSION || layer != COMPONENT_LAYER) {
            throw new MalformedComponentException(
                    "This component's format is version " + version + " layer " + layer
                            + "; only version 13 layer 1 is read",
                    offset + 4L);
        }
        while (!in.atEnd()) {
            section();
        }
        return new ComponentBinary(definitions, offset);
    }

    private void section() {
        int id = in.u8();
        int at = in.position();
        ByteReader body = in.slice(in.length());
        switch (id) {
            case 0 -> body.name();
            case 1 -> add(new Definition.CoreModule(CoreModuleReader.read(body), at));
            case 4 -> {
                requireHeader(body);
                add(new Definition.Nested(new ComponentReader(body, scope.nested(body)).component(), at));
            }
            case 9 -> add(start(body));
            case 2, 3, 5, 6, 7, 8, 10, 11 -> {
                int count = body.count();
                for (int i = 0; i < count; i++) {
                    add(definition(id, body));
                }
                body.expectEnd("section");
            }
            default ->
                throw new MalformedComponentException(
                        "0x" + Integer.toHexString(id) + " is no section of a component", at - 1L);
        }
    }

    private static void requireHeader(ByteReader body) {
        if (body.remaining() < 8) {
            throw body.malformed("A nested component is too short");
        }
        ByteReader look = new ByteReader(body.bytes(), body.position(), body.end(), body.limits());
        for (byte each : MAGIC) {
            look.expect(each, "a component's magic number");
        }
    }

    private void add(Definition definition) {
        scope.count(in, definition);
        definitions.add(definition);
    }

    private Definition definition(int id, ByteReader body) {
        return switch (id) {
            case 2 -> coreInstance(body);
            case 3 -> new Definition.CoreTypeDefinition(DeclarationReader.coreType(body, scope), body.position());
            case 5 -> instance(body);
            case 6 -> DeclarationReader.alias(body, scope);
            case 7 -> new Definition.Type(TypeReader.type(body, scope), body.position());
            case 8 -> CanonReader.canon(body);
            case 10 -> DeclarationReader.importOf(body, body.position());
            default -> exportDefinition(body);
        };
    }

    private static Definition start(ByteReader body) {
        int at = body.position();
        body.index();
        int count = body.count();
        for (int i = 0; i < count; i++) {
            body.index();
        }
        body.index();
        body.expectEnd("section");
        return new Definition.Start(at);
    }

    private static Definition coreInstance(ByteReader body) {
        int at = body.position();
        int form = body.u8();
        if (form == 0) {
            int module = body.index();
            int count = body.count();
            List<Definition.Item> arguments = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                String name = body.name();
                body.expect(0x12, "a core instance as argument");
                arguments.add(new Definition.Item(name, Sort.CORE_INSTANCE, body.index()));
            }
            return new Definition.CoreInstantiate(module, List.copyOf(arguments), at);
        }
        if (form != 1) {
            throw body.malformed("0x" + Integer.toHexString(form) + " is no form of a core instance");
        }
        int count = body.count();
        List<Definition.Item> exports = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String name = body.name();
            exports.add(new Definition.Item(name, DeclarationReader.coreSort(body), body.index()));
        }
        return new Definition.CoreBundle(List.copyOf(exports), at);
    }

    private static Definition instance(ByteReader body) {
        int at = body.position();
        int form = body.u8();
        if (form > 1) {
            throw body.malformed("0x" + Integer.toHexString(form) + " is no form of an instance");
        }
        int component = form == 0 ? body.index() : -1;
        int count = body.count();
        List<Definition.Item> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ExternLabel label = form == 0 ? new ExternLabel(body.name(), null, false) : DeclarationReader.label(body);
            Sort sort = DeclarationReader.sort(body);
            items.add(new Definition.Item(label.of(sort, body), sort, body.index()));
        }
        return form == 0
                ? new Definition.Instantiate(component, List.copyOf(items), at)
                : new Definition.Bundle(List.copyOf(items), at);
    }

    private static Definition exportDefinition(ByteReader body) {
        int at = body.position();
        ExternLabel label = DeclarationReader.label(body);
        Sort sort = DeclarationReader.sort(body);
        Definition.Item item = new Definition.Item(label.of(sort, body), sort, body.index());
        @Nullable ExternSyntax type = TypeReader.optional(body) ? DeclarationReader.extern(body) : null;
        return new Definition.Export(item, type, at);
    }
}
