package dev.warpgrid.agent.ingress;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The {@code x-request-id} of a request: the client's own where it is harmless, else a new one. */
final class RequestIds {
    static final String HEADER = "x-request-id";
    private static final int LONGEST = 128;
    private static final char[] DIGITS = "0123456789abcdefghijklmnopqrstuv".toCharArray();
    private static final int BITS = 5;
    private static final int LENGTH = 13;

    private RequestIds() {}

    static String of(@Nullable String sent) {
        return sent != null && isHarmless(sent) ? sent : make();
    }

    private static boolean isHarmless(String id) {
        if (id.isEmpty() || id.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean good = (c >= '0' && c <= '9')
                    || (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || c == '-'
                    || c == '_'
                    || c == '.';
            if (!good) {
                return false;
            }
        }
        return true;
    }

    /** 64 random bits: they name a request among those of some hours, and protect nothing. */
    private static String make() {
        long bits = ThreadLocalRandom.current().nextLong();
        byte[] text = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            text[i] = (byte) DIGITS[(int) (bits & ((1 << BITS) - 1))];
            bits >>>= BITS;
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }
}
