package io.hawser.lab.bench;

import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.HostKeyPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The hosts that {@code lab/bench} started, as its state directory describes them. */
final class BenchHosts {
  private final Path state;
  private final List<Host> all;

  private BenchHosts(Path state, List<Host> all) {
    this.state = state;
    this.all = all;
  }

  /** Reads the addresses; every host takes the same key and may have a root of its own. */
  static BenchHosts in(Path state) throws IOException {
    SshAccess access = SshAccess.builder().keyFile(state.resolve("id").toString()).build();
    List<Host> all = new ArrayList<>();
    for (String address : Files.readAllLines(state.resolve("hosts"))) {
      Path root = state.resolve("root-" + address);
      Host.Builder host = Host.at(address).ssh(access).roles(Role.MASTER);
      all.add(Files.isDirectory(root) ? host.root(root.toString()).build() : host.build());
    }
    return new BenchHosts(state, List.copyOf(all));
  }

  /** The private key that every host takes. */
  Path key() {
    return state.resolve("id");
  }

  /** What all clients trust. */
  Path knownHosts() {
    return state.resolve("known_hosts");
  }

  /** All hosts. */
  List<Host> all() {
    return all;
  }

  /** The first hosts. */
  List<Host> first(int count) {
    if (count < 1 || count > all.size()) {
      throw new IllegalArgumentException("there are 1 to " + all.size() + " hosts, not " + count);
    }
    return all.subList(0, count);
  }

  /** The first hosts, if it is a number, or the one with this address. */
  List<Host> chosen(String countOrAddress) {
    return countOrAddress.contains(".")
        ? all.stream().filter(host -> host.address().equals(countOrAddress)).toList()
        : first(Integer.parseInt(countOrAddress));
  }

  /** Trusts what all clients of the benchmark trust. */
  HostKeyPolicy hostKeys() {
    return HostKeyPolicy.strict(knownHosts());
  }
}
