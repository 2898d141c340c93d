package dev.warpgrid.component;

import java.util.List;

/** A component cannot be linked to this host: something it imports is not provided, or it needs an unknown feature. */
public class LinkException extends ComponentException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> missing;

    public LinkException(String message) {
        this(message, List.of());
    }

    public LinkException(String message, List<String> missing) {
        super(message);
        this.missing = List.copyOf(missing);
    }

    /** Every import that is not provided, as {@code wasi:http/types@0.2.4} or with a function behind a space. */
    public List<String> missing() {
        return missing;
    }
}
