package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The differences are those that diff -u writes and patch reads. */
class TextDiffTest {
  private static final Pattern HEAD = Pattern.compile("@@ -(\\d+),(\\d+) \\+(\\d+),(\\d+) @@\n");

  @Test
  void aChangedLineIsShownWithThreeLinesOfItsNeighbours() {
    assertThat(TextDiff.hunks("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"))
        .isEqualTo("@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
  }

  @Test
  void newAndEmptiedFilesHaveNoLineOnTheOtherSide() {
    assertThat(TextDiff.hunks("", "a\nb\n")).isEqualTo("@@ -0,0 +1,2 @@\n+a\n+b\n");
    assertThat(TextDiff.hunks("a\nb\n", "")).isEqualTo("@@ -1,2 +0,0 @@\n-a\n-b\n");
    assertThat(TextDiff.hunks("same\n", "same\n")).isEmpty();
  }

  @Test
  void aLastLineWithoutAnEndIsSaidToHaveNone() {
    assertThat(TextDiff.hunks("a\nb", "a\nb\n"))
        .isEqualTo("@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n");
  }

  @Test
  void changesFarFromEachOtherAreHunksOfTheirOwn() {
    String old = "x\n".repeat(5) + "a\n" + "y\n".repeat(20) + "b\n" + "z\n".repeat(5);
    String wanted = old.replace("a\n", "").replace("b\n", "b\nc\n");
    assertThat(HEAD.matcher(TextDiff.hunks(old, wanted)).results()).hasSize(2);
    assertThat(applied(old, TextDiff.hunks(old, wanted))).isEqualTo(wanted);
  }

  @Test
  void appliedToTheOldTextADifferenceGivesTheNewOne() {
    Random random = new Random(13);
    for (int i = 0; i < 2000; i++) {
      String old = text(random);
      String wanted = random.nextInt(3) == 0 ? text(random) : edited(old, random);
      String hunks = TextDiff.hunks(old, wanted);
      assertThat(applied(old, hunks)).as("%s to %s: %s", old, wanted, hunks).isEqualTo(wanted);
    }
  }

  @Test
  void longTextsWithoutAnythingInCommonTakeNoMoreThanTheirSize() {
    String old = "old\n".repeat(30_000);
    String wanted = "new\n".repeat(30_000);
    assertThat(applied(old, TextDiff.hunks(old, wanted))).isEqualTo(wanted);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int lines = random.nextInt(25);
    for (int i = 0; i < lines; i++) {
      text.append("abc\r".charAt(random.nextInt(4))).append('\n');
    }
    return random.nextBoolean() ? text.toString() : text + "end";
  }

  private static String edited(String text, Random random) {
    StringBuilder edited = new StringBuilder(text);
    for (int i = 0; i < 3 && edited.length() > 0; i++) {
      int at = random.nextInt(edited.length());
      if (random.nextBoolean()) {
        edited.deleteCharAt(at);
      } else {
        edited.insert(at, random.nextBoolean() ? "\n" : "d");
      }
    }
    return edited.toString();
  }

  /** As patch does it, and nothing is forgiven. */
  static String applied(String old, String hunks) {
    List<String> before = lines(old);
    List<String> after = new ArrayList<>();
    List<String> diff = lines(hunks);
    int at = 0;
    int i = 0;
    while (i < diff.size()) {
      Matcher head = HEAD.matcher(diff.get(i++));
      assertThat(head.matches()).isTrue();
      int olds = Integer.parseInt(head.group(2));
      int news = Integer.parseInt(head.group(4));
      int start = Integer.parseInt(head.group(1)) - (olds == 0 ? 0 : 1);
      after.addAll(before.subList(at, start));
      at = start;
      assertThat(after).hasSize(Integer.parseInt(head.group(3)) - (news == 0 ? 0 : 1));
      while (i < diff.size() && !diff.get(i).startsWith("@@")) {
        String line = diff.get(i++);
        boolean open = i < diff.size() && diff.get(i).startsWith("\\");
        String text = open ? line.substring(1, line.length() - 1) : line.substring(1);
        i += open ? 1 : 0;
        if (line.charAt(0) != '+') {
          assertThat(text).isEqualTo(before.get(at++));
          olds--;
        }
        if (line.charAt(0) != '-') {
          after.add(text);
          news--;
        }
      }
      assertThat(olds).isZero();
      assertThat(news).isZero();
    }
    after.addAll(before.subList(at, before.size()));
    return String.join("", after);
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("(?<=\n)", -1)));
    lines.removeIf(String::isEmpty);
    return lines;
  }
}
