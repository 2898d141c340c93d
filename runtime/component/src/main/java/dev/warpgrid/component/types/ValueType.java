package dev.warpgrid.component.types;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value type. Made by {@link TypeTable} only, which gives equal types the same object, so that identity is equality
 * however large a type is. Size and alignment are those of 32-bit linear memory (CanonicalABI.md, "Alignment" and
 * "Element Size").
 */
public final class ValueType {
    private static final int MAX_FLAT = 1 << 20;

    private final Kind kind;
    private final List<String> labels;
    private final List<@Nullable ValueType> children;
    private final int length;
    private final @Nullable ResourceType resource;
    private final int depth;
    private final int alignment;
    private final int wideAlignment;
    private final long size;
    private final long wideSize;
    private final int flatCount;
    private final boolean borrows;
    private final boolean handles;
    private final @Nullable String unsupported;

    /** What a type is made by. */
    public enum Kind {
        BOOL,
        S8,
        U8,
        S16,
        U16,
        S32,
        U32,
        S64,
        U64,
        F32,
        F64,
        CHAR,
        STRING,
        ERROR_CONTEXT,
        RECORD,
        TUPLE,
        VARIANT,
        ENUM,
        OPTION,
        RESULT,
        FLAGS,
        LIST,
        FIXED_LIST,
        MAP,
        OWN,
        BORROW,
        STREAM,
        FUTURE
    }

    ValueType(
            Kind kind,
            List<String> labels,
            List<@Nullable ValueType> children,
            int length,
            @Nullable ResourceType resource) {
        this.kind = kind;
        this.labels = List.copyOf(labels);
        this.children = Collections.unmodifiableList(new ArrayList<>(children));
        this.length = length;
        this.resource = resource;
        this.depth = 1
                + children.stream()
                        .mapToInt(child -> child == null ? 0 : child.depth)
                        .max()
                        .orElse(0);
        this.alignment = Layout.alignment(this, false);
        this.wideAlignment = Layout.alignment(this, true);
        this.size = Layout.size(this, false);
        this.wideSize = Layout.size(this, true);
        this.flatCount = (int) Math.min(MAX_FLAT, Layout.flatCount(this));
        this.borrows = kind == Kind.BORROW || children.stream().anyMatch(child -> child != null && child.borrows);
        this.handles = resource != null || children.stream().anyMatch(child -> child != null && child.handles);
        this.unsupported = unsupported(kind, children);
    }

    private static @Nullable String unsupported(Kind kind, List<@Nullable ValueType> children) {
        switch (kind) {
            case STREAM -> {
                return "stream";
            }
            case FUTURE -> {
                return "future";
            }
            case ERROR_CONTEXT -> {
                return "error-context";
            }
            default -> {}
        }
        for (ValueType child : children) {
            if (child != null && child.unsupported != null) {
                return child.unsupported;
            }
        }
        return null;
    }

    public Kind kind() {
        return kind;
    }

    /** Of fields, cases or flags, in declaration order. */
    public List<String> labels() {
        return labels;
    }

    /** Of fields, cases, elements; null for a case without payload. A result has ok and error, a map key and value. */
    public List<@Nullable ValueType> children() {
        return children;
    }

    /** A child that is there by the kind of this type: a field, an element. */
    public ValueType child(int index) {
        ValueType child = children.get(index);
        if (child == null) {
            throw new IllegalStateException("Case " + index + " of a " + kind + " has no payload.");
        }
        return child;
    }

    /** Elements of a list of fixed length. */
    public int length() {
        return length;
    }

    /** Of an own or borrow. */
    public ResourceType resource() {
        if (resource == null) {
            throw new IllegalStateException("A " + kind + " is no handle.");
        }
        return resource;
    }

    public int depth() {
        return depth;
    }

    public int alignment() {
        return alignment;
    }

    /** In bytes of linear memory; may be far beyond what a validated component holds. */
    public long size() {
        return size;
    }

    /** In bytes of a 64-bit linear memory, where pointers and lengths take eight; validation bounds both sizes. */
    public long wideSize() {
        return wideSize;
    }

    int alignment(boolean wide) {
        return wide ? wideAlignment : alignment;
    }

    long size(boolean wide) {
        return wide ? wideSize : size;
    }

    /** Core values that it flattens to, capped at 2^20. */
    public int flatCount() {
        return flatCount;
    }

    public boolean borrows() {
        return borrows;
    }

    /** Whether it holds an own or a borrow. */
    public boolean handles() {
        return handles;
    }

    /** The name of the async type it holds, which this host does not run yet; null when it holds none. */
    public @Nullable String unsupported() {
        return unsupported;
    }

    /** Bytes of a variant's or enum's discriminant. */
    public int discriminantSize() {
        int cases = kind == Kind.ENUM ? labels.size() : children.size();
        return cases <= 1 << 8 ? 1 : cases <= 1 << 16 ? 2 : 4;
    }

    /** Where a variant's payload begins. */
    public int payloadOffset() {
        return (int) Layout.align(discriminantSize(), Layout.payloadAlignment(this, false));
    }
}
