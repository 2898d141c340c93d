package dev.warpgrid.agent;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process uses of its machine. */
final class ProcessUsage {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessUsage() {}

    static long machineMemoryBytes() {
        return SYSTEM.getTotalMemorySize();
    }

    /** Of all processors since the last call, 0 to 1. */
    static double cpuShare() {
        return Math.clamp(SYSTEM.getProcessCpuLoad(), 0.0, 1.0);
    }

    /** Resident bytes; the Java heap's where the system has no {@code /proc}. */
    static long residentBytes() {
        try {
            for (String entry : Files.readAllLines(STATUS)) {
                if (entry.startsWith("VmRSS:")) {
                    return Long.parseLong(entry.replaceAll("[^0-9]", "")) << 10;
                }
            }
        } catch (IOException | NumberFormatException e) {
            return Runtime.getRuntime().totalMemory();
        }
        return Runtime.getRuntime().totalMemory();
    }
}
