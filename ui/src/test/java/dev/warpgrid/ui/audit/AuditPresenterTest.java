package dev.warpgrid.ui.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.api.AuditEntry;
import dev.warpgrid.ui.fake.Callers;
import dev.warpgrid.ui.fake.FakeAudit;
import dev.warpgrid.ui.live.ManualLive;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked // an unexpected null fails the test by itself
class AuditPresenterTest {
    private final FakeAudit audit = new FakeAudit();
    private final ManualLive live = new ManualLive();
    private List<AuditEntry> shown = List.of();
    private boolean more;
    private final AuditPresenter presenter = new AuditPresenter(audit, Callers.ADMIN, live, (entries, further) -> {
        shown = entries;
        more = further;
    });

    @Test
    void showsTheNewestAndSaysWhereThereAreMore() {
        for (int i = 0; i < 250; i++) {
            audit.entries.add(FakeAudit.entry(250 - i, AuditEntry.Outcome.DONE));
        }
        presenter.start(new AuditPresenter.Question("", false));
        live.tick();
        assertThat(shown).hasSize(AuditPresenter.MAXIMUM_SHOWN);
        assertThat(shown.getFirst().id()).isEqualTo(250);
        assertThat(more).isTrue();
    }

    @Test
    void asksForAnActionWhereOneIsTypedAndForTextOtherwise() {
        presenter.start(new AuditPresenter.Question("", false));
        presenter.ask(new AuditPresenter.Question(" deployment.apply ", false));
        assertThat(audit.asked.getLast().action()).isEqualTo("deployment.apply");
        assertThat(audit.asked.getLast().text()).isNull();
        presenter.ask(new AuditPresenter.Question("ada", true));
        assertThat(audit.asked.getLast().text()).isEqualTo("ada");
        assertThat(audit.asked.getLast().outcome()).isEqualTo(AuditEntry.Outcome.REFUSED);
    }

    @Test
    void keepsTheQuestionWhileItReadsAgain() {
        audit.entries.add(FakeAudit.entry(2, AuditEntry.Outcome.REFUSED));
        audit.entries.add(FakeAudit.entry(1, AuditEntry.Outcome.DONE));
        presenter.start(new AuditPresenter.Question("", false));
        live.tick();
        assertThat(shown).hasSize(2);
        presenter.ask(new AuditPresenter.Question("", true));
        assertThat(shown).hasSize(1);
        live.tick();
        assertThat(shown).extracting(AuditEntry::id).containsExactly(2L);
        assertThat(more).isFalse();
    }
}
