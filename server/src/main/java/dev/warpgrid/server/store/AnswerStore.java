package dev.warpgrid.server.store;

import java.util.Optional;

/** Answers kept for repeated requests; the newest {@link #KEPT} of them. */
public interface AnswerStore {
    int KEPT = 10_000;

    Optional<KeptAnswer> find(String caller, String key);

    /** Keeps the first answer under a key; a second one changes nothing. */
    void keep(KeptAnswer answer);
}
