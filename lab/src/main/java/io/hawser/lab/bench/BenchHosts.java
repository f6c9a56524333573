package io.hawser.lab.bench;

import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.HostKeyPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The hosts that {@code lab/bench} started, as its state directory describes them. */
final class BenchHosts {
  private final Path state;
  private final List<Host> all;

  private BenchHosts(Path state, List<Host> all) {
    this.state = state;
    this.all = all;
  }

  /** Reads the addresses; every host takes the same key. */
  static BenchHosts in(Path state) throws IOException {
    SshAccess access = SshAccess.builder().keyFile(state.resolve("id").toString()).build();
    return new BenchHosts(
        state,
        Files.readAllLines(state.resolve("hosts")).stream()
            .map(address -> Host.at(address).ssh(access).build())
            .toList());
  }

  /** The first hosts. */
  List<Host> first(int count) {
    if (count < 1 || count > all.size()) {
      throw new IllegalArgumentException("there are 1 to " + all.size() + " hosts, not " + count);
    }
    return all.subList(0, count);
  }

  /** Trusts what all clients of the benchmark trust. */
  HostKeyPolicy hostKeys() {
    return HostKeyPolicy.strict(state.resolve("known_hosts"));
  }
}
