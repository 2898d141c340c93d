package dev.warpgrid.api;

/** Something that goes on until it is closed; closing twice does nothing more. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
