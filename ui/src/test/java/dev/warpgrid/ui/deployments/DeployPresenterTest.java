package dev.warpgrid.ui.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ArtifactView;
import dev.warpgrid.api.DeploymentStatus.State;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.FieldError;
import dev.warpgrid.ui.fake.Callers;
import dev.warpgrid.ui.fake.FakeArtifacts;
import dev.warpgrid.ui.fake.FakeDeployments;
import dev.warpgrid.ui.fake.FakeGrid;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked // an unexpected null fails the test by itself
class DeployPresenterTest {
    private final FakeArtifacts artifacts = new FakeArtifacts();
    private final FakeDeployments deployments = new FakeDeployments();
    private final DeployPresenter presenter =
            new DeployPresenter(artifacts, deployments, new FakeGrid(), () -> Callers.ADMIN);

    private DeployPresenter.Form form(String memory, String environment) {
        ArtifactView artifact = artifacts.upload(Callers.ADMIN, "default", InputStream.nullInputStream());
        return new DeployPresenter.Form(
                artifact, "default", "hello", 2, "a.example, b.example", memory, environment, null);
    }

    @Test
    void appliesWhatWasTyped() {
        assertThat(presenter.deploy(form("128MiB", "A=1\n\nB=x=y"), null))
                .isInstanceOf(DeployPresenter.Outcome.Applied.class);
        var spec = deployments.applied.spec();
        assertThat(spec.instances().min()).isEqualTo(2);
        assertThat(spec.resources().memory()).isEqualTo("128MiB");
        assertThat(spec.trigger().http().hosts()).containsExactly("a.example", "b.example");
        assertThat(spec.environment())
                .containsEntry("A", "1")
                .containsEntry("B", "x=y")
                .hasSize(2);
        assertThat(deployments.options.createOnly()).isTrue();
    }

    @Test
    void newRevisionNamesTheVersionItSaw() {
        var present = deployments.add("default", "hello", State.READY, 1, 1);
        presenter.deploy(form("", ""), present);
        assertThat(deployments.options.createOnly()).isFalse();
        assertThat(deployments.options.ifMatch()).isEqualTo("7");
        assertThat(deployments.applied.spec().resources().timeout()).isEqualTo("30s");
    }

    @Test
    void laysEachComplaintBesideItsField() {
        deployments.refusal = ApiException.invalid(List.of(
                new FieldError("/spec/resources/memory", "\"lots\" is no size."),
                new FieldError("/spec/trigger/http/hosts/0", "That host is taken."),
                new FieldError("/spec/unknown", "Something else.")));
        assertThat(presenter.deploy(form("lots", ""), null))
                .isInstanceOfSatisfying(DeployPresenter.Outcome.Refused.class, refused -> {
                    assertThat(refused.fields())
                            .containsEntry(DeployPresenter.Field.MEMORY, "\"lots\" is no size.")
                            .containsEntry(DeployPresenter.Field.HOST, "That host is taken.");
                    assertThat(refused.rest()).isEqualTo("Something else.");
                });
    }

    @Test
    void refusesWithoutAFileAndAsksNobody() {
        var form = new DeployPresenter.Form(null, "default", "hello", 1, "", "", "", null);
        assertThat(presenter.deploy(form, null))
                .isInstanceOfSatisfying(
                        DeployPresenter.Outcome.Refused.class,
                        refused -> assertThat(refused.fields()).containsOnlyKeys(DeployPresenter.Field.FILE));
        assertThat(deployments.calls).isEmpty();
    }

    @Test
    void refusesALineThatNamesNoVariable() {
        assertThat(presenter.deploy(form("", "JUST_A_NAME"), null))
                .isInstanceOfSatisfying(
                        DeployPresenter.Outcome.Refused.class,
                        refused -> assertThat(refused.fields().get(DeployPresenter.Field.ENVIRONMENT))
                                .contains("JUST_A_NAME"));
    }

    @Test
    void uploadThatTheServerRefusesCarriesItsSentence() {
        artifacts.refusal = new ApiException(ErrorCode.UNSUPPORTED_ARTIFACT, "These bytes are no component.");
        assertThat(presenter.upload("default", InputStream.nullInputStream()))
                .isEqualTo(new DeployPresenter.Upload.Refused("These bytes are no component."));
    }

    @Test
    void makesANameOfAFile() {
        assertThat(DeployPresenter.nameFor("Hello_World.component.wasm")).isEqualTo("hello-world");
        assertThat(DeployPresenter.nameFor("__x__.WASM")).isEqualTo("x");
        assertThat(DeployPresenter.nameFor("a".repeat(80) + ".wasm")).hasSize(63);
    }
}
