package dev.warpgrid.server.dashboard;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.di.DefaultInstantiator;
import com.vaadin.flow.di.Instantiator;
import com.vaadin.flow.di.InstantiatorFactory;
import com.vaadin.flow.server.VaadinService;
import com.vaadin.flow.server.VaadinServiceInitListener;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.enterprise.inject.spi.Unmanaged;
import java.util.stream.Stream;

/** Lets the container inject the constructors of the dashboard's own classes; Vaadin makes its own as ever. */
public class ContainerInstantiatorFactory implements InstantiatorFactory {
    private static final String DASHBOARD = "dev.warpgrid.ui";

    @Override
    public Instantiator createInstantitor(VaadinService service) {
        return new ContainerInstantiator(service);
    }

    private static final class ContainerInstantiator extends DefaultInstantiator {
        private static final long serialVersionUID = 1L;

        ContainerInstantiator(VaadinService service) {
            super(service);
        }

        @Override
        public Stream<VaadinServiceInitListener> getServiceInitListeners() {
            OpenDashboards dashboards =
                    CDI.current().select(OpenDashboards.class).get();
            return Stream.concat(super.getServiceInitListeners(), Stream.of(dashboards::watch));
        }

        @Override
        public <T> T getOrCreate(Class<T> type) {
            return isOurs(type) ? inject(type) : super.getOrCreate(type);
        }

        @Override
        public <T extends Component> T createComponent(Class<T> type) {
            return isOurs(type) ? inject(type) : super.createComponent(type);
        }

        private static boolean isOurs(Class<?> type) {
            return type.getName().startsWith(DASHBOARD);
        }

        private static <T> T inject(Class<T> type) {
            return new Unmanaged<>(CDI.current().getBeanManager(), type)
                    .newInstance()
                    .produce()
                    .inject()
                    .postConstruct()
                    .get();
        }
    }
}
