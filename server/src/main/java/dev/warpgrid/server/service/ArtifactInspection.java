package dev.warpgrid.server.service;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.component.Component;
import dev.warpgrid.component.ComponentException;
import dev.warpgrid.component.ExternName;
import java.util.Arrays;
import java.util.List;

/**
 * What can be read out of an artifact without running it.
 *
 * @param imports with versions, sorted
 */
record ArtifactInspection(List<String> imports, List<String> exports, long minimumMemoryBytes) {
    private static final int PREAMBLE_BYTES = 8;
    private static final byte[] MAGIC = {0, 'a', 's', 'm'};
    private static final byte[] CORE_MODULE = {1, 0, 0, 0};

    /** @throws ApiException with {@link ErrorCode#UNSUPPORTED_ARTIFACT}, naming the cause and the byte */
    static ArtifactInspection of(byte[] bytes) {
        refuseWhatIsNoComponent(bytes);
        try {
            Component component = Component.parse(bytes);
            return new ArtifactInspection(
                    names(component.imports()), names(component.exports()), component.minimumMemoryBytes());
        } catch (ComponentException e) {
            throw new ApiException(
                    ErrorCode.UNSUPPORTED_ARTIFACT,
                    "The component cannot be read: " + e.getMessage() + ". Build it again, and upload the whole file.",
                    e);
        }
    }

    private static void refuseWhatIsNoComponent(byte[] bytes) {
        if (bytes.length == 0) {
            throw unsupported("The body is empty: send the component's bytes.");
        }
        if (bytes.length < PREAMBLE_BYTES) {
            throw unsupported("The file ends at byte " + bytes.length
                    + ", inside the 8 bytes every WebAssembly file begins with: upload the whole file.");
        }
        if (!startsWith(bytes, 0, MAGIC)) {
            throw unsupported("The file is no WebAssembly: at byte 0 there is " + hexadecimal(bytes, 0)
                    + " and not 00 61 73 6d. Upload the .wasm file that your build makes.");
        }
        if (startsWith(bytes, MAGIC.length, CORE_MODULE)) {
            throw unsupported(
                    "The file is a core WebAssembly module (at byte 4 there is version 01 00 00 00) and not a"
                            + " component: build it for a target such as wasm32-wasip2, or wrap it with wasm-tools component new.");
        }
    }

    private static boolean startsWith(byte[] bytes, int offset, byte[] wanted) {
        return Arrays.equals(bytes, offset, offset + wanted.length, wanted, 0, wanted.length);
    }

    private static String hexadecimal(byte[] bytes, int offset) {
        return java.util.HexFormat.ofDelimiter(" ").formatHex(bytes, offset, offset + MAGIC.length);
    }

    private static List<String> names(List<ExternName> externs) {
        return externs.stream().map(ExternName::text).sorted().distinct().toList();
    }

    private static ApiException unsupported(String message) {
        return new ApiException(ErrorCode.UNSUPPORTED_ARTIFACT, message);
    }
}
