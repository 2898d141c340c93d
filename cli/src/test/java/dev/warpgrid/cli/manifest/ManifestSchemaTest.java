package dev.warpgrid.cli.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ManifestSchemaTest {
    /** After a change of the contract: copy {@code target/warp.schema.json} over the published one. */
    @Test
    void isTheOnePublished() throws IOException {
        Files.writeString(Path.of("target", "warp.schema.json"), ManifestSchema.text());
        assertThat(Path.of("..", "docs", "api", "warp.schema.json")).hasContent(ManifestSchema.text());
    }
}
