package dev.warpgrid.cli.local;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is written down about the grid of a data folder, so that the next command finds it.
 *
 * @param sampleOffered the sample was deployed once; one who deletes it does not want it back
 */
public record GridRecord(
        GridPorts ports,
        @Nullable ProcessIdentity postgres,
        @Nullable ProcessIdentity server,
        @Nullable ProcessIdentity agent,
        boolean sampleOffered) {

    /** The three processes, in the order in which they start. */
    public enum Part {
        POSTGRES("PostgreSQL"),
        SERVER("server"),
        AGENT("agent");

        private final String title;

        Part(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }

        /** As a sentence calls it. */
        public String phrase() {
            return this == POSTGRES ? title : "the " + title;
        }

        /** The name of its log file. */
        public String logName() {
            return title.toLowerCase(java.util.Locale.ROOT).replace("postgresql", "postgres");
        }
    }

    public static GridRecord stopped(GridPorts ports) {
        return new GridRecord(ports, null, null, null, false);
    }

    /** The process that was started for this part, whether or not it still runs. */
    public Optional<ProcessIdentity> process(Part part) {
        return Optional.ofNullable(
                switch (part) {
                    case POSTGRES -> postgres;
                    case SERVER -> server;
                    case AGENT -> agent;
                });
    }

    public boolean alive(Part part) {
        return process(part).filter(ProcessIdentity::alive).isPresent();
    }

    public GridRecord with(Part part, @Nullable ProcessIdentity process) {
        return switch (part) {
            case POSTGRES -> new GridRecord(ports, process, server, agent, sampleOffered);
            case SERVER -> new GridRecord(ports, postgres, process, agent, sampleOffered);
            case AGENT -> new GridRecord(ports, postgres, server, process, sampleOffered);
        };
    }

    public GridRecord withPorts(GridPorts changed) {
        return new GridRecord(changed, postgres, server, agent, sampleOffered);
    }

    public GridRecord withSampleOffered() {
        return new GridRecord(ports, postgres, server, agent, true);
    }
}
