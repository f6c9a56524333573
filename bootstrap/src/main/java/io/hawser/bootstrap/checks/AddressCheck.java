package io.hawser.bootstrap.checks;

import io.hawser.bootstrap.preflight.Finding;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Whether the address of the Clusterfile is on the host, and the host has only one network. */
final class AddressCheck implements Question {
  @Override
  public Finding inspect(ReachedHost host) {
    Optional<InetAddress> own = NetworkAddress.parse(host.host().address());
    List<NetworkAddress> all = NetworkAddress.of(host.facts());
    if (own.isEmpty() || all.isEmpty()) {
      return host.untold("its addresses");
    }
    // Systems have all of 127.0.0.0/8, and tell only of the first.
    boolean there =
        own.get().isLoopbackAddress()
            || all.stream().anyMatch(address -> address.address().equals(own.get()));
    if (!there) {
      return Finding.failed(
              "the host was reached at "
                  + host.host().address()
                  + ", but has only "
                  + String.join(", ", shown(all)))
          .advice(
              "spec.hosts",
              "name an address that is on the host: the other hosts look for its registry there");
    }
    List<String> devices =
        all.stream()
            .filter(NetworkAddress::isOuter)
            .filter(some -> NetworkAddress.isV4(some.address()) == NetworkAddress.isV4(own.get()))
            .map(NetworkAddress::device)
            .distinct()
            .toList();
    if (devices.size() > 1 && host.isWholeMachine()) {
      return Finding.warning("the host is on several networks: " + String.join(", ", devices))
          .advice("spec.hosts", "make sure that all hosts are named by addresses of one network");
    }
    return Finding.ok("on the host");
  }

  private static List<String> shown(List<NetworkAddress> all) {
    return all.stream()
        .map(NetworkAddress::address)
        .filter(address -> !address.isLoopbackAddress())
        .map(InetAddress::getHostAddress)
        .toList();
  }
}
