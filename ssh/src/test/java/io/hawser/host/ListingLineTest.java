package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a line of a listing says, and which lines say nothing that was asked for. */
class ListingLineTest {
  private static final String SHA = "0123456789abcdef".repeat(4);

  private final List<String> heard = new ArrayList<>();
  private final ListingReader.Visitor visitor =
      new ListingReader.Visitor() {
        @Override
        public void entry(
            String path, TreeFile.@Nullable Type type, int mode, long size, String target) {
          heard.add(type + " " + Operations.mode(mode) + " " + size + " " + path + ">" + target);
        }

        @Override
        public void digest(String path, String sha256) {
          heard.add(sha256 + " " + path);
        }

        @Override
        public void unchanged() {
          heard.add("unchanged");
        }

        @Override
        public void staging() {
          heard.add("staging");
        }

        @Override
        public void relays() {
          heard.add("relays");
        }

        @Override
        public void room(TreeRoom.Free free) {
          heard.add("free " + free.bytes() + " " + free.inodes());
        }
      };

  private ListingLine names() {
    return ListingLine.names(visitor, true);
  }

  private static void assertRead(ListingLine lines, String... all) {
    for (String line : all) {
      assertThat(lines.isRead(line)).as(line).isTrue();
    }
  }

  @Test
  void entriesOfEveryKindAreTold() {
    assertRead(
        names(),
        "r",
        "w",
        "v 4096 -",
        "d 755 bin dir",
        "f 4755 12 - bin dir/..run",
        "l bin dir/link",
        "t ../run me",
        "l gone",
        "t ",
        "o pipe",
        "f 0 0 - ...",
        "f 7777 9223372036854775807 - .x");
    assertThat(heard)
        .containsExactly(
            "relays",
            "staging",
            "free 4096 " + Long.MAX_VALUE,
            "DIRECTORY 0755 0 bin dir>",
            "FILE 4755 12 bin dir/..run>",
            "LINK 0777 0 bin dir/link>../run me",
            "null 0000 0 gone>",
            "null 0000 0 pipe>",
            "FILE 0000 0 ...>",
            "FILE 7777 9223372036854775807 .x>");
  }

  @Test
  @DisplayName("I12 that a host passes files on is told once, before all else")
  void i12RelaysIsToldOnceAndFirst() {
    ListingLine lines = names();
    assertThat(lines.isRead("r")).isTrue();
    assertThat(lines.isRead("r")).isFalse();
    assertThat(lines.isRead("u")).isTrue();
    ListingLine late = names();
    assertThat(late.isRead("w")).isTrue();
    assertThat(late.isRead("r")).isFalse();
  }

  @Test
  void digestsAreToldWhereTheyWereAskedFor() {
    assertRead(ListingLine.digests(visitor), "s " + SHA + " a b", "s " + SHA + " c");
    assertRead(ListingLine.all(visitor), "d 700 d", "s " + SHA + " d/e");
    assertThat(heard)
        .containsExactly(SHA + " a b", SHA + " c", "DIRECTORY 0700 0 d>", SHA + " d/e");
  }

  @Test
  @DisplayName("I12 a line that says nothing that was asked for is refused and tells nothing")
  void i12LinesThatWereNotAskedForAreRefused() {
    for (String line :
        List.of("d 755 a", "f 644 1 - a", "l a", "o a", "v 1 1", "u", "w", "r", "t a")) {
      assertThat(ListingLine.digests(visitor).isRead(line)).as(line).isFalse();
    }
    for (String line : List.of("u", "w", "r", "v 1 1")) {
      assertThat(ListingLine.all(visitor).isRead(line)).as(line).isFalse();
      assertThat(ListingLine.names(visitor, false).isRead(line)).as(line).isFalse();
    }
    assertThat(names().isRead("s " + SHA + " a")).isFalse();
    assertThat(heard).isEmpty();
  }

  @Test
  @DisplayName("I11 a path that leads anywhere but below the directory is refused in every line")
  void i11PathsThatLeadElsewhereAreRefused() {
    List<String> paths =
        List.of("", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/..", "a/../b", "./a", "a/.")
            .stream()
            .toList();
    for (String path : paths) {
      for (String line :
          List.of("d 755 " + path, "f 644 1 - " + path, "l " + path, "o " + path, "d 755")) {
        assertThat(names().isRead(line)).as(line).isFalse();
      }
      String digest = "s " + SHA + " " + path;
      assertThat(ListingLine.digests(visitor).isRead(digest)).as(digest).isFalse();
    }
    assertThat(names().isRead("o a\0b")).isFalse();
    assertThat(names().isRead("o \0")).isFalse();
    assertThat(heard).isEmpty();
  }

  @Test
  @DisplayName("I12 modes, sizes and digests that are none are refused")
  void i12FieldsThatAreNoneAreRefused() {
    List<String> lines =
        List.of(
            "d 8 a",
            "d 07777 a",
            "d  a",
            "f 9 1 - a",
            "f 644 -1 - a",
            "f 644 x - a",
            "f 644 9223372036854775808 - a",
            "f 644 12345678901234567890 - a",
            "f 644 1 " + SHA + " a",
            "f 644 1 a",
            "f 644 1 -",
            "v 1",
            "v x 1",
            "v 1 x",
            "v -1 -",
            "x a b",
            "ab",
            "d",
            "",
            "d  ");
    for (String line : lines) {
      assertThat(names().isRead(line)).as("\"" + line + "\"").isFalse();
    }
    for (String sha : List.of(SHA.substring(1), SHA + "0", "G" + SHA.substring(1), "")) {
      assertThat(ListingLine.digests(visitor).isRead("s " + sha + " a")).as(sha).isFalse();
    }
    assertThat(ListingLine.digests(visitor).isRead("s " + SHA)).isFalse();
    assertThat(heard).isEmpty();
  }

  @Test
  @DisplayName("I12 lines that do not come where the agent says them are refused")
  void i12LinesOutOfPlaceAreRefused() {
    ListingLine over = names();
    assertRead(over, "u");
    assertThat(over.isRead("d 755 a")).as("after all was said to be unchanged").isFalse();

    ListingLine late = names();
    assertRead(late, "d 755 a");
    assertThat(late.isRead("w")).as("a staging in the middle").isFalse();
    assertThat(late.isRead("v 1 1")).as("room after entries").isFalse();

    ListingLine twice = names();
    assertRead(twice, "v 1 1");
    assertThat(twice.isRead("v 1 1")).as("room twice").isFalse();

    ListingLine target = names();
    assertThat(target.isRead("t x")).as("a target without a link").isFalse();
    assertRead(target, "l a");
    assertThat(target.isRead("d 755 b")).as("a link without a target").isFalse();
    assertThat(target.isRead("t x")).as("a target too late").isFalse();

    assertThat(names().isRead("x")).as("a shortcut that is none").isFalse();
    assertThat(heard).doesNotContain("staging").hasSize(3);
  }

  @Test
  @DisplayName("I12 a line that is longer than any path is refused")
  void i12LinesThatAreTooLongAreRefused() {
    String longest = "o " + "x".repeat(ListingLine.LONGEST - 2);
    assertThat(names().isRead(longest)).isTrue();
    assertThat(names().isRead(longest + "x")).isFalse();
    assertThat(heard).hasSize(1);
  }
}
