package dev.warpgrid.protocol;

/**
 * The version both ends name when they meet. It grows when an old peer would misunderstand a new one; a server takes
 * agents of its own version and of the one before.
 */
public final class ProtocolVersion {
    public static final int CURRENT = 1;
    public static final int OLDEST_ACCEPTED = 1;

    private ProtocolVersion() {}

    public static boolean isAccepted(int version) {
        return version >= OLDEST_ACCEPTED && version <= CURRENT;
    }
}
