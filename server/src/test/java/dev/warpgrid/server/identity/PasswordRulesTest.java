package dev.warpgrid.server.identity;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warpgrid.api.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordRulesTest {
    @ParameterizedTest
    @CsvSource({
        "short, 12 to 256",
        "elevenchars, 12 to 256",
        "aaaaaaaaaaaaaaaa, different characters",
        "the-name-is-EVELYN-ok, user's name"
    })
    void saysWhichRuleIsBroken(String password, String words) {
        assertThatThrownBy(() -> PasswordRules.check("/password", "evelyn", password))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining(words);
    }

    @Test
    void takesAnyCharactersAndALongSentence() {
        assertThatCode(() -> PasswordRules.check("/password", "eve", "seven wörds ☃ in a row"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> PasswordRules.check("/password", "eve", "abcdefgh".repeat(33)))
                .hasMessageContaining("12 to 256");
    }
}
