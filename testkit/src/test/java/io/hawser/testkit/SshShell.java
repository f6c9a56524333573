package io.hawser.testkit;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;

/** Runs shell lines on embedded hosts over SSH, with MINA's own client. */
final class SshShell implements Closeable {
  private final EmbeddedHosts hosts;
  private final SshClient client = SshClient.setUpDefaultClient();

  SshShell(EmbeddedHosts hosts) {
    this.hosts = hosts;
    client.setServerKeyVerifier(
        new KnownHostsServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE, hosts.hostKeys()));
    hosts
        .access()
        .keyFile()
        .ifPresent(file -> client.setKeyIdentityProvider(new FileKeyPairProvider(Path.of(file))));
    client.start();
  }

  Answer run(int host, String line) throws IOException {
    try (ClientSession session =
        client
            .connect(hosts.access().user(), hosts.address(host), hosts.access().port())
            .verify(Duration.ofSeconds(10))
            .getSession()) {
      hosts.access().password().ifPresent(word -> session.addPasswordIdentity(word.reveal()));
      session.auth().verify(Duration.ofSeconds(10));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      try (ChannelExec channel = session.createExecChannel(line)) {
        channel.setOut(out);
        channel.setErr(err);
        channel.open().verify(Duration.ofSeconds(10));
        channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), Duration.ofSeconds(60));
        Integer code = channel.getExitStatus();
        return new Answer(
            code == null ? -1 : code,
            out.toString(StandardCharsets.UTF_8),
            err.toString(StandardCharsets.UTF_8));
      }
    }
  }

  @Override
  public void close() {
    client.stop();
  }
}
