package dev.warpgrid.ui.deployments;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.server.streams.UploadEvent;
import dev.warpgrid.api.ArtifactService;
import dev.warpgrid.api.ArtifactView;
import dev.warpgrid.api.Deployment;
import dev.warpgrid.api.DeploymentSpec;
import dev.warpgrid.ui.part.Fact;
import dev.warpgrid.ui.part.Glyph;
import dev.warpgrid.ui.part.Mood;
import dev.warpgrid.ui.part.Paths;
import dev.warpgrid.ui.part.Tell;
import dev.warpgrid.ui.part.Words;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Drop a component, look at what it needs, deploy it. */
public final class DeployDialog extends Dialog {
    private static final long serialVersionUID = 1L;
    private static final String DEFAULT_NAMESPACE = "default";

    private final transient DeployPresenter presenter;
    private final transient @Nullable Deployment present;
    private final Upload upload = new Upload();
    private final Div read = new Div();
    private final Div fileError = new Div();
    private final TextField name = new TextField("Name");
    private final Select<String> namespace = new Select<>();
    private final IntegerField instances = new IntegerField("Instances");
    private final TextField host = new TextField("Host");
    private final TextField memory = new TextField("Memory limit");
    private final TextArea environment = new TextArea("Environment");
    private final Div problem = new Div();
    private final Button deploy = new Button("Deploy");
    private transient @Nullable ArtifactView artifact;
    /** The upload runs beside the page's lock, so it takes the namespace from here. */
    private volatile String chosenNamespace = DEFAULT_NAMESPACE;

    /** @param present the deployment that gets a new revision; null for a new deployment */
    public DeployDialog(DeployPresenter presenter, @Nullable Deployment present) {
        this.presenter = presenter;
        this.present = present;
        addClassName("deploy");
        setHeaderTitle(present == null ? "Deploy a component" : "Deploy a new revision");
        setWidth("640px");
        uploadField();
        fields();
        if (present != null) {
            fill(present);
        }
        fileError.addClassNames("field-error", Mood.BAD.css());
        fileError.setVisible(false);
        fileError.getElement().setAttribute("role", "alert");
        problem.addClassNames("trouble", Mood.BAD.css());
        problem.getElement().setAttribute("role", "alert");
        problem.setVisible(false);
        read.addClassName("artifact");
        read.setVisible(false);
        Div form = new Div(name, namespace, instances, memory, host, environment);
        form.addClassName("form");
        add(upload, fileError, read, form, problem);
        deploy.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        deploy.addClickListener(event -> deploy());
        getFooter().add(new Button("Cancel", event -> close()), deploy);
    }

    private void uploadField() {
        upload.setMaxFiles(1);
        upload.setAcceptedFileExtensions(".wasm");
        upload.setMaxFileSize((int) Math.min(Integer.MAX_VALUE, ArtifactService.MAXIMUM_BYTES));
        Button choose = new Button("Choose a file", new Glyph(Glyph.Shape.UPLOAD));
        upload.setUploadButton(choose);
        upload.setDropLabel(new Span(
                present == null
                        ? "Drop a .wasm component here"
                        : "Drop a .wasm component here, or keep the present one"));
        upload.setUploadHandler(this::receive);
        upload.addFileRejectedListener(event -> fileError("Only .wasm components of at most "
                + Words.bytes(ArtifactService.MAXIMUM_BYTES) + " can be deployed: " + event.getErrorMessage()));
    }

    private void fields() {
        name.setRequiredIndicatorVisible(true);
        name.setHelperText("Part of the address: lower-case letters, digits and hyphens");
        List<String> names = presenter.namespaces();
        namespace.setLabel("Namespace");
        namespace.setItems(names);
        namespace.addValueChangeListener(
                event -> chosenNamespace = Objects.requireNonNullElse(event.getValue(), DEFAULT_NAMESPACE));
        namespace.setValue(names.contains(DEFAULT_NAMESPACE) || names.isEmpty() ? DEFAULT_NAMESPACE : names.getFirst());
        instances.setValue(1);
        instances.setMin(0);
        instances.setStepButtonsVisible(true);
        memory.setPlaceholder("64MiB");
        memory.setHelperText("Of each instance");
        host.setPlaceholder("NAME.NAMESPACE.localhost");
        host.setHelperText("Several are parted by commas");
        environment.setPlaceholder("NAME=value");
        environment.setHelperText("One on each line");
        environment.setMinRows(2);
        environment.addClassName("mono-field");
    }

    private void fill(Deployment known) {
        DeploymentSpec spec = known.spec();
        name.setValue(known.metadata().name());
        name.setReadOnly(true);
        String space = Objects.requireNonNullElse(known.metadata().namespace(), DEFAULT_NAMESPACE);
        if (!presenter.namespaces().contains(space)) {
            namespace.setItems(List.of(space));
        }
        namespace.setValue(space);
        namespace.setReadOnly(true);
        DeploymentSpec.Instances count = spec.instances();
        instances.setValue(count == null ? null : count.min());
        DeploymentSpec.Resources resources = spec.resources();
        memory.setValue(resources == null ? "" : Objects.requireNonNullElse(resources.memory(), ""));
        DeploymentSpec.Trigger trigger = spec.trigger();
        DeploymentSpec.Http http = trigger == null ? null : trigger.http();
        List<String> hosts = http == null ? null : http.hosts();
        host.setValue(hosts == null ? "" : String.join(", ", hosts));
        Map<String, String> variables = spec.environment();
        if (variables != null) {
            environment.setValue(variables.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .collect(Collectors.joining("\n")));
        }
    }

    private void receive(UploadEvent event) {
        UI ui = event.getUI();
        DeployPresenter.Upload outcome;
        try (var bytes = event.getInputStream()) {
            outcome = presenter.upload(chosenNamespace, bytes);
        } catch (IOException e) {
            outcome = new DeployPresenter.Upload.Refused("The upload broke off: drop the file again.");
        }
        DeployPresenter.Upload result = outcome;
        var _ = ui.access(() -> show(event.getFileName(), result));
    }

    private void show(String fileName, DeployPresenter.Upload outcome) {
        upload.clearFileList();
        switch (outcome) {
            case DeployPresenter.Upload.Read(ArtifactView found) -> {
                artifact = found;
                fileError("");
                artifact(fileName, found);
                if (name.isEmpty()) {
                    name.setValue(DeployPresenter.nameFor(fileName));
                }
            }
            case DeployPresenter.Upload.Refused(String sentence) -> {
                artifact = null;
                read.setVisible(false);
                fileError(sentence);
            }
        }
    }

    private void artifact(String fileName, ArtifactView found) {
        read.removeAll();
        read.add(new Fact()
                .id("File", fileName)
                .id("Digest", Words.digest(found.digest()))
                .row("Size", Words.bytes(found.sizeBytes()))
                .row("Memory at start", Words.bytes(found.minimumMemoryBytes()))
                .row("Exports", interfaces(found.exports()))
                .row("Imports", interfaces(found.imports())));
        read.setVisible(true);
    }

    private static UnorderedList interfaces(List<String> names) {
        UnorderedList list = new UnorderedList();
        list.addClassNames("interfaces", "mono");
        names.forEach(one -> list.add(new ListItem(one)));
        if (names.isEmpty()) {
            list.add(new ListItem("none"));
        }
        return list;
    }

    private void fileError(String sentence) {
        fileError.setText(sentence);
        fileError.setVisible(!sentence.isEmpty());
    }

    private void deploy() {
        DeployPresenter.Form form = new DeployPresenter.Form(
                artifact,
                chosenNamespace,
                name.getValue(),
                instances.getValue(),
                host.getValue(),
                memory.getValue(),
                environment.getValue(),
                present == null ? null : present.metadata().labels());
        switch (presenter.deploy(form, present)) {
            case DeployPresenter.Outcome.Applied(var result) -> {
                close();
                String space = Objects.requireNonNullElse(
                        result.deployment().metadata().namespace(), chosenNamespace);
                String what = result.deployment().metadata().name();
                // In this order: navigation closes what is open.
                UI.getCurrent().navigate(Paths.deployment(space, what));
                Tell.done(
                        switch (result.outcome()) {
                            case CREATED -> what + " is being started.";
                            case UPDATED -> "The new revision of " + what + " is being rolled out.";
                            case UNCHANGED -> what + " was already so; nothing has changed.";
                        });
            }
            case DeployPresenter.Outcome.Refused(var fields, var rest) -> refused(fields, rest);
        }
    }

    private void refused(Map<DeployPresenter.Field, String> sentences, String rest) {
        Map<DeployPresenter.Field, HasValidation> fields = new EnumMap<>(DeployPresenter.Field.class);
        fields.put(DeployPresenter.Field.NAME, name);
        fields.put(DeployPresenter.Field.NAMESPACE, namespace);
        fields.put(DeployPresenter.Field.INSTANCES, instances);
        fields.put(DeployPresenter.Field.HOST, host);
        fields.put(DeployPresenter.Field.MEMORY, memory);
        fields.put(DeployPresenter.Field.ENVIRONMENT, environment);
        fields.forEach((field, input) -> {
            String sentence = sentences.get(field);
            input.setErrorMessage(sentence);
            input.setInvalid(sentence != null);
        });
        fileError(sentences.getOrDefault(DeployPresenter.Field.FILE, ""));
        problem.removeAll();
        if (!rest.isEmpty()) {
            problem.add(new Glyph(Glyph.Shape.BAD), new Span(rest));
        }
        problem.setVisible(!rest.isEmpty());
    }
}
