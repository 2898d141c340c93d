package dev.warpgrid.ui.preview;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.di.DefaultInstantiator;
import com.vaadin.flow.di.Instantiator;
import com.vaadin.flow.di.InstantiatorFactory;
import com.vaadin.flow.server.VaadinService;
import jakarta.inject.Inject;
import java.lang.reflect.Constructor;
import java.util.Arrays;

/** Injects the preview's services into constructors, as the server's container does with the real ones. */
public final class PreviewInstantiatorFactory implements InstantiatorFactory {
    @Override
    public Instantiator createInstantitor(VaadinService service) {
        return new DefaultInstantiator(service) {
            private static final long serialVersionUID = 1L;

            @Override
            public <T> T getOrCreate(Class<T> type) {
                return injected(type) == null ? super.getOrCreate(type) : make(type);
            }

            @Override
            public <T extends Component> T createComponent(Class<T> type) {
                return injected(type) == null ? super.createComponent(type) : make(type);
            }
        };
    }

    private static Constructor<?> injected(Class<?> type) {
        return Arrays.stream(type.getConstructors())
                .filter(constructor -> constructor.isAnnotationPresent(Inject.class))
                .findFirst()
                .orElse(null);
    }

    private static <T> T make(Class<T> type) {
        try {
            Constructor<?> constructor = injected(type);
            Object[] arguments = Arrays.stream(constructor.getParameterTypes())
                    .map(parameter -> PreviewServer.grid().service(parameter))
                    .toArray();
            return type.cast(constructor.newInstance(arguments));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The preview could not make a " + type.getName() + ".", e);
        }
    }
}
