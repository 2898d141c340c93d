package dev.warpgrid.agent.journal;

import dev.warpgrid.model.DesiredState;
import dev.warpgrid.protocol.StateMapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The last desired state, so that the agent serves again after a restart without its server. */
public final class StateJournal {
    private final Path file;

    public StateJournal(Path folder) {
        this.file = folder.resolve("desired-state.pb");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The journal folder " + folder + " cannot be made.", e);
        }
    }

    public void save(DesiredState state) {
        try {
            DurableFile.replace(file, StateMapping.toMessage(state).toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The desired state cannot be written to " + file + "; check the disk's space and permissions.", e);
        }
    }

    /** Empty where there is none, or none that can be read: the server then sends it again. */
    public Optional<DesiredState> load() {
        try {
            return Files.exists(file)
                    ? Optional.of(StateMapping.fromMessage(
                            dev.warpgrid.protocol.v1.DesiredState.parseFrom(Files.readAllBytes(file))))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            System.getLogger(StateJournal.class.getName())
                    .log(System.Logger.Level.ERROR, "The journal " + file + " cannot be read and is left aside", e);
            return Optional.empty();
        }
    }
}
