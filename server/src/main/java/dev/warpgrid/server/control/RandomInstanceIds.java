package dev.warpgrid.server.control;

import dev.warpgrid.control.replica.InstanceIds;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.InstanceId;
import java.security.SecureRandom;

/** The deployment's name and 50 random bits, so that people see whose an instance is. */
public final class RandomInstanceIds implements InstanceIds {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int RANDOM_LETTERS = 10;
    private static final int NAME_LETTERS = 50;

    private final SecureRandom random = new SecureRandom();

    @Override
    public InstanceId next(DeploymentId deployment) {
        String name = deployment.name();
        StringBuilder id = new StringBuilder(name.substring(0, Math.min(NAME_LETTERS, name.length()))).append('-');
        for (int i = 0; i < RANDOM_LETTERS; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new InstanceId(id.toString());
    }
}
