package io.hawser.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DrawingLayoutTest {
  private static Rectangle outline(DrawingLayout.Place place) {
    return new Rectangle(
        place.x(), place.top(), place.width(), place.height() + place.y() - place.top());
  }

  private static void isTidy(DrawingLayout layout) {
    List<DrawingLayout.Place> places = new ArrayList<>(layout.replicas());
    places.addAll(layout.others());
    Rectangle all = new Rectangle(0, 0, layout.width(), layout.height());
    for (DrawingLayout.Place place : places) {
      assertThat(all.contains(outline(place))).as("%s lies within %s", place, all).isTrue();
      for (DrawingLayout.Place other : places) {
        assertThat(place == other || !outline(place).intersects(outline(other)))
            .as("%s and %s are apart", place, other)
            .isTrue();
      }
    }
  }

  @Test
  void boxesAndTheirLabelsAreApartAndWithinTheDrawing() {
    for (int replicas = 0; replicas < 8; replicas++) {
      for (int nodes = 0; nodes < 30; nodes += 1 + replicas) {
        Topology topology = SampleRuns.topology(replicas, nodes);
        for (Report report : List.of(Report.empty(), SampleRuns.run(topology))) {
          isTidy(new DrawingLayout(DrawnCluster.of(report, topology)));
        }
      }
    }
  }

  @Test
  void whoeverSendsToWhomTheDrawingIsTidy() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      Topology topology = SampleRuns.topology(1 + random.nextInt(6), random.nextInt(6));
      List<String> names = new ArrayList<>(List.of(Transfer.CONTROLLER, "store", "elsewhere"));
      topology.members().forEach(member -> names.add(member.address()));
      List<HostResult> rows = new ArrayList<>();
      for (int i = 0; i < random.nextInt(20); i++) {
        Collections.shuffle(names, random);
        Transfer sent = new Transfer(names.get(0), names.get(1), i, Duration.ofMillis(i), "");
        rows.add(HostResult.of(names.get(1), "s", Status.OK, "").transfers(List.of(sent)));
      }
      DrawnCluster cluster = DrawnCluster.of(Report.of(rows), topology);
      isTidy(new DrawingLayout(cluster));
      assertThat(Drawing.of(cluster)).startsWith("<svg ").endsWith("</svg>\n");
    }
  }

  @Test
  void theDrawingIsAsNarrowAsATelephone() {
    Topology topology = SampleRuns.topology(5, 40);
    DrawnCluster cluster = DrawnCluster.of(SampleRuns.run(topology), topology);
    assertThat(new DrawingLayout(cluster).width()).isLessThanOrEqualTo(440);
  }

  @Test
  void addressesOfAnyLengthAreToldApart() {
    assertThat(SvgText.wrapped("fd00:1234:5678:9abc:def0:1234:5678:9ab1", 16, 3))
        .containsExactly("fd00:1234:5678:9", "abc:def0:1234:56", "78:9ab1");
    assertThat(SvgText.wrapped("x".repeat(50), 16, 2))
        .containsExactly("x".repeat(16), "x".repeat(15) + "…");
    assertThat(SvgText.wrapped("\ud83d\ude00\ud83d\ude00", 1, 2))
        .containsExactly("\ud83d\ude00", "\ud83d\ude00");
  }

  @Test
  void pathsTurnRoundCorners() {
    assertThat(SvgPath.through(0, 0, 10, 0, 10, 30)).isEqualTo("M0 0 L5 0 Q10 0 10 5 L10 30");
    assertThat(SvgPath.through(0, 0, 4, 0)).isEqualTo("M0 0 L4 0");
  }

  @Test
  void figuresAreShort() {
    assertThat(Figures.bytes(0)).isEqualTo("0 B");
    assertThat(Figures.bytes(1023)).isEqualTo("1023 B");
    assertThat(Figures.bytes(1024)).isEqualTo("1.0 KiB");
    assertThat(Figures.bytes(1024 * 1000)).isEqualTo("1.0 MiB");
    assertThat(Figures.bytes(Long.MAX_VALUE)).isEqualTo("8192 PiB");
    assertThat(Figures.time(Duration.ofMillis(999))).isEqualTo("999 ms");
    assertThat(Figures.time(Duration.ofMillis(3249))).isEqualTo("3.2 s");
    assertThat(Figures.time(Duration.ofSeconds(3723))).isEqualTo("62 min 3 s");
    assertThat(Figures.rate(1 << 20, Duration.ofSeconds(2))).isEqualTo("512 KiB/s");
    assertThat(Figures.rate(5, Duration.ZERO)).isEmpty();
  }
}
