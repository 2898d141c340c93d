package dev.warpgrid.server.pki;

import dev.warpgrid.server.startup.ServerSettings;
import dev.warpgrid.server.startup.StartupOrder;
import dev.warpgrid.server.startup.VirtualThreads;
import io.grpc.util.AdvancedTlsX509KeyManager;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who the server is. Makes the authority and the server's certificate before anything else starts, watches that HTTPS
 * really presents that certificate, and renews it without a restart: the container polls the key store, and the port for
 * agents takes its key from {@link #agentKeyManager}.
 */
@Singleton
public class ServerIdentity {
    private static final System.Logger LOG = System.getLogger(ServerIdentity.class.getName());
    private static final Duration CHECK_UNTIL_SERVED = Duration.ofMillis(500);
    private static final Duration CHECK = Duration.ofMinutes(10);

    private final Path folder;
    private final List<String> names;
    private final int httpsPort;
    private final Clock clock;
    private final Executor executor;
    private final AdvancedTlsX509KeyManager agentKeyManager;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private volatile @Nullable CertificateAuthority authority;
    private volatile @Nullable ServerCertificate current;
    private volatile boolean served;

    @Inject
    public ServerIdentity(ServerSettings settings, Clock clock, @VirtualThreads Executor executor) {
        this.folder = settings.home().resolve("pki");
        this.names = names(settings.advertisedHosts());
        this.httpsPort = settings.httpsPort();
        this.clock = clock;
        this.executor = executor;
        this.agentKeyManager = new AdvancedTlsX509KeyManager();
    }

    void start(@Observes @Priority(StartupOrder.PKI) Startup event) {
        authority = CertificateAuthority.open(folder, clock.instant());
        renewWhereDue();
        executor.execute(this::watch);
    }

    @PreDestroy
    void stop() {
        stopped.countDown();
    }

    public CertificateAuthority authority() {
        CertificateAuthority opened = authority;
        if (opened == null) {
            throw new IllegalStateException("The server's certificates are not there yet.");
        }
        return opened;
    }

    /** Gives the newest key and chain to each new connection. */
    public AdvancedTlsX509KeyManager agentKeyManager() {
        return agentKeyManager;
    }

    /** HTTPS presents our certificate. */
    public boolean isServed() {
        return served;
    }

    private void watch() {
        try {
            while (!stopped.await((served ? CHECK : CHECK_UNTIL_SERVED).toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    renewWhereDue();
                    checkServed();
                } catch (RuntimeException e) {
                    LOG.log(Level.WARNING, "The server's certificate could not be checked: " + e.getMessage(), e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void renewWhereDue() {
        ServerCertificate before = current;
        ServerCertificate now = ServerCertificate.open(folder, authority(), names, clock.instant());
        if (before == null || !before.certificate().equals(now.certificate())) {
            LOG.log(
                    Level.INFO,
                    "The server''s certificate is valid for {0} until {1}.",
                    String.join(", ", names),
                    now.certificate().getNotAfter().toInstant());
            agentKeyManager.updateIdentityCredentials(now.chain().toArray(X509Certificate[]::new), now.key());
            current = now;
            served = false;
        }
    }

    /** The container may make a certificate of its own while it starts; ours is then written over it again. */
    private void checkServed() {
        ServerCertificate wanted = current;
        if (wanted == null || served) {
            return;
        }
        if (TlsProbe.presents(httpsPort, wanted.certificate())) {
            served = true;
            LOG.log(Level.INFO, "HTTPS presents the grid's certificate.");
        } else if (!wanted.isIn(folder)) {
            wanted.write(folder);
        }
    }

    /** What clients may call this machine. */
    static List<String> names(List<String> advertised) {
        SequencedSet<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
        try {
            names.add(InetAddress.getLocalHost().getHostName().toLowerCase(java.util.Locale.ROOT));
        } catch (UnknownHostException e) {
            LOG.log(Level.DEBUG, "This machine has no name; the certificate goes without.", e);
        }
        names.addAll(advertised);
        return new ArrayList<>(names);
    }
}
