package io.hawser.host;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Lines of others that a block takes the place of. */
class AsideLinesTest {
  private static final String MARK = "# hawser aside m: ";
  private static final AsideLines ASIDE = new AsideLines("m");

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static String aside(String text) {
    return new String(ASIDE.setAside(bytes(text), "sealos.hub"), ISO_8859_1);
  }

  private static String back(String text) {
    return new String(ASIDE.bringBack(bytes(text)), ISO_8859_1);
  }

  @Test
  void linesThatGiveTheNameAloneBecomeCommentsWhereTheyStand() {
    for (String line :
        List.of(
            "10.0.0.1 sealos.hub",
            "10.0.0.1\tSealos.Hub  ",
            " fd00::1 sealos.hub # made by sealos",
            "fe80::1%eth0 sealos.hub\r")) {
      String text = "127.0.0.1 localhost\n" + line + "\n\n10.0.0.1 apiserver.cluster.local";
      assertThat(aside(text))
          .isEqualTo(
              "127.0.0.1 localhost\n" + MARK + line + "\n\n10.0.0.1 apiserver.cluster.local");
      assertThat(aside(aside(text))).as("a second time").isEqualTo(aside(text));
      assertThat(back(aside(text))).isEqualTo(text);
      assertThat(AsideLines.hasLineOf(bytes(text), "sealos.hub")).isTrue();
      assertThat(AsideLines.hasLineOf(bytes(aside(text)), "sealos.hub")).isFalse();
    }
    assertThat(aside("10.0.0.1 sealos.hub"))
        .as("without an end")
        .isEqualTo(MARK + "10.0.0.1 sealos.hub");
  }

  @Test
  void otherLinesStayAsTheyAre() {
    for (String line :
        List.of(
            "10.0.0.1 sealos.hub other",
            "10.0.0.1 other sealos.hub",
            "10.0.0.1 my.sealos.hub",
            "10.0.0.1 sealosxhub",
            "# 10.0.0.1 sealos.hub",
            "sealos.hub",
            "10.0.0.1\nsealos.hub",
            "# hawser begin x\n10.0.0.1 sealos.hub\n# hawser end x")) {
      assertThat(aside(line + "\n")).isEqualTo(line + "\n");
      assertThat(AsideLines.hasLineOf(bytes(line + "\n"), "sealos.hub")).as(line).isFalse();
    }
    String others = "# hawser aside other: 10.0.0.1 sealos.hub\n";
    assertThat(back(others)).isEqualTo(others);
  }

  @Test
  @DisplayName("D24 with the block and the lines that it took the place of, every byte comes back")
  void everyByteComesBack() {
    Random random = new Random(7);
    List<String> pieces =
        List.of(
            "10.0.0.1 sealos.hub",
            "10.0.0.2 sealos.hub other",
            "\u00fc\u0080 #",
            "# hawser end x\n",
            " ",
            "\t",
            "\r\n",
            "\n",
            "\n");
    MarkedBlock block = new MarkedBlock("m");
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(12); n > 0; n--) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
      byte[] original = bytes(text.toString());
      byte[] put =
          block.put(ASIDE.setAside(original, "sealos.hub"), List.of("10.0.0.7 sealos.hub"));
      assertThat(block.put(ASIDE.bringBack(put), List.of())).as("text %d", i).isEqualTo(original);
    }
  }

  @Test
  void aLineOfABlockThatCouldBeTakenForOneIsRefused() {
    assertThatThrownBy(() -> new BlockChange("/f", "m", List.of(MARK + "x")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
