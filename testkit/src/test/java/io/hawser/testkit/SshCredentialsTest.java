package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Secret;
import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hosts whose addresses look alike, each with a password of its own. */
@Timeout(60)
class SshCredentialsTest {
  private static final List<String> ALIKE =
      List.of("127.0.0.1", "127.0.0.11", "127.0.0.111", "127.0.1.1", "127.0.10.1", "127.1.0.1");

  private final List<EmbeddedSshServer> servers = new ArrayList<>();
  private final List<Callable<CommandResult>> logins = new ArrayList<>();

  @Test
  @DisplayName("N19 each host is offered its own password only, however alike the addresses are")
  void eachHostIsOfferedItsOwnPasswordOnly(@TempDir Path temp) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try (SshClient client =
        SshClients.jsch().hostKeys(HostKeyPolicy.acceptNew(temp.resolve("learned"))).build()) {
      int one = 0;
      int other = 0;
      for (String address : ALIKE) {
        one = start(client, address, one);
        other = start(client, address, other);
      }
      Collections.shuffle(logins, new Random(19));
      for (Future<CommandResult> login : pool.invokeAll(logins)) {
        login.get().orThrow();
      }
      assertThat(servers).extracting(EmbeddedSshServer::passwordAttempts).containsOnly(1);
    } finally {
      pool.shutdownNow();
      servers.forEach(EmbeddedSshServer::close);
    }
  }

  /** Starts a server, to be logged in to under each spelling of its address; returns its port. */
  private int start(SshClient client, String address, int port) {
    Secret password = Secret.of("password " + servers.size());
    EmbeddedSshServer server =
        EmbeddedSshServer.builder().address(address).port(port).password(password).start();
    servers.add(server);
    SshAccess own = SshAccess.builder().port(server.port()).password(password).build();
    for (String spelling : List.of(address, "::ffff:" + address, "[::FFFF:" + address + "]")) {
      Host host = Host.at(spelling).ssh(own).build();
      logins.add(() -> client.run(host, SshSteps.command("true")));
    }
    return server.port();
  }
}
