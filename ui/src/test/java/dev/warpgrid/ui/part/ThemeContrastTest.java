package dev.warpgrid.ui.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** WCAG 2.2 AA over the theme's tokens: text 4.5 to 1, lines of charts 3 to 1, in both schemes. */
@NullUnmarked // an unexpected null fails the test by itself
class ThemeContrastTest {
    private static final Path THEME = Path.of("src/main/resources/META-INF/resources/warpgrid/theme.css");
    private static final Pattern TOKEN =
            Pattern.compile("(--warp-[a-z0-9-]+): light-dark\\(#([0-9a-f]{6}), #([0-9a-f]{6})\\)");

    private static Map<String, String[]> tokens() throws IOException {
        Map<String, String[]> tokens = new HashMap<>();
        Matcher match = TOKEN.matcher(Files.readString(THEME));
        while (match.find()) {
            tokens.put(match.group(1), new String[] {match.group(2), match.group(3)});
        }
        return tokens;
    }

    @Test
    void textIsReadableOnEverySurface() throws IOException {
        Map<String, String[]> tokens = tokens();
        for (String text : List.of("text", "text-soft", "text-faint", "accent", "good", "warn", "bad")) {
            for (String surface : List.of("ground", "surface", "raised", "hover")) {
                check(tokens, text, surface, 4.5);
            }
        }
        for (String state : List.of("good", "warn", "bad")) {
            check(tokens, state, state + "-soft", 4.5);
            check(tokens, "text", state + "-soft", 4.5);
        }
        check(tokens, "on-accent", "accent", 4.5);
        check(tokens, "text", "accent-soft", 4.5);
    }

    @Test
    void linesOfChartsStandOut() throws IOException {
        Map<String, String[]> tokens = tokens();
        for (String line : List.of("line-2", "line-3", "accent", "bad")) {
            check(tokens, line, "surface", 3);
        }
    }

    private static void check(Map<String, String[]> tokens, String front, String back, double least) {
        String[] one = tokens.get("--warp-" + front);
        String[] other = tokens.get("--warp-" + back);
        assertThat(one).as(front).isNotNull();
        assertThat(other).as(back).isNotNull();
        for (int scheme = 0; scheme < 2; scheme++) {
            assertThat(contrast(one[scheme], other[scheme]))
                    .as("%s on %s, %s", front, back, scheme == 0 ? "light" : "dark")
                    .isGreaterThanOrEqualTo(least);
        }
    }

    private static double contrast(String one, String other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(String hex) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double part = Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16) / 255.0;
            sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
        }
        return sum;
    }
}
