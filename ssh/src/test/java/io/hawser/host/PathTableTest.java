package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PathTableTest {
  private static PathTable of(Iterable<String> sorted) {
    PathTable.Builder builder = new PathTable.Builder();
    sorted.forEach(builder::add);
    return builder.build();
  }

  private static TreeSet<String> random(int count, long seed) {
    Random random = new Random(seed);
    List<String> names =
        List.of("a", "a-b", "b", "B", "-", "\u00fc", "u\u0308", "\u6f22", "\ud83d\udc0b", "\uffee");
    TreeSet<String> paths = new TreeSet<>(PathTable::compare);
    while (paths.size() < count) {
      StringBuilder path = new StringBuilder(names.get(random.nextInt(names.size())));
      for (int depth = random.nextInt(12); depth > 0; depth--) {
        path.append(random.nextInt(4) == 0 ? "" : "/").append(names.get(random.nextInt(10)));
      }
      paths.add(path.toString());
    }
    return paths;
  }

  @Test
  void everyPathIsFoundAtItsPlaceAndNoOther() {
    for (int count : new int[] {0, 1, 15, 16, 17, 31, 32, 33, 5_000}) {
      List<String> paths = new ArrayList<>(random(count, count));
      PathTable table = of(paths);
      assertThat(table.size()).isEqualTo(count);
      PathTable.Cursor cursor = table.cursor();
      for (int i = 0; i < count; i++) {
        assertThat(table.path(i)).isEqualTo(paths.get(i));
        assertThat(table.find(paths.get(i))).isEqualTo(i);
        assertThat(table.find(paths.get(i) + "/absent")).isNegative();
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.path()).isEqualTo(paths.get(i));
        assertThat(cursor.index()).isEqualTo(i);
      }
      assertThat(cursor.next()).isFalse();
      assertThat(table.find("")).isNegative();
      assertThat(table.find("zz")).isNegative();
    }
  }

  @Test
  void aDirectoryIsFollowedByWhatIsInIt() {
    TreeSet<String> paths = new TreeSet<>(PathTable::compare);
    paths.addAll(List.of("a-b", "a", "a/z", "a/b/c", "a/b", "a b", "ab"));
    assertThat(paths).containsExactly("a", "a/b", "a/b/c", "a/z", "a b", "a-b", "ab");
  }

  @Test
  void theOrderOfTextsIsThatOfTheirBytes() {
    List<String> paths = new ArrayList<>(random(300, 7));
    for (String left : paths) {
      for (String right : paths) {
        byte[] a = PathTable.bytes(left);
        byte[] b = PathTable.bytes(right);
        assertThat(Integer.signum(PathTable.compare(left, right)))
            .as("%s %s", left, right)
            .isEqualTo(Integer.signum(PathTable.compare(a, a.length, b, b.length)));
      }
    }
  }

  @Test
  @DisplayName("D19 paths are taken up to the longest of Linux")
  void d19PathsAreTakenUpToTheLongestOfLinux() {
    String longest = "d/".repeat(2_047) + "f";
    List<String> paths = new ArrayList<>();
    for (char first = 'a'; first <= 'z'; first++) {
      paths.add(first + longest.substring(1));
    }
    PathTable table = of(paths);
    paths.forEach(path -> assertThat(table.path(table.find(path))).isEqualTo(path));
    assertThatThrownBy(() -> of(List.of(longest + "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("longer than 4095 bytes");
  }

  @Test
  void pathsOutOfOrderAreRefused() {
    assertThatThrownBy(() -> of(List.of("b", "a"))).hasMessageContaining("out of order");
    assertThatThrownBy(() -> of(List.of("a", "a"))).hasMessageContaining("out of order");
  }
}
