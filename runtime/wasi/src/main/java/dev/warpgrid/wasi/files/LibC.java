package dev.warpgrid.wasi.files;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The calls of the C library that java.nio has no equal for: operations relative to an open folder (openat(2) and its
 * like). Each answers what the C function does; {@link #errno} tells why after a negative answer.
 */
final class LibC {
    static final StructLayout ERRNO = Linker.Option.captureStateLayout();

    private static final Linker LINKER = Linker.nativeLinker();
    private static final VarHandle ERRNO_NUMBER = ERRNO.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle OPENAT = function(
            "openat",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
            Linker.Option.firstVariadicArg(3));
    private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle STATX =
            function("statx", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
    private static final FunctionDescriptor TRANSFER =
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle PREAD = function("pread", TRANSFER);
    private static final MethodHandle PWRITE = function("pwrite", TRANSFER);
    private static final MethodHandle FTRUNCATE =
            function("ftruncate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle FALLOCATE =
            function("posix_fallocate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle FSYNC = function("fsync", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle FDATASYNC = function("fdatasync", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle MKDIRAT =
            function("mkdirat", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle UNLINKAT =
            function("unlinkat", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle RENAMEAT =
            function("renameat", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
    private static final MethodHandle LINKAT =
            function("linkat", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SYMLINKAT =
            function("symlinkat", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
    private static final MethodHandle READLINKAT =
            function("readlinkat", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG));
    private static final MethodHandle UTIMENSAT =
            function("utimensat", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    private static final MethodHandle FUTIMENS =
            function("futimens", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle GETDENTS =
            function("getdents64", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle LSEEK =
            function("lseek", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT));

    private LibC() {}

    // The module path or --enable-native-access allows it; the signatures are those of the C library.
    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor type, Linker.Option... more) {
        Linker.Option[] options = java.util.Arrays.copyOf(more, more.length + 1);
        options[more.length] = Linker.Option.captureCallState("errno");
        MemorySegment address = LINKER.defaultLookup()
                .find(name)
                .orElseThrow(() -> new UnsupportedOperationException("The C library has no " + name
                        + ": folders for guests need Linux with glibc 2.30 or musl 1.2.5, or newer."));
        return LINKER.downcallHandle(address, type, options);
    }

    /** The error number that the last call with this capture left. */
    static int errno(MemorySegment capture) {
        return (int) ERRNO_NUMBER.get(capture, 0L);
    }

    private static AssertionError broken(Throwable thrown) {
        return new AssertionError("A call of the C library cannot throw.", thrown);
    }

    static int openat(MemorySegment capture, int folder, MemorySegment name, int flags, int mode) {
        try {
            return (int) OPENAT.invokeExact(capture, folder, name, flags, mode);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static int close(MemorySegment capture, int descriptor) {
        try {
            return (int) CLOSE.invokeExact(capture, descriptor);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static int statx(MemorySegment capture, int folder, MemorySegment name, int flags, int mask, MemorySegment target) {
        try {
            return (int) STATX.invokeExact(capture, folder, name, flags, mask, target);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static long pread(MemorySegment capture, int descriptor, MemorySegment target, long length, long position) {
        try {
            return (long) PREAD.invokeExact(capture, descriptor, target, length, position);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static long pwrite(MemorySegment capture, int descriptor, MemorySegment source, long length, long position) {
        try {
            return (long) PWRITE.invokeExact(capture, descriptor, source, length, position);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static int ftruncate(MemorySegment capture, int descriptor, long size) {
        try {
            return (int) FTRUNCATE.invokeExact(capture, descriptor, size);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /** Answers the error number itself. */
    static int fallocate(MemorySegment capture, int descriptor, long offset, long length) {
        try {
            return (int) FALLOCATE.invokeExact(capture, descriptor, offset, length);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static int fsync(MemorySegment capture, int descriptor, boolean dataOnly) {
        try {
            return dataOnly
                    ? (int) FDATASYNC.invokeExact(capture, descriptor)
                    : (int) FSYNC.invokeExact(capture, descriptor);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static int mkdirat(MemorySegment capture, int folder, MemorySegment name, int mode) {
        try {
            return (int) MKDIRAT.invokeExact(capture, folder, name, mode);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static int unlinkat(MemorySegment capture, int folder, MemorySegment name, int flags) {
        try {
            return (int) UNLINKAT.invokeExact(capture, folder, name, flags);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static int renameat(MemorySegment capture, int from, MemorySegment name, int to, MemorySegment newName) {
        try {
            return (int) RENAMEAT.invokeExact(capture, from, name, to, newName);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static int linkat(MemorySegment capture, int from, MemorySegment name, int to, MemorySegment newName, int flags) {
        try {
            return (int) LINKAT.invokeExact(capture, from, name, to, newName, flags);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static int symlinkat(MemorySegment capture, MemorySegment content, int folder, MemorySegment name) {
        try {
            return (int) SYMLINKAT.invokeExact(capture, content, folder, name);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static long readlinkat(MemorySegment capture, int folder, MemorySegment name, MemorySegment target, long length) {
        try {
            return (long) READLINKAT.invokeExact(capture, folder, name, target, length);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static int utimensat(MemorySegment capture, int folder, MemorySegment name, MemorySegment times, int flags) {
        try {
            return (int) UTIMENSAT.invokeExact(capture, folder, name, times, flags);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static int futimens(MemorySegment capture, int descriptor, MemorySegment times) {
        try {
            return (int) FUTIMENS.invokeExact(capture, descriptor, times);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static long getdents(MemorySegment capture, int folder, MemorySegment target, long length) {
        try {
            return (long) GETDENTS.invokeExact(capture, folder, target, length);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static long lseek(MemorySegment capture, int descriptor, long position, int whence) {
        try {
            return (long) LSEEK.invokeExact(capture, descriptor, position, whence);
        } catch (Throwable e) {
            throw broken(e);
        }
    }
}
