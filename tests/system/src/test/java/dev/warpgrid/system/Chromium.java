package dev.warpgrid.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A browser for one test, and the way into the dashboard. */
final class Chromium {
    private static final List<String> OPTIONS = List.of(
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    static final double PATIENCE_MILLIS = 30_000;

    /** What a test does with a page. */
    interface Visit {
        void to(Page page) throws Exception;
    }

    private Chromium() {}

    static void signIn(Page page, String user, String password) {
        page.locator("#username").fill(user);
        page.locator("#password").fill(password);
        page.locator("#go").click();
    }

    static void browse(int width, int height, ColorScheme scheme, Visit visit) throws Exception {
        Path chromium = Path.of(System.getProperty("warpgrid.chromium", "/usr/bin/chromium"));
        assertThat(Files.isExecutable(chromium)).as("a browser at %s", chromium).isTrue();
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(chromium)
                                .setArgs(OPTIONS));
                BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, height)
                        .setColorScheme(scheme)
                        .setIgnoreHTTPSErrors(true))) {
            Page page = context.newPage();
            page.setDefaultTimeout(PATIENCE_MILLIS);
            try {
                visit.to(page);
            } catch (Exception | AssertionError e) {
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(Path.of("target", "screenshots", "failed-" + System.nanoTime() + ".png")));
                throw e;
            }
        }
    }
}
