package io.hawser.host;

import static io.hawser.host.HostChange.Outcome.CHANGED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of somebody else where Hawser has to write: they come back exactly. */
class ForeignFileTest {
  private static final List<String> ATTRIBUTES =
      List.of("unix:mode", "unix:uid", "unix:gid", "lastModifiedTime");

  private final TestHost host;

  ForeignFileTest(@TempDir Path temp) {
    host = new TestHost(temp, "/bin/sh");
  }

  private Path theirs(String path, String content, int mode) throws IOException {
    Path file = host.write(path, content);
    Files.setAttribute(file, "unix:mode", mode);
    if (Integer.valueOf(0).equals(Files.getAttribute(file, "unix:uid"))) {
      Files.setAttribute(file, "unix:uid", 1234);
      Files.setAttribute(file, "unix:gid", 4321);
    }
    return file;
  }

  private static List<Object> attributes(Path file) throws IOException {
    return List.of(
        Files.getAttribute(file, ATTRIBUTES.get(0), LinkOption.NOFOLLOW_LINKS),
        Files.getAttribute(file, ATTRIBUTES.get(1), LinkOption.NOFOLLOW_LINKS),
        Files.getAttribute(file, ATTRIBUTES.get(2), LinkOption.NOFOLLOW_LINKS),
        Files.getAttribute(file, ATTRIBUTES.get(3), LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  @DisplayName("D25 a foreign file that was replaced comes back with bytes, mode, owner and time")
  void aForeignFile() throws IOException {
    String hosts = "/etc/containerd/certs.d/sealos.hub:5000/hosts.toml";
    Path toml = theirs(hosts, "server = \"theirs\"\r\n\0", 0640);
    Path inTree = theirs("/srv/t/config.yml", "theirs", 0604);
    theirs("/srv/was-a-file", "theirs", 0604);
    Map<String, String> before = host.snapshot();
    List<List<Object>> attributes = List.of(attributes(toml), attributes(inTree));
    HostChange[] changes = {
      FileChange.plain(hosts, "ours"),
      new TreeChange("/srv/t", FileTree.of(List.of(TreeFile.text("config.yml", 0644, "ours")))),
      new TreeChange("/srv", FileTree.of(List.of(TreeFile.text("was-a-file/f", 0644, "ours")))),
    };
    assertThat(host.apply(changes)).containsOnly(CHANGED);
    assertThat(host.apply(FileChange.plain(hosts, "ours again"))).containsOnly(CHANGED);
    assertThat(host.undo()).containsOnly(CHANGED);
    assertThat(host.snapshot()).isEqualTo(before);
    assertThat(List.of(attributes(toml), attributes(inTree))).isEqualTo(attributes);
  }

  @Test
  @DisplayName("D24 a hosts file on a host keeps its mode and owner, and comes back byte for byte")
  void aHostsFile() throws IOException {
    Random random = new Random(24);
    for (int i = 0; i < 20; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(5); n > 0; n--) {
        text.append(
            List.of("127.0.0.1\tlocalhost", "::1 localhost\r\n", "\n", "x # y", "\0")
                .get(random.nextInt(5)));
      }
      Path file = theirs("/etc/hosts", text.toString(), 0664);
      Map<String, String> before = host.snapshot();
      List<Object> owner = attributes(file).subList(0, 3);
      assertThat(host.apply(new BlockChange("/etc/hosts", "m", List.of("10.0.0.7 hub"))))
          .containsOnly(CHANGED);
      assertThat(attributes(file).subList(0, 3)).isEqualTo(owner);
      host.apply(new BlockChange("/etc/hosts", "m", List.of("10.0.0.8 hub")));
      assertThat(host.undo()).containsOnly(CHANGED);
      assertThat(host.snapshot()).isEqualTo(before);
      assertThat(attributes(file).subList(0, 3)).isEqualTo(owner);
    }
  }
}
