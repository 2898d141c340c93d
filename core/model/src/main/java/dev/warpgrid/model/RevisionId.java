package dev.warpgrid.model;

import java.util.Comparator;

/** One immutable revision of a deployment; numbers count from 1 and are never used again. */
public record RevisionId(DeploymentId deployment, int number) implements Comparable<RevisionId> {
    private static final Comparator<RevisionId> ORDER =
            Comparator.comparing(RevisionId::deployment).thenComparingInt(RevisionId::number);

    public RevisionId {
        if (number < 1) {
            throw new IllegalArgumentException("A revision's number counts from 1, and this one is " + number + ".");
        }
    }

    /** The inverse of {@link #toString()}. */
    public static RevisionId parse(String text) {
        int at = text.lastIndexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException("\"" + text + "\" names no revision: write NAMESPACE/NAME@NUMBER.");
        }
        return new RevisionId(DeploymentId.parse(text.substring(0, at)), Integer.parseInt(text.substring(at + 1)));
    }

    @Override
    public int compareTo(RevisionId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return deployment + "@" + number;
    }
}
