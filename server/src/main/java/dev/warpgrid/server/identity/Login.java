package dev.warpgrid.server.identity;

import java.time.Duration;

/** What came of an attempt to sign in. */
public sealed interface Login {
    /** @param version of the user at that moment; see {@link LocalUsers#isCurrent} */
    record SignedIn(String name, long version) implements Login {}

    /** Unknown name, wrong password or a disabled user; which of them is not told. */
    record Refused() implements Login {}

    /** Too many wrong passwords; this attempt was not looked at. */
    record Wait(Duration time) implements Login {}
}
