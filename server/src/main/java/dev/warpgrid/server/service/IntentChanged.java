package dev.warpgrid.server.service;

import dev.warpgrid.model.DeploymentId;

/**
 * Fired in the transaction that changes a deployment's intent. Whoever acts on it observes with
 * {@code @Observes(during = TransactionPhase.AFTER_SUCCESS)} and returns at once.
 */
public record IntentChanged(DeploymentId deployment) {}
