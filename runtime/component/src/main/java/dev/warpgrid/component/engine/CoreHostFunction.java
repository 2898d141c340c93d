package dev.warpgrid.component.engine;

/** A function of the host as a core module imports it: immutable, the same object in every store. */
public final class CoreHostFunction implements CoreExtern {
    private final CoreSignature signature;
    private final Body body;

    public CoreHostFunction(CoreSignature signature, Body body) {
        this.signature = signature;
        this.body = body;
    }

    public CoreSignature signature() {
        return signature;
    }

    public Body body() {
        return body;
    }

    /** What the function does. */
    @FunctionalInterface
    public interface Body {
        /**
         * Answers a guest; values are raw bits as in {@link CoreFunction}.
         *
         * @param context of the store the guest lives in
         * @return the result, ignored when the signature has none
         */
        long call(Object context, long[] arguments);
    }
}
