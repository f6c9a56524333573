package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnitFileTest {
  @Test
  void valuesAreReadWithContinuedLinesAndComments() {
    UnitFile unit =
        UnitFile.parse(
            "a.service",
            """
            # digest 123
            [Unit]
            Description = A service
            [Service]
            Type=oneshot
            RemainAfterExit=yes
            Environment="A=1 2" B=3
            Environment=C=4
            ; ExecStart=/bin/false
            ExecStart=-/usr/bin/a \\
              --flag "x y" z\\ z
            [Install]
            WantedBy=multi-user.target other.target
            """);
    assertThat(unit.description()).isEqualTo("A service");
    assertThat(unit.isOneshot()).isTrue();
    assertThat(unit.remainsAfterExit()).isTrue();
    assertThat(unit.environment()).containsExactly("A=1 2", "B=3", "C=4");
    assertThat(unit.command()).containsExactly("/usr/bin/a", "--flag", "x y", "z z");
    assertThat(unit.wantedBy()).containsExactly("multi-user.target", "other.target");
  }

  @Test
  void aUnitWithoutAnythingHasNoCommand() {
    UnitFile unit = UnitFile.parse("b.service", "");
    assertThat(unit.command()).isEmpty();
    assertThat(unit.wantedBy()).isEmpty();
    assertThat(unit.description()).isEqualTo("b.service");
  }
}
