package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.host.ChangeResult;
import io.hawser.host.ClusterLock;
import io.hawser.host.FileTree;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange.Outcome;
import io.hawser.host.RelayedTree;
import io.hawser.host.TreeChange;
import io.hawser.host.TreeFile;
import io.hawser.report.Transfer;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trees that hosts pass on to each other. */
@Timeout(120)
class RelayedTreeTest {
  private static final String PLACE = "/srv/tree";

  private final EmbeddedHosts hosts = EmbeddedHosts.start(3);
  private final Cluster cluster = hosts.cluster("c1", "master", "node", "node");
  private final SshClient ssh =
      SshClients.jsch().hostKeys(HostKeyPolicy.strict(hosts.hostKeys())).build();

  @TempDir private Path temp;
  private Path source;

  @BeforeEach
  void write() throws IOException {
    source = Files.createDirectories(temp.resolve("source"));
    Random random = new Random(7);
    for (int i = 0; i < 40; i++) {
      byte[] content = new byte[random.nextInt(700_000)];
      random.nextBytes(content);
      Path file = source.resolve("directory-" + i % 5 + "/file " + i);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    }
  }

  @AfterEach
  void end() {
    ssh.close();
    hosts.close();
  }

  private List<ChangeResult> relay(List<Host> targets) throws IOException {
    TreeChange change = new TreeChange(PLACE, FileTree.scan(source, path -> true));
    return relay(change, targets);
  }

  private List<ChangeResult> relay(TreeChange change, List<Host> targets) {
    try (ClusterLock lock = ClusterLock.take(ssh, cluster, targets)) {
      List<HostAccess> accesses = targets.stream().map(lock::access).toList();
      return RelayedTree.apply("test", change, accesses);
    }
  }

  private static void assertRelayed(List<ChangeResult> results, Outcome... outcomes) {
    assertThat(results)
        .extracting(ChangeResult::outcome)
        .as("%s", results)
        .containsExactly(outcomes);
    assertThat(results)
        .extracting(ChangeResult::message)
        .noneMatch(message -> message.contains("not relayed"));
  }

  private static Map<String, byte[]> content(Path directory) {
    Map<String, byte[]> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        content.put(directory.relativize(file).toString(), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return content;
  }

  private void assertThere(Map<String, byte[]> expected, int... numbers) {
    for (int number : numbers) {
      Map<String, byte[]> there = content(hosts.root(number).resolve("srv/tree"));
      assertThat(there.keySet()).isEqualTo(expected.keySet());
      there.forEach((path, bytes) -> assertThat(bytes).as(path).isEqualTo(expected.get(path)));
    }
  }

  private static long bytes(Map<String, byte[]> content) {
    return content.values().stream().mapToLong(file -> file.length).sum();
  }

  /** From whom to whom, and how many bytes. */
  private static List<String> edges(List<ChangeResult> results) {
    return results.stream()
        .flatMap(result -> result.transfers().stream())
        .map(sent -> sent.from() + " > " + sent.to() + ": " + sent.bytes())
        .toList();
  }

  private String edge(int from, int to, long bytes) {
    String sender = from < 0 ? Transfer.CONTROLLER : hosts.address(from);
    return sender + " > " + hosts.address(to) + ": " + bytes;
  }

  @Test
  void threeHostsGetTheSameAndASecondRunSendsNothing() throws Exception {
    List<ChangeResult> results = relay(cluster.hosts());
    assertRelayed(results, Outcome.CHANGED, Outcome.CHANGED, Outcome.CHANGED);
    Map<String, byte[]> sent = content(source);
    assertThere(sent, 0, 1, 2);
    long all = bytes(sent);
    assertThat(edges(results)).containsExactly(edge(-1, 0, all), edge(0, 1, all), edge(1, 2, all));
    List<ChangeResult> again = relay(cluster.hosts());
    assertThat(again).extracting(ChangeResult::outcome).containsOnly(Outcome.SAME);
    assertThat(edges(again)).isEmpty();
  }

  @Test
  @DisplayName("S15 what one host has does not come from the controller, which may have lost it")
  void whatOneHostHasComesFromThere() throws Exception {
    TreeChange change = new TreeChange(PLACE, FileTree.scan(source, path -> true));
    relay(change, cluster.hosts().subList(0, 1));
    Map<String, byte[]> expected = content(source);
    loseSource();
    List<ChangeResult> results = relay(change, cluster.hosts());
    assertRelayed(results, Outcome.SAME, Outcome.CHANGED, Outcome.CHANGED);
    assertThere(expected, 0, 1, 2);
    long all = bytes(expected);
    assertThat(edges(results)).containsExactly(edge(0, 1, all), edge(1, 2, all));
  }

  @Test
  @DisplayName("S15 two hosts that have a half each give it to each other, and both to the third")
  void halves() throws Exception {
    Map<String, byte[]> expected = content(source);
    FileTree all = withKnownDigests(FileTree.scan(source, path -> true));
    for (int half = 0; half < 2; half++) {
      String mine = half == 0 ? ".*[02468]" : ".*[13579]";
      FileTree some =
          all.only(file -> file.type() != TreeFile.Type.FILE || file.path().matches(mine));
      relay(new TreeChange(PLACE, some), cluster.hosts().subList(half, half + 1));
    }
    loseSource();
    assertRelayed(
        relay(new TreeChange(PLACE, all), cluster.hosts()),
        Outcome.CHANGED,
        Outcome.CHANGED,
        Outcome.CHANGED);
    assertThere(expected, 0, 1, 2);
  }

  /** As if their names said it, so that the source is read by nobody. */
  private static FileTree withKnownDigests(FileTree tree) {
    return FileTree.of(
        tree.files().stream()
            .map(file -> file.type() == TreeFile.Type.FILE ? file.withSha256(file.sha256()) : file)
            .toList());
  }

  private void loseSource() throws IOException {
    for (String path : content(source).keySet()) {
      Files.write(source.resolve(path), new byte[0]);
    }
  }

  @Test
  void aLongFileIsPassedOnInPieces() throws Exception {
    byte[] content = new byte[70 << 20];
    new Random(8).nextBytes(content);
    Files.write(source.resolve("long"), content);
    assertRelayed(relay(cluster.hosts()), Outcome.CHANGED, Outcome.CHANGED, Outcome.CHANGED);
    assertThere(content(source), 0, 1, 2);
  }
}
