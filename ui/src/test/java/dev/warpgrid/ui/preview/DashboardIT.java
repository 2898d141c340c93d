package dev.warpgrid.ui.preview;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every screen in a real browser, over the preview. After each test the console is clean and nobody else was asked. */
class DashboardIT {
    private static final Path CHROMIUM = Path.of(System.getProperty("warpgrid.chromium", "/usr/bin/chromium"));
    /** Of a machine that does much else beside. */
    private static final double PATIENCE_MILLIS = 30_000;

    private static final byte[] COMPONENT = {0, 'a', 's', 'm', 0x0d, 0, 1, 0};

    private static PreviewServer preview;
    private static Playwright playwright;
    private static Browser browser;

    private final List<String> complaints = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void start() throws Exception {
        preview = PreviewServer.start(0);
        setDefaultAssertionTimeout(PATIENCE_MILLIS);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
    }

    @AfterAll
    static void stop() {
        playwright.close();
        preview.close();
    }

    @BeforeEach
    void open() {
        open(1440, 900, ColorScheme.LIGHT);
    }

    private void open(int width, int height, ColorScheme scheme) {
        if (context != null) {
            context.close();
        }
        context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setAcceptDownloads(true));
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add("console: " + message.text());
            }
        });
        page.onPageError(error -> complaints.add("error: " + error));
        page.onRequest(request -> {
            String url = request.url();
            if (!url.startsWith(preview.url()) && !url.startsWith("data:") && !url.startsWith("blob:")) {
                complaints.add("request to " + url);
            }
        });
    }

    @AfterEach
    void nothingComplained() {
        context.close();
        assertThat(complaints).isEmpty();
    }

    private void go(String path) {
        page.navigate(preview.url() + path);
        page.locator(".view").waitFor();
    }

    private Locator buttonNamed(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static String newest(Locator chart) {
        return chart.getAttribute("data-newest");
    }

    private void waitForNewPoints(Locator chart, String before) {
        page.waitForCondition(() -> !before.equals(newest(chart)));
    }

    @Test
    void overviewSaysHowThingsAreAndMovesWithoutReload() {
        go("?range=5m");
        assertThat(page.locator(".health")).containsText("need a look");
        assertThat(page.locator(".attention li").filter(new Locator.FilterOptions().setHasText("default/mailer")))
                .containsText("wasi:sockets/tcp");
        assertThat(page.locator("warp-connection")).hasText("Live");
        Locator chart = page.locator("warp-chart").first();
        page.waitForCondition(() -> newest(chart) != null);
        waitForNewPoints(chart, newest(chart));
        page.locator(".attention a")
                .filter(new Locator.FilterOptions().setHasText("default/mailer"))
                .click();
        assertThat(page).hasURL(Pattern.compile(".*/deployments/default/mailer$"));
    }

    @Test
    void chartsOfAPageShareRangePauseAndCrosshair() {
        go("");
        Locator charts = page.locator("warp-chart");
        page.waitForCondition(() -> newest(charts.first()) != null);
        charts.first().locator(".warp-chart-plot").hover();
        for (int i = 0; i < 3; i++) {
            assertThat(charts.nth(i).locator(".warp-chart-hair")).isVisible();
            assertThat(charts.nth(i).locator("h3")).hasText(Pattern.compile("\\d\\d:\\d\\d:\\d\\d"));
        }
        page.locator("h1").hover();
        buttonNamed("5 min").click();
        assertThat(page).hasURL(Pattern.compile(".*range=5m"));
        waitForNewPoints(charts.first(), newest(charts.first()));
        buttonNamed("Pause charts").click();
        assertThat(buttonNamed("Resume charts")).isVisible();
        String held = newest(charts.first());
        String heldStatus = page.locator(".capacity-node").first().innerText();
        // The page goes on, so that time has passed for certain; the charts stay.
        page.waitForCondition(
                () -> !heldStatus.equals(page.locator(".capacity-node").first().innerText())
                        || page.locator("warp-time").count() > 0);
        assertThat(newest(charts.first())).isEqualTo(held);
        buttonNamed("Resume charts").click();
        waitForNewPoints(charts.first(), held);
    }

    @Test
    void deploymentsAreFilteredByNameAndTheAddressKeepsIt() {
        go("deployments");
        assertThat(page.locator(".lead")).containsText("497 deployments");
        page.keyboard().press("/");
        page.keyboard().type("tenant-47");
        assertThat(page.locator(".lead")).containsText("10 deployments match");
        assertThat(page).hasURL(Pattern.compile(".*q=tenant-47"));
        page.reload();
        assertThat(page.locator(".lead")).containsText("10 deployments match");
        assertThat(page.locator("vaadin-grid warp-spark svg").first()).isVisible();
    }

    @Test
    void aFilterWithoutMatchSaysSo() {
        go("deployments?q=nothing-like-it");
        assertThat(page.getByText("No deployment has \"nothing-like-it\" in its name."))
                .isVisible();
    }

    @Test
    void logsAreFilteredByTextAndExpression() {
        go("deployments/default/checkout");
        Locator lines = page.locator(".warp-log");
        page.waitForCondition(() -> lines.count() > 20);
        Locator filter = page.getByLabel("Filter lines");
        filter.fill("/cart/checkout");
        assertThat(page).hasURL(Pattern.compile(".*q=.*checkout"));
        page.waitForCondition(() -> lines.allInnerTexts().stream().allMatch(line -> line.contains("/cart/checkout")));
        page.getByLabel("Regular expression").click();
        filter.fill("took \\d{3} ms");
        page.waitForCondition(() -> lines.count() > 0
                && lines.allInnerTexts().stream().allMatch(line -> line.matches("(?s).*took \\d{3} ms.*")));
        filter.fill("(");
        assertThat(page.getByText("the text is searched for as it stands")).isVisible();
    }

    @Test
    void pausedLogStaysAndIsDownloadedAsFiltered() throws Exception {
        go("deployments/default/checkout?q=healthz");
        Locator lines = page.locator(".warp-log");
        page.waitForCondition(() -> lines.count() > 0);
        page.locator(".log-tools .tool")
                .filter(new Locator.FilterOptions().setHasText("Pause"))
                .click();
        assertThat(page.locator(".warp-logs-note")).containsText(Pattern.compile("Paused; [1-9]\\d* new lines wait"));
        Download download = page.waitForDownload(
                () -> page.getByLabel("Download the lines that match").click());
        assertThat(Files.readAllLines(download.path())).isNotEmpty().allMatch(line -> line.contains("healthz"));
    }

    @Test
    void scalingSaysWhatWillChangeAndThenItChanges() {
        go("deployments/payments/invoices");
        buttonNamed("Scale").click();
        page.locator("vaadin-dialog vaadin-integer-field input").fill("4");
        assertThat(page.getByText("2 become 4")).isVisible();
        page.locator("vaadin-button.confirm").click();
        assertThat(page.locator(".fact-line")).containsText("4 of 4 instances ready");
    }

    @Test
    void deletingAsksOnceAndGoesBackToTheList() {
        go("deployments/tenants/tenant-300");
        buttonNamed("Delete").click();
        assertThat(page.locator(".preview")).containsText("Stops 1 instance and frees");
        page.locator("vaadin-button.confirm").click();
        assertThat(page.getByText("tenant-300 is deleted.")).isVisible();
        assertThat(page).hasURL(Pattern.compile(".*/deployments$"));
        go("deployments/tenants/tenant-300");
        assertThat(page.locator(".state-sentence")).containsText("There is no deployment");
        // So that the other tests' counts hold.
        PreviewServer.grid().deployments.restore("tenants", "tenant-300");
    }

    @Test
    void aFileThatIsNoComponentIsRefusedBesideItsField() {
        go("deployments");
        page.locator("#deploy").click();
        upload("notes.wasm", "not wasm at all".getBytes(StandardCharsets.UTF_8));
        assertThat(page.locator(".field-error")).containsText("no WebAssembly component");
    }

    @Test
    void deploysAnUploadedComponentAndSeesItStart() {
        go("deployments?deploy=new");
        upload("Price_Service.wasm", COMPONENT);
        assertThat(page.locator(".artifact")).containsText("wasi:http/incoming-handler@0.2.6");
        assertThat(page.locator("vaadin-dialog .form vaadin-text-field input").first())
                .hasValue("price-service");
        page.getByLabel("Memory limit").fill("lots");
        page.locator("vaadin-dialog vaadin-button[theme~=primary]").click();
        assertThat(page.locator("vaadin-dialog [slot=error-message]")
                        .filter(new Locator.FilterOptions()
                                .setHasText("\"lots\" is no size: write a number and a unit, such as 64MiB.")))
                .isVisible();
        page.getByLabel("Memory limit").fill("32MiB");
        page.locator("vaadin-dialog vaadin-button[theme~=primary]").click();
        assertThat(page).hasURL(Pattern.compile(".*/deployments/default/price-service$"));
        assertThat(page.locator(".fact-line")).containsText("1 of 1 instance ready");
        PreviewServer.grid().deployments.forget("default", "price-service");
    }

    private void upload(String name, byte[] bytes) {
        page.locator("vaadin-upload input[type=file]").setInputFiles(new FilePayload(name, "application/wasm", bytes));
    }

    @Test
    void nodesShowRoomAndWhatRunsOnThem() {
        go("nodes");
        assertThat(page.locator("vaadin-grid")).containsText("node-d4");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("node-b2"))
                .first()
                .click();
        assertThat(page).hasURL(Pattern.compile(".*/nodes/node-b2$"));
        assertThat(page.locator(".node-panel")).containsText("reserved of 32 GiB");
        assertThat(page.locator(".node-panel vaadin-grid")).containsText("default/checkout");
    }

    @Test
    void eventsAreFilteredAndLive() {
        go("events?severity=error");
        assertThat(page.locator(".events")).containsText("ArtifactRefused");
        assertThat(page.locator(".events")).not().containsText("DeploymentScaled");
        PreviewServer.grid()
                .events
                .add(dev.warpgrid.api.EventView.Severity.ERROR, "TestHappened", "Only for this test.", "mailer", null);
        assertThat(page.locator(".events li").first()).containsText("TestHappened");
    }

    @Test
    void aRolloutIsSeenAndSteeredOnItsDeployment() {
        go("deployments/default/thumbnails");
        Locator rollout = page.locator(".rollout");
        assertThat(rollout.locator("h2")).hasText("Rollout of revision 5 from 4, canary");
        assertThat(rollout.locator(".steps [aria-current=step]")).hasText("25 % until promoted");
        assertThat(rollout.locator("tr.new")).containsText("25.0 %");
        assertThat(rollout.locator("tr.former")).containsText("75.0 %");
        assertThat(rollout.locator(".gates")).containsText("error rate at most 1.0 %: 0.4 %");
        rollout.locator(".rollout-pause").click();
        page.locator("vaadin-button.confirm").click();
        assertThat(rollout.locator(".state").first()).hasText("Paused");
        rollout.locator(".rollout-resume").click();
        page.locator("vaadin-button.confirm").click();
        assertThat(rollout.locator(".rollout-pause")).isVisible();
    }

    @Test
    void revisionsSayWhatTheyChangedAndLeadBack() {
        go("deployments/default/thumbnails?tab=revisions");
        Locator revisions = page.locator(".revisions li");
        assertThat(revisions).hasCount(5);
        assertThat(revisions.first()).containsText("environment/REGION");
        assertThat(revisions.first().locator(".rollback")).hasCount(0);
        revisions.nth(1).locator(".rollback").click();
        assertThat(page.locator("vaadin-dialog .preview, .preview").last()).containsText("revision 4");
        page.locator("vaadin-button.confirm").click();
        assertThat(page.locator(".tell").last()).containsText("goes back to revision 4");
    }

    @Test
    void keyboardGoesEverywhere() {
        go("");
        page.keyboard().press("?");
        assertThat(page.getByText("Keyboard shortcuts").last()).isVisible();
        page.keyboard().press("Escape");
        page.keyboard().press("g");
        page.keyboard().press("d");
        assertThat(page).hasURL(Pattern.compile(".*/deployments$"));
        page.keyboard().press("g");
        page.keyboard().press("n");
        assertThat(page).hasURL(Pattern.compile(".*/nodes$"));
        page.keyboard().press("Control+k");
        page.getByLabel("Go to a view, deployment or node").last().fill("geo-look");
        assertThat(page.locator(".palette-list li").first()).containsText("geo-lookup");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/deployments/edge/geo-lookup$"));
    }

    @Test
    void viewerSeesWhatItMayNotDoWithTheReason() {
        context.addCookies(List.of(new Cookie("preview-user", "viewer").setUrl(preview.url())));
        go("deployments/default/checkout");
        for (String action : List.of("scale", "restart", "delete")) {
            Locator button = page.locator("vaadin-button.action-" + action);
            assertThat(button).isDisabled();
            assertThat(button).hasAttribute("title", Pattern.compile(".*your roles do not hold.*"));
        }
    }

    @Test
    void chosenSchemeOutlivesAReload() {
        go("");
        page.locator("#user-button").click();
        buttonNamed("Dark").click();
        page.waitForCondition(() -> "dark".equals(page.locator("html").getAttribute("data-scheme")));
        page.reload();
        page.locator(".view").waitFor();
        assertThat(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
                .isEqualTo("rgb(14, 16, 19)");
    }

    @Test
    void tellsWhenTheServerIsNotHeardAndResumesByItself() {
        go("");
        assertThat(page.locator("warp-connection")).hasText("Live");
        context.setOffline(true);
        assertThat(page.locator("warp-connection")).not().hasText("Live");
        context.setOffline(false);
        assertThat(page.locator("warp-connection")).hasText("Live");
        // The browser itself reports the requests that could not be sent while it was offline.
        complaints.removeIf(line -> line.contains("ERR_INTERNET_DISCONNECTED"));
    }

    @ParameterizedTest
    @CsvSource({"1440,900,LIGHT", "1440,900,DARK", "390,844,LIGHT", "390,844,DARK"})
    void everyScreenFitsItsWidth(int width, int height, ColorScheme scheme) {
        open(width, height, scheme);
        for (String path : List.of(
                "",
                "deployments",
                "deployments/default/thumbnails",
                "nodes",
                "nodes/node-b2",
                "logs?deployment=default/checkout",
                "events")) {
            go(path);
            page.waitForCondition(
                    () -> page.locator("warp-connection[data-state=live]").count() > 0);
            page.waitForCondition(() -> page.locator("warp-chart").count() == 0
                    || newest(page.locator("warp-chart").last()) != null);
            assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                    .as(path + " at " + width)
                    .isEqualTo(true);
            String name = path.isEmpty() ? "overview" : path.replaceAll("[/?=]", "-");
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of(
                            "target",
                            "screenshots",
                            name + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT) + "-" + width + ".png")));
        }
    }
}
