package dev.warpgrid.cli.client;

import dev.warpgrid.api.ArtifactService;
import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.output.Human;
import dev.warpgrid.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A component on this machine's disk, checked for what can be told without a server.
 *
 * @param digest of its bytes
 */
public record WasmFile(Path path, Digest digest, long sizeBytes) {
    private static final int HEAD_BYTES = 8;
    private static final int BUFFER_BYTES = 1 << 16;

    /** Reads and checks it; refuses what no grid could run. */
    public static WasmFile open(Path path) {
        if (!Files.exists(path)) {
            throw new Failure(
                    ExitCode.NOT_FOUND, "There is no file " + path + ": check its name and the folder you are in.");
        }
        if (!Files.isRegularFile(path)) {
            throw new Failure(ExitCode.USAGE, path + " is no file: name one WebAssembly component.");
        }
        try (InputStream in = Files.newInputStream(path)) {
            long size = Files.size(path);
            if (size > ArtifactService.MAXIMUM_BYTES) {
                throw new Failure(
                        ExitCode.FAILURE,
                        path + " has " + Human.bytes(size) + " and a grid takes at most "
                                + Human.bytes(ArtifactService.MAXIMUM_BYTES)
                                + ": strip its debug information (wasm-tools strip).");
            }
            byte[] head = in.readNBytes(HEAD_BYTES);
            checkHead(path, head);
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(head);
            byte[] buffer = new byte[BUFFER_BYTES];
            int count;
            while ((count = in.read(buffer)) >= 0) {
                sha256.update(buffer, 0, count);
            }
            return new WasmFile(path, Digest.ofSha256(sha256.digest()), size);
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILURE, path + " cannot be read (" + e.getMessage() + ").", e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every JDK has SHA-256.", e);
        }
    }

    /** Preamble of the binary format: magic, version, layer (Component Model, Binary.md). */
    private static void checkHead(Path path, byte[] head) {
        boolean magic = head.length >= 4 && head[0] == 0 && head[1] == 'a' && head[2] == 's' && head[3] == 'm';
        if (!magic) {
            boolean text = head.length > 0 && head[0] == '(';
            throw new Failure(
                    ExitCode.FAILURE,
                    path
                            + (text
                                    ? " is WebAssembly text, not binary: make it binary with wasm-tools parse."
                                    : " is not WebAssembly: it does not begin with the magic bytes \\0asm; build a wasm32-wasip2 component."));
        }
        if (head.length < HEAD_BYTES) {
            throw new Failure(ExitCode.FAILURE, path + " ends within its first 8 bytes: build or copy it again.");
        }
        boolean core = head[4] == 1 && head[6] == 0;
        if (core) {
            throw new Failure(
                    ExitCode.FAILURE,
                    path
                            + " is a core module, not a component: build for wasm32-wasip2, or wrap it with wasm-tools component new.");
        }
        if (head[4] != 0x0d || head[5] != 0 || head[6] != 1 || head[7] != 0) {
            throw new Failure(
                    ExitCode.FAILURE,
                    path + " is a component of another format version than 13: build it with current tools.");
        }
    }
}
