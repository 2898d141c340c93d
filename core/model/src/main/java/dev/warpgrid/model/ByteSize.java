package dev.warpgrid.model;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, written as people write it: {@code 64MiB}, {@code 64MB}, {@code 1.5GiB}, {@code 65536}. */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,19}(?:\\.\\d{1,3})?)\\s*([kKmMgGtT]?i?)[bB]?");
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("A size cannot be negative, and this one is " + bytes + " bytes.");
        }
    }

    public static ByteSize ofMebibytes(long mebibytes) {
        return new ByteSize(Math.multiplyExact(mebibytes, 1L << 20));
    }

    /**
     * Reads a size. {@code K M G T} are powers of 1000, {@code Ki Mi Gi Ti} powers of 1024; a trailing {@code B} is free.
     *
     * @throws IllegalArgumentException with the remedy, if the text is no size
     */
    public static ByteSize parse(String text) {
        Matcher match = TEXT.matcher(text.strip());
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no size: write a number and a unit, such as 64MiB.");
        }
        try {
            return new ByteSize(new BigDecimal(match.group(1))
                    .multiply(BigDecimal.valueOf(factor(match.group(2))))
                    .toBigInteger()
                    .longValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is larger than any machine: write a size below 8EiB.", e);
        }
    }

    private static long factor(String unit) {
        if (unit.equals("i")) {
            throw new IllegalArgumentException("\"i\" alone is no unit: write Ki, Mi, Gi or Ti.");
        }
        if (unit.isEmpty()) {
            return 1;
        }
        int power = "kmgt".indexOf(unit.substring(0, 1).toLowerCase(Locale.ROOT)) + 1;
        long base = unit.endsWith("i") ? 1024 : 1000;
        long factor = 1;
        for (int i = 0; i < power; i++) {
            factor *= base;
        }
        return factor;
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** The shortest exact form in binary units, which {@link #parse} reads back: {@code 64MiB}, {@code 1000B}. */
    @Override
    public String toString() {
        long value = bytes;
        int unit = 0;
        while (unit < UNITS.length - 1 && value != 0 && value % 1024 == 0) {
            value /= 1024;
            unit++;
        }
        return value + UNITS[unit];
    }
}
