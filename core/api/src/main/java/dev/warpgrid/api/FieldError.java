package dev.warpgrid.api;

/**
 * One broken rule.
 *
 * @param pointer RFC 6901 JSON pointer into the request, for example {@code /spec/resources/memory}
 * @param message cause and remedy in one sentence
 */
public record FieldError(String pointer, String message) {}
