package dev.warpgrid.server.identity;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.UserService;
import java.util.Locale;

/** Length decides how hard a password is to guess; kinds of characters are nobody's business. */
final class PasswordRules {
    private static final int FEWEST_DIFFERENT = 5;

    /** Shorter names lie inside of words by chance. */
    private static final int SHORTEST_NAME = 4;

    private PasswordRules() {}

    /** @throws ApiException that says which rule the password breaks */
    static void check(String pointer, String user, String password) {
        if (password.length() < UserService.MINIMUM_PASSWORD || password.length() > UserService.MAXIMUM_PASSWORD) {
            throw ApiException.invalid(
                    pointer,
                    "A password holds " + UserService.MINIMUM_PASSWORD + " to " + UserService.MAXIMUM_PASSWORD
                            + " characters: several words are easy to remember.");
        }
        if (user.length() >= SHORTEST_NAME
                && password.toLowerCase(Locale.ROOT).contains(user.toLowerCase(Locale.ROOT))) {
            throw ApiException.invalid(pointer, "A password does not hold the user's name: choose another.");
        }
        if (password.codePoints().distinct().count() < FEWEST_DIFFERENT) {
            throw ApiException.invalid(
                    pointer,
                    "A password holds at least " + FEWEST_DIFFERENT + " different characters: choose another.");
        }
    }
}
