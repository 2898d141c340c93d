package dev.warpgrid.component.binary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "get-stdout",
                "HTTP-server",
                "a1-2b",
                "[constructor]fields",
                "[method]input-stream.read",
                "[static]fields.from-list",
                "wasi:io/streams",
                "wasi:io/streams@0.2.12",
                "wasi:keyvalue/store@0.2.0-draft",
                "wasi:http/types@0.2",
                "a:b/c@1"
            })
    void allowsNamesOfExports(String name) {
        assertThat(NameRules.exportName(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-a",
                "a-",
                "a--b",
                "aB",
                "a_b",
                "1a",
                "a:b",
                "[method]a",
                "[other]a",
                "a/b",
                "a:b/c@x",
                "a:b/c@01.0.0"
            })
    void refusesOtherTexts(String name) {
        assertThat(NameRules.exportName(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unlocked-dep=<a:b>",
                "unlocked-dep=<a:b@{>=1.2.3 <2.0.0}>",
                "locked-dep=<a:b@1.2.3>,integrity=<sha256-abc=>",
                "url=<x>",
                "integrity=<sha512-ab sha256-cd>"
            })
    void allowsNamesOfDependenciesForImportsOnly(String name) {
        assertThat(NameRules.importName(name)).isTrue();
        assertThat(NameRules.exportName(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unlocked-dep=<a>", "unlocked-dep=<a:b@{>=x}>", "locked-dep=<a:b@1>", "integrity=<md5-ab>"})
    void refusesNamesOfDependenciesThatSayNothing(String name) {
        assertThat(NameRules.importName(name)).isFalse();
    }

    @Test
    void knowsWhatCompletesAVersion() {
        assertThat(NameRules.completesVersion("a:b/c@1", ".2.3")).isTrue();
        assertThat(NameRules.completesVersion("a:b/c@0.2", ".6-rc.1")).isTrue();
        assertThat(NameRules.completesVersion("a:b/c@1", "2.3")).isFalse();
        assertThat(NameRules.completesVersion("a:b/c@1.0.0", "")).isFalse();
        assertThat(NameRules.completesVersion("a:b/c", ".1")).isFalse();
    }

    @Test
    void treatsNamesThatDifferInCaseAsTheSame() {
        NameRules.Scope scope = new NameRules.Scope();

        assertThat(scope.add("a-b")).isTrue();
        assertThat(scope.add("A-b")).isFalse();
        assertThat(scope.add("[constructor]a-b")).isTrue();
        assertThat(scope.add("[method]a-b.a-b")).isFalse();
    }
}
