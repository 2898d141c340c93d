package dev.warpgrid.component;

/**
 * The name of a top-level import or export.
 *
 * @param name    without its version: {@code wasi:http/types}, {@code run}
 * @param version as written, {@code 0.2.4}; empty when there is none
 */
public record ExternName(String name, String version, ExternKind kind) {
    /** Splits a name as it stands in a binary: {@code wasi:http/types@0.2.4}. */
    public static ExternName parse(String text, ExternKind kind) {
        int at = text.indexOf('@');
        return at < 0
                ? new ExternName(text, "", kind)
                : new ExternName(text.substring(0, at), text.substring(at + 1), kind);
    }

    /** The name as it stands in a binary. */
    public String text() {
        return version.isEmpty() ? name : name + "@" + version;
    }

    @Override
    public String toString() {
        return text();
    }
}
