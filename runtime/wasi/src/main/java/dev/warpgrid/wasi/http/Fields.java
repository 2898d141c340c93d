package dev.warpgrid.wasi.http;

import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.WasiLimits;
import dev.warpgrid.wasi.WasiResource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code wasi:http/types.fields}. Immutable when it belongs to a message. */
final class Fields extends WasiResource {
    private static final Variant OK = Variant.ok();
    private static final Variant INVALID_SYNTAX = Variant.err(Variant.of(0));
    private static final Variant FORBIDDEN = Variant.err(Variant.of(1));
    private static final Variant IMMUTABLE = Variant.err(Variant.of(2));

    private final HttpFields content;
    private final boolean immutable;

    /** Fields of a guest's own making. */
    Fields(HttpFields content) {
        super(null);
        this.content = content;
        this.immutable = false;
    }

    /** The fields of a message, as its child. */
    Fields(WasiResource message, HttpFields content) {
        super(message);
        this.content = content;
        this.immutable = true;
    }

    /** The guest gives the fields away to a message of its own. */
    HttpFields handOver(InstanceState state) {
        leave(state);
        return immutable ? content.copy() : content;
    }

    static Variant fromList(InstanceState state, List<?> entries) {
        Fields fields = new Fields(new HttpFields());
        for (Object entry : entries) {
            Object[] pair = (Object[]) entry;
            Variant added = fields.append(state, (String) pair[0], (byte[]) pair[1]);
            if (added.isErr()) {
                return added;
            }
        }
        return Variant.ok(fields);
    }

    List<Object> get(String name) {
        String wanted = HttpFields.lowerCase(name);
        List<Object> values = new ArrayList<>();
        for (int index = 0; index < content.size(); index++) {
            if (content.name(index).equals(wanted)) {
                values.add(content.valueBytes(index));
            }
        }
        return values;
    }

    boolean has(String name) {
        return content.contains(name);
    }

    Variant set(InstanceState state, String name, List<?> values) {
        String lowerCase = HttpFields.lowerCase(name);
        Variant refusal = refusal(lowerCase);
        for (Object value : values) {
            refusal = refusal == null && !FieldRules.validValue(lowerCase, (byte[]) value) ? INVALID_SYNTAX : refusal;
        }
        if (refusal == null && values.size() > 1 && lowerCase.equals(FieldRules.CONTENT_LENGTH)) {
            return INVALID_SYNTAX;
        }
        if (refusal != null) {
            return refusal;
        }
        content.remove(lowerCase);
        for (Object value : values) {
            put(state, lowerCase, (byte[]) value);
        }
        return OK;
    }

    Variant delete(String name) {
        Variant refusal = refusal(HttpFields.lowerCase(name));
        if (refusal == null) {
            content.remove(name);
        }
        return refusal == null ? OK : refusal;
    }

    Variant append(InstanceState state, String name, byte[] value) {
        String lowerCase = HttpFields.lowerCase(name);
        Variant refusal = refusal(lowerCase);
        if (refusal != null) {
            return refusal;
        }
        boolean second = lowerCase.equals(FieldRules.CONTENT_LENGTH) && content.contains(lowerCase);
        if (second || !FieldRules.validValue(lowerCase, value)) {
            return INVALID_SYNTAX;
        }
        put(state, lowerCase, value);
        return OK;
    }

    private void put(InstanceState state, String name, byte[] value) {
        WasiLimits limits = state.config().limits();
        if (content.size() >= limits.fieldCount()) {
            throw InstanceState.over("fieldCount", limits.fieldCount());
        }
        boolean tooLarge = content.byteSize() + name.length() + value.length > limits.fieldBytes();
        if (tooLarge || !content.fits(name.length(), value.length)) {
            throw InstanceState.over("fieldBytes", limits.fieldBytes());
        }
        content.add(name, value);
    }

    private @Nullable Variant refusal(String lowerCase) {
        if (immutable) {
            return IMMUTABLE;
        }
        if (!FieldRules.validName(lowerCase)) {
            return INVALID_SYNTAX;
        }
        return FieldRules.forbidden(lowerCase) ? FORBIDDEN : null;
    }

    List<Object> entries() {
        List<Object> entries = new ArrayList<>(content.size());
        for (int index = 0; index < content.size(); index++) {
            entries.add(new Object[] {content.name(index), content.valueBytes(index)});
        }
        return entries;
    }

    Fields copy() {
        return new Fields(content.copy());
    }

    @Override
    protected String wasiName() {
        return "fields";
    }
}
