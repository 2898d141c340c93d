package dev.warpgrid.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command about things in one namespace. */
abstract class NamespacedCommand extends GridCommand {
    static final String DEFAULT_NAMESPACE = "default";

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS",
            description = "Namespace; without it \"default\", or all of them where a list is asked for.")
    private @Nullable String namespace;

    String namespace() {
        return namespace == null ? DEFAULT_NAMESPACE : namespace;
    }

    /** Null where none was named. */
    @Nullable
    String namedNamespace() {
        return namespace;
    }
}
