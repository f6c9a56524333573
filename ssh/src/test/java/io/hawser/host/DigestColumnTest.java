package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import org.junit.jupiter.api.Test;

class DigestColumnTest {
  private static String digest(int index) {
    return Hashing.sha256().hashInt(index).toString();
  }

  @Test
  void everyDigestIsKeptAtItsPlace() {
    DigestColumn column = new DigestColumn();
    for (int index = 0; index < 5_000; index += 3) {
      column.put(index, digest(index));
    }
    column.put(1, "00".repeat(32));
    for (int index = 0; index < 5_000; index++) {
      String expected = index == 1 ? "00".repeat(32) : index % 3 == 0 ? digest(index) : null;
      assertThat(column.get(index)).as("%d", index).isEqualTo(expected);
    }
    assertThat(column.get(1_000_000)).isNull();
    column.put(3, digest(7));
    assertThat(column.get(3)).isEqualTo(digest(7));
  }

  @Test
  void whatIsNoDigestIsRefused() {
    DigestColumn column = new DigestColumn();
    for (String hex : new String[] {"", "00", "00".repeat(33), "zz".repeat(32)}) {
      assertThatThrownBy(() -> column.put(0, hex)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(column.get(0)).isNull();
  }
}
