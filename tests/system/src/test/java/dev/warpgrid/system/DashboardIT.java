package dev.warpgrid.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dashboard of a real grid in Chromium: sign-in, live figures of real requests, upload, and each screen's picture. */
@ExtendWith(SharedGrid.class)
class DashboardIT {
    @Test
    void aWrongPasswordIsRefusedWithoutSayingWhy(Grid grid) throws Exception {
        Chromium.browse(1440, 900, ColorScheme.LIGHT, page -> {
            page.navigate(grid.address("dashboard"));
            Chromium.signIn(page, "admin", "not-the-password");
            assertThat(page.locator("#message")).isVisible();
            assertThat(page).hasURL(Pattern.compile(".*/login.*"));
        });
    }

    @Test
    void realRequestsMoveTheChartsAndTheLogWithoutReload(Grid grid) throws Exception {
        signedIn(grid, 1440, 900, ColorScheme.LIGHT, page -> {
            page.navigate(grid.address("dashboard") + "deployments/default/hello?range=5m");
            Locator chart = page.locator("warp-chart").first();
            page.waitForCondition(() -> chart.getAttribute("data-newest") != null, patient());
            assertThat(page.locator("warp-connection")).hasText("Live");
            String before = chart.getAttribute("data-newest");
            for (int i = 0; i < 50; i++) {
                assertThat(grid.get("hello.default.localhost", "/").statusCode())
                        .isEqualTo(200);
            }
            page.waitForCondition(() -> !before.equals(chart.getAttribute("data-newest")), patient());
            assertThat(page.locator(".fact-line")).containsText("instances ready");
        });
    }

    @Test
    void aComponentIsDeployedByUpload(Grid grid) throws Exception {
        signedIn(grid, 1440, 900, ColorScheme.LIGHT, page -> {
            page.navigate(grid.address("dashboard") + "deployments?deploy=new");
            page.locator("vaadin-upload input[type=file]")
                    .setInputFiles(Grid.root().resolve("examples/hello/hello.wasm"));
            assertThat(page.locator(".artifact")).containsText("wasi:http/incoming-handler");
            page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("uploaded");
            page.locator("vaadin-dialog vaadin-button[theme~=primary]").click();
            page.waitForURL(Pattern.compile(".*/deployments/default/uploaded.*"));
            grid.awaitAnswer("uploaded.default.localhost", "/", 200);
        });
        grid.warp("delete", "uploaded").succeeded();
    }

    @Test
    void signingOutEndsTheSession(Grid grid) throws Exception {
        signedIn(grid, 1440, 900, ColorScheme.LIGHT, page -> {
            page.navigate(grid.address("dashboard") + "logout");
            page.navigate(grid.address("dashboard"));
            assertThat(page).hasURL(Pattern.compile(".*/login.*"));
        });
    }

    @ParameterizedTest
    @CsvSource({"1440,900,LIGHT", "1440,900,DARK", "390,844,LIGHT", "390,844,DARK"})
    void everyScreenFitsItsWidth(int width, int height, ColorScheme scheme, Grid grid) throws Exception {
        signedIn(grid, width, height, scheme, page -> {
            for (String path : List.of(
                    "", "deployments", "deployments/default/hello", "nodes", "logs", "events", "access", "audit")) {
                page.navigate(grid.address("dashboard") + path);
                page.locator(".view").waitFor();
                page.waitForCondition(
                        () -> page.locator("warp-connection[data-state=live]").count() > 0, patient());
                assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                        .as("%s at %d", path, width)
                        .isEqualTo(true);
                shoot(page, path.isEmpty() ? "overview" : path.replace('/', '-'), width, scheme);
            }
        });
        Chromium.browse(width, height, scheme, page -> {
            page.navigate(grid.address("dashboard"));
            shoot(page, "login", width, scheme);
        });
    }

    private static void shoot(Page page, String name, int width, ColorScheme scheme) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of(
                        "target",
                        "screenshots",
                        name + "-" + scheme.name().toLowerCase(Locale.ROOT) + "-" + width + ".png")));
    }

    private static void signedIn(Grid grid, int width, int height, ColorScheme scheme, Chromium.Visit visit)
            throws Exception {
        Chromium.browse(width, height, scheme, page -> {
            List<String> foreign = new ArrayList<>();
            page.onRequest(request -> {
                String url = request.url();
                if (!url.startsWith(grid.address("dashboard")) && url.startsWith("http")) {
                    foreign.add(url);
                }
            });
            page.navigate(grid.address("dashboard"));
            Chromium.signIn(page, grid.address("user"), grid.address("password"));
            page.locator(".view").waitFor(new Locator.WaitForOptions().setTimeout(Chromium.PATIENCE_MILLIS));
            visit.to(page);
            assertThat(foreign).as("requests to other machines").isEmpty();
        });
    }

    private static Page.WaitForConditionOptions patient() {
        return new Page.WaitForConditionOptions().setTimeout(Chromium.PATIENCE_MILLIS);
    }
}
