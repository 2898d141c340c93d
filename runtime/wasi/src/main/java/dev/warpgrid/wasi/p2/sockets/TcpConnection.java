package dev.warpgrid.wasi.p2.sockets;

import dev.warpgrid.wasi.InstanceState;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/** A connected channel that a socket and its two streams share; closed with the last of them. */
final class TcpConnection {
    private final SocketChannel channel;
    private int users;

    TcpConnection(SocketChannel channel) {
        this.channel = channel;
    }

    SocketChannel channel() {
        return channel;
    }

    TcpConnection share() {
        users++;
        return this;
    }

    void release() {
        if (--users == 0) {
            close(channel);
        }
    }

    static void close(java.nio.channels.Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // There is nothing left to be done for it.
            assert !channel.isOpen();
        }
    }

    Object[] streams(InstanceState state) {
        return new Object[] {new TcpInput(state, this), new TcpOutput(state, this)};
    }
}
