package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Exit;
import io.hawser.ssh.OutputListener;
import io.hawser.ssh.SshClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listings that nobody sane would write: each is read or refused, and leads nowhere. */
@Timeout(60)
class ListingFuzzTest {
  private static final int ROUNDS = 20_000;

  private static final List<String> GENUINE =
      List.of(
          "w",
          "u",
          "v 4096 -",
          "v - 12",
          "d 755 bin",
          "f 644 12 - bin/run me",
          "f 4755 0 - a/b c",
          "l bin/link",
          "t ../run",
          "o pipe",
          "s " + "0123456789abcdef".repeat(4) + " bin/run me");

  private static final List<String> PARTS =
      List.of(
          "..",
          "/",
          ".",
          "//",
          "../",
          "\0",
          " ",
          "-",
          "-1",
          "9223372036854775808",
          "77777",
          "\r",
          "\u001b[2J",
          "%",
          "\\0101",
          "\uFFFD",
          "x".repeat(30_000),
          "t ",
          "f",
          "u",
          "end",
          "e\u0301");

  private static final Host HOST = Host.at("10.0.0.9").roles(Role.MASTER).build();

  /** A host that says these lines, as long as somebody listens. */
  private record Talker(Iterator<String> lines) implements SshClient {
    @Override
    public CommandResult run(Host host, Command command) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CommandResult run(Host host, Command command, OutputListener listener) {
      lines.forEachRemaining(line -> listener.onLine(line, false));
      return CommandResult.of(host.address(), "agent", new Exit.Exited(0), "", "", Duration.ZERO);
    }

    @Override
    public void close() {}
  }

  private static AgentClient agent(Iterator<String> lines) {
    Cluster cluster = Cluster.named("c1").hosts(HOST).build();
    return new AgentClient(new Talker(lines), cluster, HOST);
  }

  /** Sees that what is told is fit to be used. */
  private static final class Judge implements ListingReader.Visitor {
    private int told;

    @Override
    public void entry(
        String path, TreeFile.@Nullable Type type, int mode, long size, String target) {
      told++;
      assertPlain(path);
      assertThat(size).isNotNegative();
      assertThat(mode).isBetween(0, 07777);
    }

    @Override
    public void digest(String path, String sha256) {
      told++;
      assertPlain(path);
      assertThat(sha256).matches("[0-9a-f]{64}");
    }

    private static void assertPlain(String path) {
      assertThat(path).doesNotContain("\0").hasSizeLessThanOrEqualTo(ListingLine.LONGEST);
      for (String name : path.split("/", -1)) {
        assertThat(name).isNotEmpty().isNotEqualTo(".").isNotEqualTo("..");
      }
    }
  }

  private static String mutated(Random random, String line) {
    StringBuilder text = new StringBuilder(line);
    for (int edits = random.nextInt(4); edits > 0; edits--) {
      int at = random.nextInt(text.length() + 1);
      String part = PARTS.get(random.nextInt(PARTS.size()));
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, part);
        case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(5)));
        case 2 -> text.insert(at, (char) random.nextInt(0x300));
        default -> text.replace(at, Math.min(text.length(), at + part.length()), part);
      }
    }
    return text.toString();
  }

  private static List<String> answer(Random random) {
    List<String> lines = new ArrayList<>();
    for (int count = random.nextInt(12); count > 0; count--) {
      lines.add(mutated(random, GENUINE.get(random.nextInt(GENUINE.size()))));
    }
    if (random.nextInt(10) > 0) {
      lines.add("end");
    }
    return lines;
  }

  @Test
  @DisplayName("I11 I12 20,000 hostile listings are read or refused with the host's name")
  void hostileListingsAreReadOrRefused() {
    Random random = new Random(20_261_122);
    int refused = 0;
    int told = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<String> lines = answer(random);
      Judge judge = new Judge();
      AgentClient agent = agent(lines.iterator());
      try {
        switch (round % 4) {
          case 0 -> ListingReader.names(agent, "/srv", judge);
          case 1 -> ListingReader.names(agent, "/srv", judge, "c1", "key", "print");
          case 2 -> ListingReader.digests(agent, "/srv", judge);
          default -> ListingReader.chosen(agent, "/srv", judge, List.of("bin/run me", "x"));
        }
      } catch (HostStateException e) {
        refused++;
        assertThat(e.host()).isEqualTo("10.0.0.9");
        assertThat(e.getMessage()).hasSizeLessThan(5_000).doesNotContainPattern("[\0\u001b\r]");
      }
      told += judge.told;
    }
    // Neither is everything refused, nor is everything believed.
    assertThat(refused).isBetween(ROUNDS / 4, ROUNDS - 100);
    assertThat(told).isGreaterThan(1_000);
  }

  @Test
  @DisplayName("I12 a comparison with an endless listing ends, and keeps nothing of it")
  void aComparisonWithAnEndlessListingEnds() {
    FileTree tree = FileTree.of(List.of(TreeFile.text("f", 0644, "x")));
    String line = "d 755 " + "directory/".repeat(1_900) + "g";
    Iterator<String> endless = Stream.generate(() -> line).iterator();
    TreeChange change = new TreeChange("/srv", tree);
    assertRefused("does not end", () -> TreeComparison.of(agent(endless), change, "c1"));
  }

  @Test
  @DisplayName("I12 more digests than were asked for are refused")
  void moreDigestsThanWereAskedForAreRefused() {
    String line = "s " + "ab".repeat(32) + " f";
    Iterator<String> endless = Stream.generate(() -> line).iterator();
    assertRefused(
        "1 digests", () -> ListingReader.chosen(agent(endless), "/", new Judge(), List.of("f")));
  }

  @Test
  @DisplayName("I12 answers that are kept end before they fill the memory")
  void answersThatAreKeptEnd() {
    for (String verb : List.of("journal", "read", "undo-script")) {
      Iterator<String> endless = Stream.generate(() -> "x".repeat(60_000)).iterator();
      assertRefused("MiB that Hawser keeps", () -> agent(endless).call(AgentClient.NOTHING, verb));
    }
  }

  @Test
  @DisplayName("I12 a journal with numbers and fields that are none is refused")
  void aJournalThatIsNoneIsRefused() {
    for (String line :
        List.of(
            "e -x o file 1 % 1 /x",
            "e 99999999999999999999 o file 1 % 1 /x",
            "e 1 \\0zzz file 1 % 1 /x",
            "e 1 o file 1 \\0999 1 /x",
            "e 1")) {
      Iterator<String> lines = List.of(line, "end").iterator();
      assertRefused("to journal", () -> new Journal(agent(lines)).entries());
    }
  }

  private static void assertRefused(String why, Runnable call) {
    HostStateException fault = catchThrowableOfType(HostStateException.class, call::run);
    assertThat(fault).as(why).isNotNull();
    assertThat(fault.host()).isEqualTo("10.0.0.9");
    assertThat(fault).hasMessageContaining(why);
  }
}
