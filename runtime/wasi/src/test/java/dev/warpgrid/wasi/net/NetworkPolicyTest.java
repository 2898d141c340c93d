package dev.warpgrid.wasi.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkPolicyTest {
    private static InetAddress address(String literal) {
        return InetAddress.ofLiteral(literal);
    }

    @Test
    void allowsNamesOnTheirPortsAndPublicAddressesOnly() {
        NetworkPolicy policy = NetworkPolicy.of("Example.org:443", "*.example.net");
        assertThat(policy.allows("EXAMPLE.org", address("93.184.216.34"), 443)).isTrue();
        assertThat(policy.allows("example.org", address("93.184.216.34"), 80)).isFalse();
        assertThat(policy.allows("a.b.example.net", address("2606:2800:220:1::1"), 1))
                .isTrue();
        assertThat(policy.allows("example.net", address("93.184.216.34"), 1)).isFalse();
        assertThat(policy.allows("evilexample.net", address("93.184.216.34"), 1))
                .isFalse();
        assertThat(policy.mayResolve("example.com", 443)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fd00::1",
                "ff02::1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "::ffff:127.0.0.1"
            })
    void aNameLeadsToNoAddressThatIsNotPublic(String literal) {
        assertThat(NetworkPolicy.of("*").allows("example.org", address(literal), 80))
                .isFalse();
        assertThat(NetworkPolicy.of("*").allows(address(literal), 80)).isFalse();
    }

    @Test
    void allowsNetworksByTheirBits() {
        NetworkPolicy policy = NetworkPolicy.of("10.32.0.0/11:5432", "[::1]", "192.168.1.7");
        assertThat(policy.allows(address("10.63.255.255"), 5432)).isTrue();
        assertThat(policy.allows("any.name", address("10.32.0.1"), 5432)).isTrue();
        assertThat(policy.allows(address("10.64.0.0"), 5432)).isFalse();
        assertThat(policy.allows(address("10.32.0.1"), 5433)).isFalse();
        assertThat(policy.allows(address("::1"), 9)).isTrue();
        assertThat(policy.allows(address("192.168.1.8"), 9)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":80", "a b", "example.org:x", "example.org:70000", "10.0.0.0/33", "x/8", "*.", "http://a"})
    void refusesWhatIsNoRule(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkRule.parse(text))
                .withMessageContaining("network rule");
    }
}
