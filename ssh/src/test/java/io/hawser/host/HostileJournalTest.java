package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Journals that no Hawser wrote, with right sums; with the tools of GNU and those of busybox. */
@ParameterizedClass
@ValueSource(booleans = {false, true})
class HostileJournalTest {
  private final TestHost host;
  private final Path elsewhere;

  HostileJournalTest(boolean busybox, @TempDir Path temp) throws IOException {
    assumeThat(!busybox || Files.isExecutable(Path.of("/usr/bin/busybox")))
        .as("busybox is here")
        .isTrue();
    host = new TestHost(temp, "/bin/sh");
    if (busybox) {
      host.withBusybox();
    }
    elsewhere = Files.createDirectories(temp.resolve("else where"));
    host.write("/etc/theirs", "x");
  }

  @Test
  @DisplayName("D23 a journal that names hostile places removes nothing")
  void hostileJournals() throws IOException {
    Files.writeString(elsewhere.resolve("f"), "x");
    Files.createSymbolicLink(host.path("/etc/link"), elsewhere);
    host.write("/f", "x");
    Map<String, String> before = withoutState();
    Map<String, String> theirs = Snapshot.of(host.root.getParent());
    Random random = new Random(23);
    int rounds = Boolean.getBoolean("hawser.long") ? 850 : 10;
    for (int i = 0; i < rounds; i++) {
      undoHostile(random);
      assertThat(withoutState()).isEqualTo(before);
    }
    Map<String, String> now = Snapshot.of(host.root.getParent());
    Stream.of(theirs, now).forEach(map -> map.keySet().removeIf(key -> !key.startsWith("else")));
    assertThat(now).isEqualTo(theirs);
  }

  private static final List<String> HOSTILE =
      List.of(
          "",
          "/",
          "/",
          "..",
          "../..",
          ".",
          "/etc",
          "etc",
          "theirs",
          "/etc/theirs",
          "/etc/link",
          "link/f",
          "f",
          "%",
          "*",
          " ",
          "-rf",
          "~",
          "$HOME",
          "`id`",
          "\\0057",
          "\u00fc",
          "//",
          "/../else where/f",
          "\n/etc/theirs",
          "a.service",
          "/etc/systemd/system",
          "\\",
          "'",
          "\"");

  private static String hostile(Random random) {
    List<String> names = new ArrayList<>();
    for (int n = random.nextInt(4); n >= 0; n--) {
      names.add(HOSTILE.get(random.nextInt(HOSTILE.size())));
    }
    return String.join(random.nextBoolean() ? "/" : "", names);
  }

  /** A journal with an entry of each kind, and trees whose lists lead out of them. */
  private void undoHostile(Random random) throws IOException {
    String sha = TreeFile.text("x", 0644, "x").sha256();
    List<String> lines = new ArrayList<>();
    for (String extra :
        List.of(
            "dir % 0755 -",
            "file % " + sha.replace('a', 'b') + " -",
            "link % to -",
            "unit % " + sha.replace('a', 'b') + " - 0 0",
            "tree % c1",
            "tree /etc c1",
            "block % m k")) {
      int sequence = lines.size() + 1;
      String field = WireField.encode(hostile(random));
      lines.add("S " + sequence + " test " + extra.replace("%", field));
      String in = WireField.encode("../../" + hostile(random));
      host.write(
          "/var/lib/hawser/c1/tree/" + sequence,
          String.join(
              "\n",
              "n f " + sha + " 0/" + (random.nextBoolean() ? in : field),
              "n d 0755 0/" + field,
              "m d 0700,0777 0/" + in,
              "r f " + sha + " 0/" + field,
              ""));
    }
    String journal = JournalText.of(lines);
    host.write("/var/lib/hawser/c1/journal", journal);
    try {
      host.undo();
    } catch (HostStateException e) {
      // A name with a line break makes the journal one that no Hawser wrote.
      assertThat(journal).as(e.toString()).contains("\\0012");
    }
  }

  private Map<String, String> withoutState() throws IOException {
    Map<String, String> all = host.snapshot();
    all.keySet().removeIf(path -> path.startsWith("var"));
    return all;
  }
}
