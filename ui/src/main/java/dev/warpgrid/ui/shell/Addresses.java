package dev.warpgrid.ui.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.Location;

/** Goes to an address that may have a query. */
final class Addresses {
    private Addresses() {}

    static void go(UI ui, String address) {
        Location location = new Location(address);
        ui.navigate(location.getPath(), location.getQueryParameters());
    }
}
