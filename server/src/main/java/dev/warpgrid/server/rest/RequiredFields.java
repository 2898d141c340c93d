package dev.warpgrid.server.rest;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.FieldError;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record's component that is not {@code @Nullable} has to be in the body, at every depth. */
final class RequiredFields {
    private final List<FieldError> errors = new ArrayList<>();

    private RequiredFields() {}

    static void check(Object body) {
        RequiredFields fields = new RequiredFields();
        fields.visit("", body);
        if (!fields.errors.isEmpty()) {
            throw ApiException.invalid(fields.errors);
        }
    }

    private void visit(String pointer, @Nullable Object value) {
        if (value instanceof Record body) {
            for (RecordComponent component : body.getClass().getRecordComponents()) {
                visitComponent(pointer + "/" + component.getName(), component, read(component, body));
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> visitItem(
                    pointer + "/" + String.valueOf(key).replace("~", "~0").replace("/", "~1"), item));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                visitItem(pointer + "/" + i, list.get(i));
            }
        }
    }

    private void visitComponent(String pointer, RecordComponent component, @Nullable Object value) {
        if (value != null) {
            visit(pointer, value);
        } else if (!isNullable(component.getAnnotatedType())) {
            errors.add(new FieldError(pointer, "The field \"" + component.getName() + "\" is missing: add it."));
        }
    }

    private void visitItem(String pointer, @Nullable Object item) {
        if (item == null) {
            errors.add(new FieldError(pointer, "There is null where a value has to be: take it out."));
        } else {
            visit(pointer, item);
        }
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static @Nullable Object read(RecordComponent component, Record body) {
        try {
            return component.getAccessor().invoke(body);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
