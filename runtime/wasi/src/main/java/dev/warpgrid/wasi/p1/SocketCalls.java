package dev.warpgrid.wasi.p1;

/**
 * Preview 1 can use sockets that it was given and make none. This host gives none, so there is never one to use; a module
 * that asks hears that its descriptor is no socket.
 */
final class SocketCalls {
    private SocketCalls() {}

    static void addTo(Preview1Functions functions) {
        functions.add("sock_accept", "iii", SocketCalls::refuse);
        functions.add("sock_recv", "iiiiii", SocketCalls::refuse);
        functions.add("sock_send", "iiiii", SocketCalls::refuse);
        functions.add("sock_shutdown", "ii", SocketCalls::refuse);
    }

    private static int refuse(Preview1Instance guest, long[] in) {
        return switch (guest.descriptors().get(in[0])) {
            case Entry.File file -> Errno.NOTSOCK;
            case Entry.Folder folder -> Errno.NOTSOCK;
            case Entry.Stream stream -> Errno.NOTSOCK;
        };
    }
}
