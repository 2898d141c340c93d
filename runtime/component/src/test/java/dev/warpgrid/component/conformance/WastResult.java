package dev.warpgrid.component.conformance;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What became of the commands of one .wast file. */
final class WastResult {
    int passed;
    final List<String> failures = new ArrayList<>();
    private final Map<Reason, Integer> skipped = new EnumMap<>(Reason.class);
    private final TreeSet<String> messages = new TreeSet<>();

    /** Why a command was not run. */
    enum Reason {
        /** The async extension, which is read and refused by name. */
        ASYNC("async, not yet"),
        /** The engine does not take a core module. */
        ENGINE("the engine lacks a core proposal"),
        /** A component that uses a proposal which is refused by its name. */
        PROPOSAL("a proposal that is not supported"),
        /** Text that no binary can hold. */
        TEXT("text only"),
        /** An import that the script's host gives and this one does not. */
        HOST("wants another host");

        final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    void skip(Reason reason, String message) {
        skipped.merge(reason, 1, Integer::sum);
        messages.add(message);
    }

    int skipped(Reason reason) {
        return skipped.getOrDefault(reason, 0);
    }

    /** As {@code 3 text only}, separated by semicolons. */
    String remarks() {
        List<String> remarks = new ArrayList<>();
        skipped.forEach((reason, count) -> remarks.add(count + " " + reason.text));
        return String.join("; ", remarks);
    }

    @Override
    public String toString() {
        return passed + " passed, " + failures.size() + " failed, skipped: " + skipped + " " + messages;
    }
}
