package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two clusters in one JVM whose hosts have the same addresses but other keys, both the hosts' own
 * and the one that lets the user in.
 */
class TwoClustersTest {
  private static final int ROUNDS = 100;
  private static final Command WHOSE = Command.of("/bin/sh", "-c", "echo \"$WHOSE\"");

  @TempDir private Path temp;

  @Test
  void areNeverMixedInAHundredRoundsAtOnce() throws Exception {
    try (Servers one = new Servers("one");
        Servers other = new Servers("other")) {
      CompletableFuture<List<String>> first = CompletableFuture.supplyAsync(one::answers);
      CompletableFuture<List<String>> second = CompletableFuture.supplyAsync(other::answers);
      assertThat(first.get(2, TimeUnit.MINUTES)).hasSize(2 * ROUNDS).containsOnly("one");
      assertThat(second.get(2, TimeUnit.MINUTES)).hasSize(2 * ROUNDS).containsOnly("other");
    }
  }

  /** The hosts of one cluster. */
  private final class Servers implements Closeable {
    private final TestKey key = new TestKey();
    private final List<EmbeddedSshServer> servers;
    private final Path known;

    Servers(String name) throws IOException {
      servers = Stream.of("127.0.0.13", "127.0.0.14").map(at -> start(name, at)).toList();
      known =
          Files.writeString(
              temp.resolve(name),
              servers.stream()
                  .map(server -> server.knownHostsLine() + "\n")
                  .collect(Collectors.joining()));
    }

    private EmbeddedSshServer start(String name, String address) {
      return EmbeddedSshServer.builder()
          .address(address)
          .authorizedKey(key.publicKey())
          .environment(Map.of("WHOSE", name))
          .start();
    }

    /** What the hosts say, each round over new connections. */
    List<String> answers() {
      List<String> answers = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        try (SshClient ssh = SshClients.jsch().hostKeys(HostKeyPolicy.strict(known)).build()) {
          for (EmbeddedSshServer server : servers) {
            SshAccess access =
                SshAccess.builder().port(server.port()).keyData(key.privateText()).build();
            CommandResult result = ssh.run(Host.at(server.address()).ssh(access).build(), WHOSE);
            answers.add(result.stdout().strip());
          }
        }
      }
      return answers;
    }

    @Override
    public void close() {
      servers.forEach(EmbeddedSshServer::close);
    }
  }
}
