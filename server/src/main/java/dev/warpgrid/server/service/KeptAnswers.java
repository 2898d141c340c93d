package dev.warpgrid.server.service;

import dev.warpgrid.server.store.AnswerStore;
import dev.warpgrid.server.store.KeptAnswer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers kept for repeated requests. Serves the transport, not a caller, so it checks no permission. */
@Singleton
@StoreFaults
@Transactional
public class KeptAnswers {
    private final AnswerStore answers;
    private final Clock clock;

    @Inject
    public KeptAnswers(AnswerStore answers, Clock clock) {
        this.answers = answers;
        this.clock = clock;
    }

    public Optional<KeptAnswer> find(String caller, String key) {
        return answers.find(caller, key);
    }

    public void keep(
            String caller, String key, String requestSha256, int status, @Nullable String contentType, byte[] body) {
        answers.keep(new KeptAnswer(
                caller,
                key,
                requestSha256,
                status,
                contentType,
                body,
                clock.instant().truncatedTo(ChronoUnit.MICROS)));
    }
}
