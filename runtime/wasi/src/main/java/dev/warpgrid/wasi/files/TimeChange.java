package dev.warpgrid.wasi.files;

/** What is to become of a timestamp. */
public sealed interface TimeChange {
    /** It stays. */
    record Keep() implements TimeChange {}

    /** It becomes the present. */
    record Now() implements TimeChange {}

    /** It becomes the given instant. */
    record To(FileTime time) implements TimeChange {}
}
