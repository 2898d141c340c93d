package dev.warpgrid.engine.graalwasm;

import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Map;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.ByteSequence;
import org.graalvm.polyglot.proxy.ProxyObject;

/**
 * Writes many bytes into a guest's memory. The polyglot API has no bulk write and its single writes cost some 10 ns for
 * each 8 bytes. The engine's own {@code fd_read} copies from the standard input of the context without such a price; so
 * a small guest of our own, which imports the memory, calls it on a stream that holds what is to be written.
 */
final class BulkWriter {
    /** The engine's WASI functions under a name of ours; no guest imports from it, since linking gives every import. */
    static final String BUILTINS = "warpgrid:wasi_snapshot_preview1";

    /** What {@code fd_read} is told lies at the end of what is written, and is overwritten last. */
    static final int TAIL_BYTES = 16;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /*
     * (import "warpgrid" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
     * (import "t" "memory" (memory 0)) (export "memory" (memory 0))
     * (func (export "fill") (param $at i32) (param $length i32) (result i32) (local $tail i32)
     *   (i32.store (local.tee $tail (i32.sub (i32.add (local.get $at) (local.get $length)) (i32.const 16)))
     *     (local.get $at))
     *   (i32.store offset=4 (local.get $tail) (i32.sub (local.get $length) (i32.const 16)))
     *   (call $fd_read (i32.const 0) (local.get $tail) (i32.const 1) (i32.add (local.get $tail) (i32.const 8))))
     */
    private static final Source GUEST = Source.newBuilder(
                    "wasm",
                    ByteSequence.create(HexFormat.of()
                            .parseHex("0061736d01000000010f0260047f7f7f7f017f60027f7f017f022002087761727067726964076664"
                                    + "5f7265616400000174066d656d6f727902000003020101071102066d656d6f727902000466696c6c"
                                    + "00010a2c012a01017f200020016a41106b220220003602002002200141106b360204410020024101"
                                    + "200241086a10000b")),
                    "warpgrid-bulk-writer")
            .buildLiteral();

    private final Feed feed;
    private final Value memory;
    private final Value fill;

    BulkWriter(Context context, Feed feed, Value memory) {
        Value imports =
                context.asValue(ProxyObject.fromMap(Map.of("t", ProxyObject.fromMap(Map.of("memory", memory)))));
        this.feed = feed;
        this.memory = memory;
        this.fill =
                context.eval(GUEST).newInstance(imports).getMember("exports").getMember("fill");
    }

    /** Writes more than {@link #TAIL_BYTES} that lie within the memory. */
    void write(long address, byte[] source, int offset, int length) {
        feed.give(source, offset, length - TAIL_BYTES);
        int error = fill.execute((int) address, length).asInt();
        if (error != 0 || feed.left() != 0) {
            throw new IllegalStateException("The engine did not take " + feed.left() + " bytes; its error is " + error);
        }
        for (int at = length - TAIL_BYTES; at < length; at += Long.BYTES) {
            memory.writeBufferLong(ByteOrder.LITTLE_ENDIAN, address + at, (long) LONG.get(source, offset + at));
        }
    }

    /** The standard input of a context: empty but for what is being written. */
    static final class Feed extends InputStream {
        private static final byte[] NONE = {};
        private byte[] bytes = NONE;
        private int at;
        private int end;

        private void give(byte[] source, int offset, int length) {
            bytes = source;
            at = offset;
            end = offset + length;
        }

        private int left() {
            bytes = NONE;
            return end - at;
        }

        @Override
        public int read() {
            return at < end ? bytes[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (at >= end) {
                return length == 0 ? 0 : -1;
            }
            int count = Math.min(length, end - at);
            System.arraycopy(bytes, at, target, offset, count);
            at += count;
            return count;
        }

        @Override
        public int available() {
            return end - at;
        }
    }
}
