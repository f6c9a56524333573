package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.ssh.mock.MockSsh;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of a host is read whole, or not at all. */
class FetchedFileTest {
  private static byte[] read(HostAccess access, String path) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    access.read(path, bytes);
    return bytes.toByteArray();
  }

  @Test
  void everyByteComesAlsoThroughALink(@TempDir Path temp) throws IOException {
    TestHost host = new TestHost(temp, "/bin/sh");
    for (int length : new int[] {0, 1, 57, 58, 300_001}) {
      byte[] content = new byte[length];
      new Random(length).nextBytes(content);
      host.write("/srv/data", "");
      Files.write(host.path("/srv/data"), content);
      assertThat(read(host.access, "/srv/data")).as("%s bytes", length).isEqualTo(content);
    }
    Files.createSymbolicLink(host.path("/srv/linked"), Path.of("/srv/data"));
    assertThat(read(host.access, "/srv/linked")).hasSize(300_001);
    assertThatThrownBy(() -> read(host.access, "/srv/none"))
        .isInstanceOf(HostStateException.class)
        .hasMessage("127.0.0.11: /srv/none is missing");
    assertThatThrownBy(() -> read(host.access, "/srv"))
        .hasMessage("127.0.0.11: /srv is not a file");
  }

  @Test
  void whatDoesNotHaveTheDigestOrCannotBeWrittenIsNoFile() {
    MockSsh ssh = MockSsh.create();
    Host host = Host.at("10.0.0.1").roles(Role.MASTER).build();
    HostAccess access = HostAccess.to(ssh, Cluster.named("c1").hosts(host).build(), host);
    ssh.files("10.0.0.1").write("/srv/data", "some bytes");
    assertThat(read(access, "/srv/data")).asString().isEqualTo("some bytes");
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    assertThatThrownBy(() -> access.read("/srv/data", full))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("No space left");

    String answer = "kind file\nmode 0644\nsha " + "0".repeat(64) + "\ndata\nYWJj\nend\n";
    ssh.whenMatching("*", "hawser-agent read .*").answer(0, answer, "");
    assertThatThrownBy(() -> read(access, "/srv/data"))
        .hasMessage("10.0.0.1: /srv/data was changed while it was read");
    ssh.whenMatching("*", "hawser-agent read .*").answer(0, "kind file\ndata\n???\nend\n", "");
    assertThatThrownBy(() -> read(access, "/srv/data")).hasMessageContaining("to read");
  }
}
