package dev.warpgrid.agent.journal;

import dev.warpgrid.model.GridRoutes;
import dev.warpgrid.protocol.RoutesMapping;
import dev.warpgrid.protocol.v1.GridRoutesUpdate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The newest routes of the grid, so that the agent forwards requests after a restart without its server. */
public final class RoutesJournal {
    private final Path file;

    public RoutesJournal(Path folder) {
        this.file = folder.resolve("grid-routes.pb");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The journal folder " + folder + " cannot be made.", e);
        }
    }

    /** @throws IOException when the disk does not take it; the file before stays */
    public void save(GridRoutes routes) throws IOException {
        // Parts of one message after the other are that message, whole.
        var whole = GridRoutesUpdate.newBuilder();
        RoutesMapping.toMessages(routes.whole()).forEach(whole::mergeFrom);
        DurableFile.replace(file, whole.setMoreFollows(false).build().toByteArray());
    }

    /** Empty where there are none, or none that can be read: the server then sends them again. */
    public Optional<GridRoutes> load() {
        try {
            return Files.exists(file)
                    ? Optional.of(GridRoutes.empty()
                            .with(RoutesMapping.fromMessages(
                                    List.of(GridRoutesUpdate.parseFrom(Files.readAllBytes(file))))))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            System.getLogger(RoutesJournal.class.getName())
                    .log(System.Logger.Level.ERROR, "The journal " + file + " cannot be read and is left aside", e);
            return Optional.empty();
        }
    }
}
