package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import io.hawser.filesystem.FilesystemException;
import io.hawser.filesystem.Filesystems;
import io.hawser.host.HostAccess;
import io.hawser.host.HostStateException;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One of three hosts answers as it likes, over real links; the other two get their trees. */
@Timeout(120)
class HostileHostTest {
  private static final String EAT = "cat >/dev/null; ";
  private static final String SHA = "ab".repeat(32);

  private final EmbeddedHosts hosts = EmbeddedHosts.start(3);
  private final SshClient client =
      SshClients.jsch().hostKeys(HostKeyPolicy.strict(hosts.hostKeys())).build();

  @TempDir private Path temp;
  private Cluster cluster;

  @BeforeEach
  void makeRootfs() throws IOException {
    Path tree = Files.createDirectories(temp.resolve("image/dir"));
    Files.writeString(tree.resolve("one"), "content");
    Files.writeString(tree.resolve("two"), "CONTENT");
    ImageMount mount =
        new ImageMount(
            "rootfs", ImageType.ROOTFS, "rootfs:1", tree.getParent(), Map.of(), Map.of());
    cluster =
        Cluster.named("c1")
            .hosts(hosts.cluster("c1", "master", "node", "node").hosts())
            .mount(mount)
            .build();
  }

  @AfterEach
  void end() {
    client.close();
    hosts.close();
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of("a name above", "list", "echo 'f 644 3 - ../x'"),
        Arguments.of("a name above in the middle", "list", "echo 'd 755 a/../../x'"),
        Arguments.of("an absolute name", "list", "echo 'f 644 3 - /etc/passwd'"),
        Arguments.of("a link at an absolute name", "list", "echo 'l /x'; echo 't y'"),
        Arguments.of("a name with NUL", "list", "printf 'f 644 3 - a\\000b\\n'"),
        Arguments.of("a size of 2^63", "list", "echo 'f 644 9223372036854775808 - x'"),
        Arguments.of("a negative size", "list", "echo 'f 644 -1 - x'"),
        Arguments.of("a mode of many bits", "list", "echo 'f 17777777777 1 - x'"),
        Arguments.of("a digest nobody asked for", "list", "echo 's " + SHA + " dir/one'"),
        Arguments.of("something else", "list", "echo 'hello, world'"),
        Arguments.of("an overlong line", "list", "head -c 300000 /dev/zero | tr '\\0' x; echo"),
        Arguments.of("a line without end", "list", "tr '\\0' x </dev/zero"),
        Arguments.of("an endless listing of nonsense", "list", "yes"),
        Arguments.of("a digest of another file", "receive", EAT + "echo 'f " + SHA + " ../x'"),
        Arguments.of("endless digests", "receive", EAT + "yes 'f " + SHA + " 0/dir/one'"),
        Arguments.of("wrong digests", "receive", EAT + "echo 'f -1 0/dir/one'"),
        Arguments.of("two turns of the lock", "lock", "echo 'locked a b'; echo x"),
        Arguments.of("an owner in bad writing", "lock", "printf '%s\\n' 'held now \\0zzz' x"),
        Arguments.of("an endless lock", "lock", "yes ''"));
  }

  @ParameterizedTest(name = "{0} to {1}")
  @DisplayName("I11 I12 what a hostile host answers harms nobody else")
  @MethodSource("answers")
  void whatAHostileHostAnswersHarmsNobodyElse(String what, String verb, String text)
      throws IOException {
    long began = System.nanoTime();
    List<HostResult> rows = mount(verb, text + "; echo end").results();
    // The default limit of a call is ten minutes.
    long seconds = (System.nanoTime() - began) / 1_000_000_000;

    String hostile = hosts.address(0);
    HostResult row = rows.stream().filter(of(hostile)).findFirst().orElseThrow();
    assertThat(row.status()).as(what).isEqualTo(Status.FAILED);
    assertThat(row.message()).as(what).hasSizeLessThan(5_000).doesNotContain("\0");
    assertThat(rows)
        .filteredOn(of(hostile).negate())
        .extracting(HostResult::status)
        .containsExactly(Status.CHANGED, Status.CHANGED);
    assertThat(seconds).as("seconds for " + what).isLessThan(30);
    for (int other = 1; other < 3; other++) {
      Path mounted = hosts.root(other).resolve("var/lib/sealos/data/c1/rootfs/dir");
      assertThat(mounted.resolve("one")).hasContent("content");
      assertThat(mounted.resolve("two")).hasContent("CONTENT");
    }
    try (Stream<Path> here = Files.walk(temp)) {
      assertThat(here.filter(Files::isRegularFile)).hasSize(2);
    }
  }

  private static Predicate<HostResult> of(String host) {
    return row -> row.host().equals(host);
  }

  private Report mount(String verb, String text) {
    SshClient hostile = new HostileAgent(client, hosts.address(0), verb, text);
    FilesystemException failure =
        catchThrowableOfType(
            FilesystemException.class,
            () -> Filesystems.of(cluster, hostile).mountRootfs(hosts.addresses()));
    assertThat(failure).as("the mount is not called done").isNotNull();
    return failure.report();
  }

  @Test
  @DisplayName("I12 a listing that never ends is ended before it fills the memory")
  void anEndlessListingIsEnded() {
    String text = "awk 'BEGIN { while (1) print \"f 644 1 - directory/file-\" i++ }'";
    SshClient hostile = new HostileAgent(client, hosts.address(0), "list", text);
    HostAccess access = HostAccess.to(hostile, cluster, cluster.hosts().get(0));
    HostStateException fault =
        catchThrowableOfType(HostStateException.class, () -> access.list("/etc", false));
    assertThat(fault.host()).isEqualTo(hosts.address(0));
    assertThat(fault).hasMessageContaining("MiB that Hawser keeps");
  }
}
