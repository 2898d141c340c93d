package dev.warpgrid.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Users as an administrator handles them with the command line, and as they find themselves in the browser. */
@ExtendWith(SharedGrid.class)
class UsersIT {
    @Test
    void aDisabledUsersOpenDashboardIsThrownOut(Grid grid) throws Exception {
        String password = grid.warp("user", "create", "thrown-out", "--role", "viewer")
                .succeeded()
                .out()
                .strip();
        try {
            Chromium.browse(1440, 900, ColorScheme.LIGHT, page -> {
                page.navigate(grid.address("dashboard"));
                Chromium.signIn(page, "thrown-out", password);
                assertThat(page.locator("warp-connection")).hasText("Live");
                // From here on the page sends nothing by itself: only a push can tell it.
                grid.warp("user", "disable", "thrown-out").succeeded();
                page.waitForURL(Pattern.compile(".*/login.*"));
                Chromium.signIn(page, "thrown-out", password);
                assertThat(page.locator("#message")).containsText("wrong");
                grid.warp("user", "enable", "thrown-out").succeeded();
                Chromium.signIn(page, "thrown-out", password);
                assertThat(page.locator("warp-connection")).hasText("Live");
                grid.warp("user", "reset-password", "thrown-out").succeeded();
                page.waitForURL(Pattern.compile(".*/login.*"));
            });
        } finally {
            grid.warp("user", "delete", "thrown-out").succeeded();
        }
        assertThat(grid.warp("user").succeeded().out()).contains("admin").doesNotContain("thrown-out");
    }
}
