package dev.warpgrid.api;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Service accounts of a namespace and their tokens. */
public interface ServiceAccountService {
    int MAXIMUM_ACCOUNTS = 500;

    List<ServiceAccountView> list(Caller caller, String namespace);

    ServiceAccountView create(Caller caller, String namespace, String name, String description);

    /** With its tokens and bindings. */
    void delete(Caller caller, String namespace, String name);

    List<TokenView> tokens(Caller caller, String namespace, String name);

    /** The caller must hold all that the account holds: whoever has the token acts as the account. */
    TokenView createToken(
            Caller caller,
            String namespace,
            String name,
            String tokenName,
            @Nullable Duration validFor,
            TokenLimit limit);

    void revokeToken(Caller caller, String namespace, String name, String id);
}
