package dev.warpgrid.component.binary;

/**
 * The options of a lift or lower; an index is -1 when the option is not there.
 *
 * @param callback core function of an async lift
 */
public record CanonOptions(
        StringEncoding encoding, int memory, int realloc, int postReturn, boolean async, int callback) {
    /** How strings lie in a guest's memory. */
    public enum StringEncoding {
        UTF8,
        UTF16,
        /** Latin-1, or UTF-16 when the length's top bit is set. */
        LATIN1_UTF16
    }
}
