package dev.warpgrid.component.fuzz;

import dev.warpgrid.component.LimitExceededException;
import dev.warpgrid.component.LinkException;
import dev.warpgrid.component.MalformedComponentException;
import dev.warpgrid.component.binary.ComponentBinary;
import dev.warpgrid.component.binary.ComponentReader;
import dev.warpgrid.component.binary.CoreModuleBinary;
import dev.warpgrid.component.binary.CoreModuleRewriter;
import dev.warpgrid.component.link.Plan;
import dev.warpgrid.component.link.Plans;
import java.util.List;

/** Components whose framing is right: definitions that the bytes choose, so that validation and linking are reached. */
public final class ValidatorFuzzer {
    private ValidatorFuzzer() {}

    public static void fuzzerTestOneInput(byte[] data) {
        byte[] binary = new ComponentMaker(new BytesRandom(data)).make();
        ComponentBinary component;
        try {
            component = ComponentReader.read(binary, DecoderFuzzer.LIMITS);
            Plans.check(component, DecoderFuzzer.LIMITS);
        } catch (MalformedComponentException refused) {
            return;
        }
        try {
            Plan plan = Plans.link(component, DecoderFuzzer.LIMITS, List.of());
            for (CoreModuleBinary module : plan.modules()) {
                CoreModuleRewriter.rewrite(module, new CoreModuleRewriter.Caps(16, 100));
            }
        } catch (LinkException | LimitExceededException refused) {
            requireSentence(refused.getMessage());
        }
    }

    private static void requireSentence(String message) {
        if (message == null || message.isBlank()) {
            throw new AssertionError("A refusal says nothing.");
        }
    }
}
