package dev.warpgrid.testkit.rules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The arrows between modules and the purity of the core. Surefire runs this class in every module over that module's
 * own compiled classes, so a new module is under the rules from its first class on.
 */
class HouseRulesTest {
    private static final String[] PURE = {
        "dev.warpgrid.model..", "dev.warpgrid.control..", "dev.warpgrid.agent.reconcile.."
    };

    private static Path output = Path.of("");
    private static JavaClasses module = new ClassFileImporter().importClasses(List.of());

    @BeforeAll
    static void importModule() {
        output = Path.of(System.getProperty("warpgrid.module.classes", "target/classes"));
        module = Files.isDirectory(output) ? new ClassFileImporter().importPath(output) : module;
    }

    @Test
    void pureCodeSeesNoClockThreadRandomSocketOrFile() {
        check(noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.net..", "java.nio.file..", "java.util.concurrent..", "java.io..")
                                .and(DescribedPredicate.not(named("java.io.Serializable", "java.io.ObjectMethods"))))
                .orShould()
                .dependOnClassesThat(named(
                        "java.lang.Thread",
                        "java.util.Random",
                        "java.security.SecureRandom",
                        "java.time.Clock",
                        "java.util.HashMap",
                        "java.util.HashSet"))
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID")
                .because("the simulation replays decisions from a seed; time and ids come in as arguments"));
    }

    @Test
    void pureCodeUsesNoCollectionWhoseOrderDiffersFromRunToRun() {
        check(noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethod(java.util.stream.Collectors.class, "toSet")
                .orShould()
                .callMethodWhere(DescribedPredicate.describe(
                        "Set.of, Set.copyOf, Map.of, Map.copyOf or Map.ofEntries",
                        call -> (call.getTargetOwner().isEquivalentTo(java.util.Set.class)
                                        || call.getTargetOwner().isEquivalentTo(java.util.Map.class))
                                && List.of("of", "copyOf", "ofEntries").contains(call.getName())))
                .because("their iteration order is salted anew in every process"));
    }

    @Test
    void theCoreKnowsNoFramework() {
        check(noClasses()
                .that()
                .resideInAnyPackage("dev.warpgrid.model..", "dev.warpgrid.control..", "dev.warpgrid.api..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta..", "com.vaadin..", "org.hibernate..", "io.grpc..", "io.vertx..", "org.graalvm.."));
    }

    @Test
    void onlyTheEngineModuleKnowsGraal() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.warpgrid.engine.graalwasm..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.graalvm.."));
    }

    @Test
    void onlyTheServerHasCdi() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("dev.warpgrid.server..", "dev.warpgrid.ui..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.."));
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.warpgrid.server..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.enterprise..", "jakarta.persistence..", "jakarta.ws.."));
    }

    @Test
    void serverAgentAndUiNeverDependOnEachOther() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.warpgrid.agent..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.warpgrid.server..", "dev.warpgrid.ui..", "dev.warpgrid.api..", "dev.warpgrid.control.."));
        check(noClasses()
                .that()
                .resideInAPackage("dev.warpgrid.ui..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.warpgrid.server..",
                        "dev.warpgrid.agent..",
                        "dev.warpgrid.control..",
                        "dev.warpgrid.protocol.."));
        check(noClasses()
                .that()
                .resideInAPackage("dev.warpgrid.server..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.warpgrid.agent..", "dev.warpgrid.wasi..", "dev.warpgrid.engine.."));
    }

    @Test
    void theRuntimeIsUsefulWithoutWarpGrid() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.warpgrid.component..",
                        "dev.warpgrid.wasi..",
                        "dev.warpgrid.engine..",
                        "dev.warpgrid.tool..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.warpgrid..")
                        .and(DescribedPredicate.not(resideInAnyPackage(
                                "dev.warpgrid.component..",
                                "dev.warpgrid.wasi..",
                                "dev.warpgrid.engine..",
                                "dev.warpgrid.tool..")))));
    }

    @Test
    void entitiesStayInPersistence() {
        check(classes()
                .that()
                .areAnnotatedWith("jakarta.persistence.Entity")
                .should()
                .resideInAPackage("dev.warpgrid.server.persistence..")
                .andShould()
                .bePackagePrivate());
    }

    @Test
    void namesSayHowNotWhat() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.warpgrid..")
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .because("a name says how a thing does its work"));
    }

    @Test
    void everyPackageSaysWhatItOwns() throws IOException {
        Path sources = output.resolveSibling("../src/main/java").normalize();
        if (!Files.isDirectory(sources)) {
            return;
        }
        try (Stream<Path> folders = Files.walk(sources)) {
            List<Path> silent = folders.filter(Files::isDirectory)
                    .filter(HouseRulesTest::holdsJava)
                    .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                    .toList();
            assertThat(silent).as("packages without a package-info.java").isEmpty();
        }
    }

    @Test
    void noFileGrowsPastItsPurpose() throws IOException {
        Path sources = output.resolveSibling("../src/main/java").normalize();
        if (!Files.isDirectory(sources)) {
            return;
        }
        try (Stream<Path> files = Files.walk(sources)) {
            List<String> long500 = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.getFileName().toString().matches(".*(Opcodes|AbiTable)\\.java"))
                    .filter(file -> lines(file) > 500)
                    .map(file -> sources.relativize(file) + ": " + lines(file) + " lines")
                    .toList();
            assertThat(long500).as("files over 500 lines").isEmpty();
        }
    }

    private static boolean holdsJava(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".java"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaClass> named(String... names) {
        return DescribedPredicate.describe(
                "one of " + List.of(names), type -> List.of(names).contains(type.getName()));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(module);
    }
}
