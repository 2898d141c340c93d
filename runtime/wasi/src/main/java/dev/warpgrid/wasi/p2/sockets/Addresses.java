package dev.warpgrid.wasi.p2.sockets;

import dev.warpgrid.component.Variant;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import org.jspecify.annotations.Nullable;

/** Addresses between WIT's variants and Java. */
final class Addresses {
    private static final int IPV4 = 0;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_GROUPS = 8;

    private Addresses() {}

    static StandardProtocolFamily family(Object family) {
        return ((Variant) family).index() == IPV4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    }

    static Variant toFamily(StandardProtocolFamily family) {
        return Variant.of(family == StandardProtocolFamily.INET ? 0 : 1);
    }

    /** An {@code ip-socket-address} of a family; one of another is an argument that is not valid. */
    static InetSocketAddress read(Object given, StandardProtocolFamily family) throws IOException {
        Variant variant = (Variant) given;
        Object[] parts = (Object[]) variant.payload();
        boolean four = variant.index() == IPV4;
        if (four != (family == StandardProtocolFamily.INET)) {
            throw SocketError.INVALID_ARGUMENT.asException();
        }
        Object[] numbers = (Object[]) parts[four ? 1 : 2];
        byte[] bytes = four ? bytesOfFour(numbers) : bytesOfSix(numbers);
        InetAddress address = InetAddress.getByAddress(bytes);
        // Java makes an address of version 4 from one that holds it.
        if (!four && address instanceof Inet4Address) {
            throw SocketError.INVALID_ARGUMENT.asException();
        }
        return new InetSocketAddress(address, (Integer) parts[0]);
    }

    private static byte[] bytesOfFour(Object[] numbers) {
        byte[] bytes = new byte[IPV4_BYTES];
        for (int index = 0; index < IPV4_BYTES; index++) {
            bytes[index] = (byte) (int) (Integer) numbers[index];
        }
        return bytes;
    }

    private static byte[] bytesOfSix(Object[] groups) {
        byte[] bytes = new byte[2 * IPV6_GROUPS];
        for (int index = 0; index < IPV6_GROUPS; index++) {
            int group = (Integer) groups[index];
            bytes[2 * index] = (byte) (group >> 8);
            bytes[2 * index + 1] = (byte) group;
        }
        return bytes;
    }

    /** An {@code ip-address}. */
    static Variant toVariant(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            Object[] numbers = new Object[IPV4_BYTES];
            for (int index = 0; index < IPV4_BYTES; index++) {
                numbers[index] = bytes[index] & 0xff;
            }
            return Variant.of(IPV4, numbers);
        }
        Object[] groups = new Object[IPV6_GROUPS];
        for (int index = 0; index < IPV6_GROUPS; index++) {
            groups[index] = ((bytes[2 * index] & 0xff) << 8) | (bytes[2 * index + 1] & 0xff);
        }
        return Variant.of(1, groups);
    }

    /** An {@code ip-socket-address}; there is none before a socket is bound or connected. */
    static Variant toVariant(@Nullable SocketAddress given) throws IOException {
        if (!(given instanceof InetSocketAddress address)) {
            throw SocketError.INVALID_STATE.asException();
        }
        Object inner = toVariant(address.getAddress()).payload();
        return address.getAddress() instanceof Inet6Address six
                ? Variant.of(1, new Object[] {address.getPort(), 0, inner, six.getScopeId()})
                : Variant.of(IPV4, new Object[] {address.getPort(), inner});
    }
}
