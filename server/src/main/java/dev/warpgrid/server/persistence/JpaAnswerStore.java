package dev.warpgrid.server.persistence;

import dev.warpgrid.server.store.AnswerStore;
import dev.warpgrid.server.store.KeptAnswer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Optional;

/** Answers to repeated requests, in PostgreSQL. */
@Singleton
public class JpaAnswerStore implements AnswerStore {
    private final EntityManager entities;

    @Inject
    public JpaAnswerStore(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    public Optional<KeptAnswer> find(String caller, String key) {
        return NativeRows.first(
                        entities.createNativeQuery(
                                        "select request_hash, status, content_type, body, created_at from idempotent_answer"
                                                + " where caller = :caller and key = :key",
                                        Tuple.class)
                                .setParameter("caller", caller)
                                .setParameter("key", key),
                        Tuple.class)
                .map(row -> new KeptAnswer(
                        caller,
                        key,
                        row.get(0, String.class),
                        row.get(1, Integer.class),
                        row.get(2, String.class),
                        row.get(3, byte[].class),
                        row.get(4, Instant.class)));
    }

    @Override
    public void keep(KeptAnswer answer) {
        entities.createNativeQuery(
                        "insert into idempotent_answer (caller, key, request_hash, status, content_type, body, created_at)"
                                + " values (:caller, :key, :hash, :status, cast(:type as text), :body, :at)"
                                + " on conflict do nothing")
                .setParameter("caller", answer.caller())
                .setParameter("key", answer.key())
                .setParameter("hash", answer.requestSha256())
                .setParameter("status", answer.status())
                .setParameter("type", answer.contentType())
                .setParameter("body", answer.body())
                .setParameter("at", answer.createdAt())
                .executeUpdate();
        entities.createNativeQuery("delete from idempotent_answer where created_at < (select created_at"
                        + " from idempotent_answer order by created_at desc offset " + (KEPT - 1) + " limit 1)")
                .executeUpdate();
    }
}
