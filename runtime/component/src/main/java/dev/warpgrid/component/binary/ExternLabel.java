package dev.warpgrid.component.binary;

import org.jspecify.annotations.Nullable;

/**
 * The name of an import or export as it stands in a binary.
 *
 * @param implemented the interface that its attribute of that kind names; null when it has none
 * @param suffixed    whether it has a {@code versionsuffix}
 */
record ExternLabel(String name, @Nullable String implemented, boolean suffixed) {
    /** The name, when its attributes are allowed on what it stands for. */
    String of(Sort sort, ByteReader in) {
        if (suffixed && sort != Sort.INSTANCE) {
            throw in.malformed("Only instances have a version suffix, and " + name + " is a " + sort);
        }
        if (implemented == null) {
            return name;
        }
        if (!NameRules.interfaceName(implemented)) {
            throw in.malformed("The name \"" + implemented + "\", which " + name
                    + " is said to implement, must be an interface's");
        }
        if (sort != Sort.INSTANCE) {
            throw in.malformed("Only instances implement an interface, and " + name + " is a " + sort);
        }
        if (!NameRules.label(name)) {
            throw in.malformed("The name " + name + " is not plain, so that it cannot implement another interface");
        }
        return name;
    }
}
