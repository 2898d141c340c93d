package dev.warpgrid.server.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class EntityListTest {
    @Test
    void persistenceXmlNamesEveryEntityOfThePackageAndNothingElse() throws IOException {
        List<String> entities = new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(getClass().getPackageName())
                        .stream()
                        .filter(type -> type.isAnnotatedWith(Entity.class) || type.isAnnotatedWith(Embeddable.class))
                        .map(JavaClass::getName)
                        .toList();
        try (InputStream in = getClass().getResourceAsStream("/META-INF/persistence.xml")) {
            assertThat(in).isNotNull();
            String xml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<String> listed = Pattern.compile("<class>([^<]+)</class>")
                    .matcher(xml)
                    .results()
                    .map((MatchResult match) -> match.group(1))
                    .toList();
            assertThat(listed).containsExactlyInAnyOrderElementsOf(entities);
        }
    }
}
