package dev.warpgrid.server.identity;

import dev.warpgrid.api.BuiltInRole;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.Subject;
import dev.warpgrid.server.service.Transactions;
import dev.warpgrid.server.startup.DatabaseReady;
import dev.warpgrid.server.startup.ServerSettings;
import dev.warpgrid.server.startup.StartupOrder;
import dev.warpgrid.server.store.AccessStore;
import dev.warpgrid.server.store.StoredBinding;
import dev.warpgrid.server.store.StoredUser;
import dev.warpgrid.server.store.UserStore;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** A new grid has the user {@code admin}, whose password lies in a file that only the server's owner can read. */
@Singleton
public class FirstUser {
    static final String NAME = "admin";
    static final String FILE = "initial-admin-password";
    private static final int PASSWORD_BYTES = 18;
    private static final int ID_BYTES = 6;
    private static final System.Logger LOG = System.getLogger(FirstUser.class.getName());

    private final UserStore users;
    private final AccessStore access;
    private final PasswordHash hash;
    private final ServerSettings settings;
    private final Transactions transactions;
    private final Clock clock;

    @Inject
    public FirstUser(
            UserStore users,
            AccessStore access,
            PasswordHash hash,
            ServerSettings settings,
            Transactions transactions,
            Clock clock) {
        this.users = users;
        this.access = access;
        this.hash = hash;
        this.settings = settings;
        this.transactions = transactions;
        this.clock = clock;
    }

    void create(@Observes @Priority(StartupOrder.IDENTITY) DatabaseReady event) {
        if (!IdentityMode.current().isLocal() || transactions.call(users::count) > 0) {
            return;
        }
        String password = Secrets.text(PASSWORD_BYTES);
        // First the file: a user whose password nobody knows would lock everybody out for good.
        Path file = write(password);
        StoredUser admin = new StoredUser(
                NAME,
                hash.generate(password.toCharArray()),
                true,
                1,
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        transactions.run(() -> {
            users.insert(admin);
            access.insert(new StoredBinding(
                    "b-" + Secrets.hexadecimal(ID_BYTES),
                    BuiltInRole.GRID_ADMIN.role(),
                    new Subject(Subject.Kind.USER, NAME),
                    null,
                    admin.createdAt(),
                    Caller.system().name()));
        });
        LOG.log(Level.INFO, "The first user is \"{0}\"; the password is in {1}.", NAME, file);
    }

    /** A file with a password that opens nothing leads astray. */
    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) UserChanged change) {
        if (change.name().equals(NAME) && change.passwordEnds()) {
            try {
                Files.deleteIfExists(settings.home().resolve(FILE));
            } catch (IOException e) {
                LOG.log(Level.WARNING, "The first password's file, which is of no use any more, cannot be deleted.", e);
            }
        }
    }

    private Path write(String password) {
        Path file = settings.home().resolve(FILE);
        try {
            Files.createDirectories(settings.home());
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, password + "\n", StandardOpenOption.SYNC);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The first user's password cannot be written to " + file + ": check the folder's rights.", e);
        }
    }
}
