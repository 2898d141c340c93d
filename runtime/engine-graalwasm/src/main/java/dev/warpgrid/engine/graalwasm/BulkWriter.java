package dev.warpgrid.engine.graalwasm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Map;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.ByteSequence;
import org.graalvm.polyglot.proxy.ProxyObject;

/**
 * Writes many bytes into a guest's memory. The polyglot API has no bulk write and its single writes cost some 10 ns for
 * each 8 bytes; so a small guest of our own, which imports the memory, pulls the bytes from a host object eight at a
 * time, which is compiled into one loop.
 */
final class BulkWriter {
    /** What is written in one round of the guest's loop. */
    static final int STRIDE_BYTES = 32;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /*
     * (import "h" "next" (func $next (result i64))) (import "t" "memory" (memory 0))
     * (func (export "fill") (param $at i32) (param $end i32)
     *   (loop $l
     *     (i64.store (local.get $at) (call $next)) ... the same at offsets 8, 16 and 24
     *     (br_if $l (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 32))) (local.get $end)))))
     */
    private static final Source GUEST = Source.newBuilder(
                    "wasm",
                    ByteSequence.create(HexFormat.of()
                            .parseHex("0061736d01000000010a026000017e60027f7f000216020168046e65787400000174066d656d6f72"
                                    + "79020000030201010708010466696c6c00010a2f012d000340200010003700002000100037000820"
                                    + "00100037001020001000370018200041206a22002001490d000b0b")),
                    "warpgrid-bulk-writer")
            .buildLiteral();

    private final Pull pull = new Pull();
    private final Value fill;

    BulkWriter(Context context, Value memory) {
        Value imports = context.asValue(
                ProxyObject.fromMap(Map.of("h", pull, "t", ProxyObject.fromMap(Map.of("memory", memory)))));
        this.fill =
                context.eval(GUEST).newInstance(imports).getMember("exports").getMember("fill");
    }

    /** Writes a multiple of the stride that lies within the memory. */
    void write(long address, byte[] source, int offset, int length) {
        pull.bytes = source;
        pull.at = offset;
        fill.executeVoid((int) address, (int) (address + length));
        pull.bytes = Pull.NONE;
    }

    /** Called by the guest; public because the engine calls nothing else. */
    public static final class Pull {
        private static final byte[] NONE = {};
        private byte[] bytes = NONE;
        private int at;

        private Pull() {}

        /** The next eight bytes. */
        @HostAccess.Export
        public long next() {
            long value = (long) LONG.get(bytes, at);
            at += Long.BYTES;
            return value;
        }
    }
}
