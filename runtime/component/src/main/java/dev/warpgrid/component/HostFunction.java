package dev.warpgrid.component;

import org.jspecify.annotations.Nullable;

/**
 * A function of the host that a guest may import.
 *
 * <p>Values are the Canonical ABI's in Java: bool is Boolean; s8 to u32 are Integer (bit pattern for u32); s64 and u64
 * are Long (bit pattern); f32 is Float, f64 Double; char is Integer, a code point; string is String; {@code list<u8>}
 * is byte[], any other list a {@code List<Object>}, a map a {@code List<Object>} of {@code Object[2]}; record and tuple
 * are Object[] in declaration order; flags is Integer, bit i being the i-th flag; variant, enum, option and result are
 * {@link Variant}; own and borrow of a host resource are the host's own object, and of a guest resource a
 * {@link GuestResource}.
 *
 * @param <S> the host's state of one instance
 */
@FunctionalInterface
public interface HostFunction<S> {
    /**
     * Answers the call. An expected failure is a WIT {@code result} value; anything thrown ends the guest's call as a
     * {@link TrapException} of kind {@code HOST_FAILURE} with it as cause.
     *
     * @return the result, or null when the function has none
     */
    @Nullable
    Object call(S state, Object[] arguments);
}
