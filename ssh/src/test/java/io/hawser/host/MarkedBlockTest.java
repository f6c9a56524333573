package io.hawser.host;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MarkedBlockTest {
  private static final List<String> NONE = List.of();
  private static final List<String> PIECES =
      List.of(
          "127.0.0.1 localhost",
          "::1 localhost",
          "127.0.0.1 localhost",
          "fe80::1%eth0 zone",
          "\t",
          "\r",
          "\n",
          "\n",
          "\r\n",
          "\n\n",
          " # comment",
          "\u00fc\u0080\u00ff",
          "\0",
          "# hawser begin other\n",
          "# hawser end x\n",
          "10.0.0.1 sealos.hub");

  @Test
  void d24AddingAndRemovingBlocksInAnyOrderGivesBackTheExactOriginal() {
    Random random = new Random(24);
    for (int i = 0; i < 5_000; i++) {
      byte[] original = randomText(random);
      List<String> markers = new ArrayList<>(List.of("a", "b", "c"));
      byte[] text = original;
      for (String marker : markers) {
        text = new MarkedBlock(marker).put(text, List.of("1.2.3.4 " + marker, "second"));
      }
      Collections.shuffle(markers, random);
      for (String marker : markers) {
        text = new MarkedBlock(marker).put(text, List.of("5.6.7.8 changed"));
      }
      Collections.shuffle(markers, random);
      for (String marker : markers) {
        text = new MarkedBlock(marker).put(text, NONE);
      }
      assertThat(text).as("text %d", i).isEqualTo(original);
    }
  }

  @Test
  void d24BytesOutsideTheBlockNeverChange() {
    Random random = new Random(42);
    MarkedBlock block = new MarkedBlock("m");
    for (int i = 0; i < 1_000; i++) {
      String before = string(randomText(random)) + "\n";
      String after = string(randomText(random));
      String text = string(block.put(bytes(before), List.of("x"))) + after;
      assertThat(string(block.put(bytes(text), List.of("y", "z"))))
          .isEqualTo(before + "# hawser begin m\ny\nz\n# hawser end m\n" + after);
      assertThat(string(block.put(bytes(text), NONE))).isEqualTo(before + after);
    }
  }

  @Test
  @DisplayName(
      "D24 at no time anything outside the block differs, and without it the file is as before")
  void nothingElseEverChanges() {
    Random random = new Random(2424);
    MarkedBlock block = new MarkedBlock("m");
    for (int i = 0; i < 5_000; i++) {
      String original = string(hostsFile(random, i % 500 == 0 ? 20_000 : 12));
      String put = string(block.put(bytes(original), List.of("10.0.0.7 hub", "10.0.0.8 hub")));
      String updated = string(block.put(bytes(put), List.of("10.0.0.9 hub")));
      assertThat(strip(put)).as("put into file %d", i).isEqualTo(original);
      assertThat(strip(updated)).as("update in file %d", i).isEqualTo(original);
      assertThat(updated)
          .endsWith("\n10.0.0.9 hub\n# hawser end m\n")
          .doesNotContain("10.0.0.8 hub\n#");
      assertThat(string(block.put(bytes(updated), NONE))).as("file %d", i).isEqualTo(original);
    }
  }

  /** Takes the block out in another way than the code that is tested. */
  private static String strip(String text) {
    return text.replaceFirst(
        "(?s)(\n# hawser begin m \\(the line before had no end\\)\n|# hawser begin m\n)"
            + "10\\.0\\.0.*# hawser end m\n",
        "");
  }

  private static byte[] hostsFile(Random random, int lines) {
    List<String> names =
        List.of("localhost", "sealos.hub", "hub", "a.b # mine", "x\ty", "zone", "\u00fc");
    List<String> ips =
        List.of("127.0.0.1", "::1", "fe80::1%eth0", "10.0.0.7", "# 10.0.0.6", "", "  ");
    List<String> gaps = List.of(" ", "\t", "  \t");
    String end = random.nextInt(3) == 0 ? "\r\n" : "\n";
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(lines + 1); n > 0; n--) {
      text.append(ips.get(random.nextInt(ips.size())));
      text.append(gaps.get(random.nextInt(gaps.size())));
      text.append(names.get(random.nextInt(names.size())));
      text.append(n == 1 && random.nextBoolean() ? "" : end);
    }
    return bytes(text.toString());
  }

  @Test
  void c33LocalhostBlankLinesAndTheUnterminatedLastLineStay() {
    String hosts = "127.0.0.1 localhost\n\n::1 localhost\n10.0.0.1 a # mine";
    byte[] edited = new MarkedBlock("hosts").put(bytes(hosts), List.of("10.0.0.7 sealos.hub"));
    assertThat(string(edited)).startsWith(hosts + "\n").endsWith("\n");
    assertThat(string(new MarkedBlock("hosts").put(edited, NONE))).isEqualTo(hosts);
  }

  @Test
  void aLineThatWasAppendedBehindTheBlockIsNotGluedToTheLineBefore() {
    MarkedBlock block = new MarkedBlock("m");
    String text = string(block.put(bytes("a"), List.of("x"))) + "theirs\n";
    assertThat(string(block.put(bytes(text), NONE))).isEqualTo("a\ntheirs\n");
  }

  @Test
  void aMarkerWithoutItsPeerIsNotOurs() {
    MarkedBlock block = new MarkedBlock("m");
    String text = "# hawser begin m\ntheirs\n";
    String edited = string(block.put(bytes(text), List.of("x")));
    assertThat(edited).isEqualTo(text + "# hawser begin m\nx\n# hawser end m\n");
    assertThat(string(block.put(bytes(edited), NONE))).isEqualTo(text);
  }

  @Test
  void linesThatCouldNotBeToldFromMarkersAreRefused() {
    assertThatThrownBy(() -> new BlockChange("/f", "m", List.of("# hawser end m")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BlockChange("/f", "m", List.of("a\nb")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(12); n > 0; n--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return bytes(text.toString());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static String string(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }
}
