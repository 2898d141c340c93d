package dev.warpgrid.wasi.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Header or trailer fields: an ordered multimap of lower-case names to values. A value is bytes; its text is ISO 8859-1,
 * as RFC 9110 section 5.5 has it. Bounded, so that no peer fills the heap. Not thread-safe; {@link #freeze} makes it so.
 */
public final class HttpFields {
    /** Fields that one object holds at most. */
    public static final int MOST_FIELDS = 1024;
    /** Bytes of all names and values that one object holds at most. */
    public static final int MOST_BYTES = 256 << 10;

    private static final HttpFields NONE = new HttpFields().freeze();
    private static final int FIRST_SLOTS = 8;

    // Name and value by turns; a value is a String or a byte[].
    private @Nullable Object[] slots;
    private int count;
    private int bytes;
    private boolean frozen;

    public HttpFields() {
        this.slots = new Object[FIRST_SLOTS];
    }

    private HttpFields(HttpFields other) {
        this.slots = other.slots.clone();
        this.count = other.count;
        this.bytes = other.bytes;
    }

    /** No fields; frozen and shared. */
    public static HttpFields none() {
        return NONE;
    }

    /** Fields of names and values by turns. */
    public static HttpFields of(String... namesAndValues) {
        HttpFields fields = new HttpFields();
        for (int index = 0; index < namesAndValues.length; index += 2) {
            fields.add(namesAndValues[index], namesAndValues[index + 1]);
        }
        return fields;
    }

    /**
     * Adds a field behind those that are there.
     *
     * @param value its characters above 255 become question marks
     * @throws IllegalStateException when the object is frozen or full
     */
    public HttpFields add(String name, String value) {
        return put(name, value, value.length());
    }

    /** Adds a field; the bytes are kept, not copied. */
    public HttpFields add(String name, byte[] value) {
        return put(name, value, value.length);
    }

    private HttpFields put(String name, Object value, int length) {
        refuseWhenFrozen();
        if (!fits(name.length(), length)) {
            throw new IllegalStateException("A message has more than " + MOST_FIELDS + " fields or " + MOST_BYTES
                    + " bytes of them; the field " + name + " does not fit.");
        }
        if (2 * count == slots.length) {
            slots = Arrays.copyOf(slots, 2 * slots.length);
        }
        slots[2 * count] = lowerCase(name);
        slots[2 * count + 1] = value;
        count++;
        bytes += name.length() + length;
        return this;
    }

    /** Whether a field of this size can still be added. */
    public boolean fits(int nameLength, int valueLength) {
        return count < MOST_FIELDS && (long) bytes + nameLength + valueLength <= MOST_BYTES;
    }

    /** Removes all fields of a name; answers how many there were. */
    public int remove(String name) {
        refuseWhenFrozen();
        String wanted = lowerCase(name);
        int kept = 0;
        int before = count;
        for (int index = 0; index < before; index++) {
            if (name(index).equals(wanted)) {
                bytes -= wanted.length() + valueLength(index);
                continue;
            }
            slots[2 * kept] = slots[2 * index];
            slots[2 * kept + 1] = slots[2 * index + 1];
            kept++;
        }
        Arrays.fill(slots, 2 * kept, 2 * before, null);
        count = kept;
        return before - kept;
    }

    /** From now on nothing can be changed. */
    public HttpFields freeze() {
        frozen = true;
        return this;
    }

    public boolean frozen() {
        return frozen;
    }

    /** A copy that can be changed. */
    public HttpFields copy() {
        return new HttpFields(this);
    }

    public int size() {
        return count;
    }

    /** The bytes of all names and values. */
    public int byteSize() {
        return bytes;
    }

    /** The lower-case name of a field; the index runs from 0 to {@link #size()} - 1. */
    public String name(int index) {
        return (String) slot(2 * index);
    }

    /** The value of a field as text. */
    public String value(int index) {
        Object value = slot(2 * index + 1);
        return value instanceof byte[] raw ? new String(raw, StandardCharsets.ISO_8859_1) : (String) value;
    }

    /** The value of a field as bytes; not to be changed. */
    public byte[] valueBytes(int index) {
        Object value = slot(2 * index + 1);
        return value instanceof byte[] raw ? raw : ((String) value).getBytes(StandardCharsets.ISO_8859_1);
    }

    private int valueLength(int index) {
        Object value = slot(2 * index + 1);
        return value instanceof byte[] raw ? raw.length : ((String) value).length();
    }

    private Object slot(int index) {
        Object value = index < 2 * count ? slots[index] : null;
        if (value == null) {
            throw new IndexOutOfBoundsException("There are " + count + " fields.");
        }
        return value;
    }

    /** The first value of a name. */
    public Optional<String> first(String name) {
        int index = indexOf(name);
        return index < 0 ? Optional.empty() : Optional.of(value(index));
    }

    /** All values of a name, in their order. */
    public List<String> all(String name) {
        String wanted = lowerCase(name);
        List<String> values = new ArrayList<>();
        forEach((each, value) -> {
            if (each.equals(wanted)) {
                values.add(value);
            }
        });
        return values;
    }

    public boolean contains(String name) {
        return indexOf(name) >= 0;
    }

    private int indexOf(String name) {
        String wanted = lowerCase(name);
        for (int index = 0; index < count; index++) {
            if (name(index).equals(wanted)) {
                return index;
            }
        }
        return -1;
    }

    /** Visits names and values in their order. */
    public void forEach(BiConsumer<String, String> visitor) {
        for (int index = 0; index < count; index++) {
            visitor.accept(name(index), value(index));
        }
    }

    private void refuseWhenFrozen() {
        if (frozen) {
            throw new IllegalStateException("These fields are frozen; change a copy.");
        }
    }

    static String lowerCase(String name) {
        for (int index = 0; index < name.length(); index++) {
            char letter = name.charAt(index);
            if (letter >= 'A' && letter <= 'Z') {
                return name.toLowerCase(Locale.ROOT);
            }
        }
        return name;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }
}
