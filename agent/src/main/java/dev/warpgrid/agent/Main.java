package dev.warpgrid.agent;

import dev.warpgrid.agent.guest.WasiGuests;
import dev.warpgrid.agent.link.Enrollment;
import dev.warpgrid.agent.link.JoinToken;
import dev.warpgrid.agent.link.NodeIdentity;
import dev.warpgrid.component.engine.CoreEngine;
import dev.warpgrid.component.engine.EngineInfo;
import dev.warpgrid.engine.graalwasm.GraalWasmEngine;
import dev.warpgrid.model.EngineFacts;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/** The process of a node agent. */
public final class Main {
    /** The arguments are wrong. */
    static final int EXIT_USAGE = 64;
    /** The configuration of this JVM or node does not fit, as when guests would be interpreted. */
    static final int EXIT_CONFIGURATION = 78;

    static final int EXIT_FAILURE = 1;
    private static final System.Logger LOG = System.getLogger(Main.class.getName());
    /** Held until the process ends; a lock that nobody refers to would be collected and given back. */
    private static Optional<FileLock> homeLock = Optional.empty();

    private Main() {}

    /** The agent cannot start; the message is one sentence. */
    static final class StartException extends Exception {
        private static final long serialVersionUID = 1L;
        private final int exitCode;

        StartException(int exitCode, String message) {
            super(message);
            this.exitCode = exitCode;
        }

        int exitCode() {
            return exitCode;
        }
    }

    public static void main(String[] arguments) {
        ConsoleLog.install();
        try {
            AgentOptions options = AgentOptions.parse(List.of(arguments));
            run(options);
        } catch (AgentOptions.UsageException e) {
            System.err.println(e.getMessage() + System.lineSeparator() + AgentOptions.USAGE);
            System.exit(EXIT_USAGE);
        } catch (StartException e) {
            System.err.println(e.getMessage());
            System.exit(e.exitCode());
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "The agent cannot start: " + e.getMessage(), e);
            System.exit(EXIT_FAILURE);
        }
    }

    private static void run(AgentOptions options) throws StartException, IOException {
        lock(options.home());
        CoreEngine engine = GraalWasmEngine.create();
        EngineFacts facts = checked(engine.info(), options.allowInterpreter());
        NodeIdentity identity = identity(options);
        var factory = new WasiGuests(engine);
        var agent = new Agent(options, facts, factory, identity);
        endOnSignal(agent);
        agent.start();
        LOG.log(
                System.Logger.Level.INFO,
                "Node " + identity.node() + " takes requests on " + options.ingressHost() + ":" + agent.ingressPort());
        int ignored = Prewarm.run(factory);
        agent.warm();
        LOG.log(System.Logger.Level.INFO, "Node " + identity.node() + " is ready");
    }

    /** Two agents on one home would write each other's journal. */
    private static void lock(Path home) throws StartException, IOException {
        Files.createDirectories(
                home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        FileChannel channel =
                FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new StartException(
                    EXIT_CONFIGURATION, "Another agent uses the home " + home + ": stop it or choose another --home.");
        }
        homeLock = Optional.of(lock);
        LOG.log(System.Logger.Level.DEBUG, "Holds {0}", homeLock);
    }

    static EngineFacts checked(EngineInfo info, boolean allowInterpreter) throws StartException {
        if (info.compiled()) {
            LOG.log(System.Logger.Level.INFO, "Engine: " + info.name() + ", " + info.implementation() + ", compiled");
        } else if (allowInterpreter) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "ENGINE IS INTERPRETED: " + info.name()
                            + " runs without its compiler, 60 to 360 times slower, as --allow-interpreter allows");
        } else {
            throw new StartException(
                    EXIT_CONFIGURATION,
                    "The engine " + info.name()
                            + " has no compiler here and would run guests 60 to 360 times slower: start java with the options in jvm.options, or give --allow-interpreter.");
        }
        // The engine names its build behind its name, which may be "Development Build"; people know it by the first
        // word.
        int space = info.name().indexOf(' ');
        String name = space < 0 ? info.name() : info.name().substring(0, space);
        return new EngineFacts(name, info.implementation(), info.compiled());
    }

    private static NodeIdentity identity(AgentOptions options) throws StartException, IOException {
        Path folder = options.home().resolve("identity");
        Optional<NodeIdentity> known = NodeIdentity.load(folder);
        if (known.isPresent()) {
            return known.get();
        }
        if (options.joinTokenFile().isEmpty()) {
            throw new StartException(
                    EXIT_CONFIGURATION,
                    "This home has not joined a grid yet: give a token of the server with --join-token-file.");
        }
        try {
            JoinToken token =
                    JoinToken.parse(Files.readString(options.joinTokenFile().get()));
            NodeIdentity identity = Enrollment.join(options.server(), token, options.nodeName(), folder);
            LOG.log(System.Logger.Level.INFO, "Joined the grid at " + options.server() + " as " + identity.node());
            return identity;
        } catch (NoSuchFileException e) {
            throw new StartException(
                    EXIT_CONFIGURATION,
                    "The join token's file " + e.getFile() + " does not exist: check --join-token-file.");
        } catch (IOException | IllegalArgumentException e) {
            throw new StartException(EXIT_FAILURE, String.valueOf(e.getMessage()));
        }
    }

    /** SIGTERM and SIGINT: drains, and the process ends with 0, since that is what was asked for. */
    private static void endOnSignal(Agent agent) {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> {
                    // The JDK closes its loggers in a hook of its own, beside this one.
                    System.err.println("Draining for up to " + Agent.DRAIN_LIMIT.toSeconds() + " seconds");
                    agent.close();
                    System.err.println("Ended");
                    Runtime.getRuntime().halt(0);
                }));
    }
}
