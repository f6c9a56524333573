package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.host.BlockChange;
import io.hawser.host.NodeFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The health watch of a node, as a process, before two real registries. */
class RegistryWatchIT {
  /** What the promise of the watch is, and some of what a busy machine takes. */
  private static final Duration REACTION = Duration.ofSeconds(5).plusSeconds(2);

  private static final String HOSTS =
      "127.0.0.1 localhost\n::1 localhost\nlast line without an end";

  @TempDir Path directory;
  private ServedReplicas replicas;
  private Path toml;
  private Path hosts;
  private Path list;
  private String wanted;
  private String lines;
  private RegistryProcess watch;

  @BeforeEach
  void aNodeKnowsTwoReplicas() throws Exception {
    RegistryProcess.assumeInstalled("docker-registry", "skopeo", "curl");
    replicas = new ServedReplicas(directory);
    List<Endpoint> order = replicas.endpoints();
    NodeFacts node = facts();
    wanted = HostsToml.of(order);
    toml = Files.writeString(directory.resolve("hosts.toml"), wanted);
    lines = HOSTS + "\n" + block(node, order);
    hosts = Files.writeString(directory.resolve("hosts"), lines);
    String text = WatchedList.of(node, order, directory.toString(), "/hosts.toml", "/hosts");
    list = Files.writeString(directory.resolve("list"), text);
  }

  @AfterEach
  void allEnd() {
    Stream.of(watch).filter(one -> one != null).forEach(RegistryProcess::close);
    Stream.of(replicas).filter(one -> one != null).forEach(ServedReplicas::close);
  }

  private NodeFacts facts() throws IOException {
    KnownArtifact known = replicas.known();
    return NodeFacts.of(
        Map.of(
            "address", "127.0.0.1",
            "known.repository", known.repository(),
            "known.manifest", known.manifest(),
            "known.blob", known.blob()));
  }

  /** As the agent writes it behind a file whose last line has no end. */
  private static String block(NodeFacts node, List<Endpoint> order) {
    BlockChange block = (BlockChange) new HostsFileEndpoints().changes(node, order).get(0);
    return "# hawser begin %s (the line before had no end)\n%s\n# hawser end %s\n"
        .formatted(block.marker(), String.join("\n", block.lines()), block.marker());
  }

  private List<String> command(String shell) {
    List<String> words = new ArrayList<>(List.of(shell.split(" ")));
    words.add("src/main/resources/io/hawser/registry/registry-watch.sh");
    words.add(list.toString());
    return words;
  }

  private void start(String shell) throws IOException {
    watch = RegistryProcess.start(directory.resolve("watch.log"), command(shell));
  }

  private String log() throws IOException {
    return Files.readString(directory.resolve("watch.log"));
  }

  private static String await(Path file, Predicate<String> condition) throws Exception {
    long end = System.nanoTime() + REACTION.toNanos();
    String text = Files.readString(file);
    while (!condition.test(text) && System.nanoTime() < end) {
      Thread.sleep(50);
      text = Files.readString(file);
    }
    assertThat(condition.test(text)).as(file + " after " + REACTION + ":\n" + text).isTrue();
    return text;
  }

  /** The addresses in the order of a text. */
  private List<Integer> order(String text) {
    List<Endpoint> endpoints = replicas.endpoints();
    return Stream.of(0, 1)
        .sorted(
            (one, other) ->
                text.indexOf("[host.\"" + endpoints.get(one).url())
                    - text.indexOf("[host.\"" + endpoints.get(other).url()))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "bash", "busybox sh"})
  @DisplayName(
      "S11 a hung replica is listed last within the bound, and first again when it answers")
  void s11HungReplicaIsListedLast(String shell) throws Exception {
    boolean there = Files.isExecutable(Path.of("/bin", shell.split(" ")[0]));
    assumeTrue(there, shell + " is not installed");
    start(shell);
    replicas.process(0).pause();
    String moved = await(toml, text -> order(text).equals(List.of(1, 0)));
    assertThat(moved).contains("server = \"" + replicas.endpoints().get(1).url());
    String first = "127.0.0.32 " + ServedReplicas.DOMAIN;
    assertThat(await(hosts, text -> text.indexOf(first) < text.indexOf("127.0.0.31 ")))
        .startsWith(HOSTS)
        .endsWith(lines.substring(HOSTS.length() + 1));
    replicas.process(0).resume();
    await(toml, wanted::equals);
    await(hosts, lines::equals);
    assertThat(log())
        .contains(replicas.endpoints().get(0).url() + " is bad: ")
        .contains(" answers again");
  }

  @Test
  @DisplayName("S9 a dead replica is listed last; when all are dead nothing is taken off the list")
  void s9DeadReplicasAreListedLast() throws Exception {
    start("sh");
    replicas.process(0).close();
    String moved = await(toml, text -> order(text).equals(List.of(1, 0)));
    replicas.process(1).close();
    await(directory.resolve("watch.log"), text -> text.contains(second() + " is bad"));
    assertThat(Files.readString(toml)).isEqualTo(moved);
  }

  private String second() {
    return replicas.endpoints().get(1).url();
  }

  @Test
  @DisplayName("S12 a replica that serves other content than the known is listed last")
  void s12WrongContentIsListedLast() throws Exception {
    // What one replica is asked for has another digest there: as if its storage were another's.
    String text = Files.readString(list);
    String known = facts().get("known.manifest");
    Files.writeString(list, text.replace("path " + known, "path " + "0".repeat(64)));
    start("sh");
    await(
        directory.resolve("watch.log"),
        log -> log.contains("wrong content, its digest is " + known));
    assertThat(Files.readString(toml)).as("all are wrong, so the order stays").isEqualTo(wanted);
  }

  @Test
  void aFileThatSomebodyElseChangedIsLeftAlone() throws Exception {
    String theirs = wanted + "# mine\n";
    Files.writeString(toml, theirs);
    start("sh");
    replicas.process(0).close();
    String said = toml + " was changed by somebody else and is left alone";
    assertThat(await(directory.resolve("watch.log"), text -> text.contains(said)))
        .containsOnlyOnce(said);
    assertThat(Files.readString(toml)).isEqualTo(theirs);
  }

  @Test
  void whenItEndsEveryByteIsAsBefore() throws Exception {
    Files.setPosixFilePermissions(toml, PosixFilePermissions.fromString("rw-r-----"));
    start("sh");
    replicas.process(0).close();
    await(toml, text -> order(text).equals(List.of(1, 0)));
    await(hosts, text -> text.contains("# hawser begin watch.registry."));
    watch.close();
    assertThat(Files.readString(toml)).isEqualTo(wanted);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(toml)))
        .isEqualTo("rw-r-----");
    assertThat(Files.readString(hosts)).isEqualTo(lines);
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left.filter(file -> file.getFileName().toString().startsWith(".hawser")))
          .isEmpty();
    }
  }

  @Test
  @DisplayName("S2 the password stands in no argument list, and the log holds none")
  void s2PasswordIsInNoArgumentList() throws Exception {
    String header = replicas.endpoints().get(0).authorization().reveal();
    start("sh");
    replicas.process(0).pause();
    long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
    int looks = 0;
    while (System.nanoTime() < end) {
      for (String line : commandLines()) {
        assertThat(line).doesNotContain(header).doesNotContain(TestEndpoints.PASSWORD);
      }
      looks++;
    }
    assertThat(looks).isPositive();
    assertThat(log()).contains(" is bad: ").doesNotContain(header);
  }

  private static List<String> commandLines() {
    return ProcessHandle.current()
        .descendants()
        .map(process -> process.info().commandLine())
        .flatMap(Optional::stream)
        .toList();
  }

  @Test
  void aListOfALaterVersionIsRefused() throws Exception {
    Files.writeString(list, Files.readString(list).replace("watch 1", "watch 2"));
    start("sh");
    await(directory.resolve("watch.log"), text -> text.contains("is no list of version 1"));
  }
}
