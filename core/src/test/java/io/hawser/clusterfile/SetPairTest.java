package io.hawser.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The grammar of Helm's {@code --set}. */
class SetPairTest {
  private static String set(String... texts) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String text : texts) {
      SetPair.parse(text, true).forEach(pair -> ValueTrees.set(values, pair));
    }
    return values.toString();
  }

  @Test
  void everyFormIsRead() {
    assertThat(set("a=b")).isEqualTo("{a=b}");
    assertThat(set("a.b.c=d,a.e=f")).isEqualTo("{a={b={c=d}, e=f}}");
    assertThat(set("a={x,y}", "b={1}")).isEqualTo("{a=[x, y], b=[1]}");
    assertThat(set("a={x,y},b=c")).isEqualTo("{a=[x, y], b=c}");
    assertThat(set("a[1].b=c", "a[0]=x")).isEqualTo("{a=[x, {b=c}]}");
    assertThat(set("a[0][1]=x")).isEqualTo("{a=[[null, x]]}");
    assertThat(set("a=", "b=x=y", "c=[1]")).isEqualTo("{a=, b=x=y, c=[1]}");
    assertThat(set("a\\.b=1\\,2", "c\\=d=e\\\\f")).isEqualTo("{a.b=1,2, c=d=e\\f}");
    assertThat(set("a={x\\,y,z\\}}")).isEqualTo("{a=[x,y, z}]}");
    assertThat(set("a=1,")).isEqualTo("{a=1}");
    assertThat(set("a.b=1", "a.b={2}")).isEqualTo("{a={b=[2]}}");
  }

  @Test
  void valuesHaveTheTypesOfHelm() {
    for (var expected :
        Map.<String, Object>of(
                "true",
                true,
                "FALSE",
                false,
                "12",
                12L,
                "-3",
                -3L,
                "0",
                0L,
                "007",
                "007",
                "1.5",
                "1.5",
                "0x1f",
                "0x1f",
                "99999999999999999999",
                "99999999999999999999",
                "yes",
                "yes")
            .entrySet()) {
      assertThat(SetPair.parse("a=" + expected.getKey(), true).get(0).value())
          .isEqualTo(expected.getValue());
      assertThat(SetPair.parse("a=" + expected.getKey(), false).get(0).value())
          .isEqualTo(expected.getKey());
    }
    assertThat(SetPair.parse("a=null", true).get(0).value()).isNull();
  }

  @Test
  void whatIsNoPairIsRefusedWithItsKeyAndWithoutItsValue() {
    for (String wrong :
        List.of(
            "",
            "a",
            "a,b=c",
            "=c",
            "a..b=c",
            ".a=c",
            "a[=hunter2",
            "a[x]=hunter2",
            "a[-1]=hunter2",
            "a[65537]=hunter2",
            "a[0]b=hunter2",
            "a[0]",
            "a={hunter2",
            "a={hunter2}x",
            "a={x}hunter2",
            "x.".repeat(31) + "y=hunter2")) {
      assertThatThrownBy(() -> SetPair.parse(wrong, true))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("a pair to set ")
          .hasMessageNotContaining("hunter2");
    }
  }

  @Test
  void whatIsInTheWayIsNamed() {
    assertThatThrownBy(() -> set("a=x", "a.b=c")).hasMessage("\"a\" is no mapping");
    assertThatThrownBy(() -> set("a.b.c=x", "a.b[0]=c")).hasMessage("\"a.b\" is no list");
    assertThatThrownBy(() -> set("a[0]=x", "a.b=c")).hasMessage("\"a\" is no mapping");
  }

  @Test
  @DisplayName("I7 whatever a pair says, it is read or refused")
  void anyTextIsReadOrRefused() {
    Random random = new Random(7);
    String characters = "ab=,.[]{}\\0:1 ";
    int read = 0;
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(12); length >= 0; length--) {
        text.append(characters.charAt(random.nextInt(characters.length())));
      }
      try {
        set(text.toString());
        read++;
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage()).as(text.toString()).isNotEmpty();
      }
    }
    assertThat(read).isGreaterThan(100);
  }
}
