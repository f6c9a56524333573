package io.hawser.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTest {
  @ParameterizedTest(name = "{0} holds for {1}: {2}")
  @CsvSource(
      delimiter = ';',
      value = {
        "^1.27.0; v1.27.3; true",
        "^1.27.0; v1.28.0; true",
        "^1.27.0; v1.26.9; false",
        "^1.27.0; v2.0.0; false",
        "^1.27.0; v1.28.0-rc.1; false",
        "^1.27.0-0; v1.28.0-rc.1; true",
        "^0.2.3; 0.2.9; true",
        "^0.2.3; 0.3.0; false",
        "^0.0.3; 0.0.4; false",
        "^0.0; 0.0.9; true",
        "^0; 0.9.9; true",
        "^0; 1.0.0; false",
        "~1.2.3; 1.2.9; true",
        "~1.2.3; 1.3.0; false",
        "~1; 1.9.0; true",
        "~1.2; 1.2.0; true",
        "~>1.2; 1.3.0; false",
        "1.2.x; 1.2.7; true",
        "1.2.x; 1.3.0; false",
        "1.2; 1.2.7; true",
        "1.x; 1.9.9; true",
        "*; 9.9.9; true",
        "=1.2.3; 1.2.3+build; true",
        "1.2.3; 1.2.4; false",
        "!=1.2.3; 1.2.4; true",
        "!=1.2.x; 1.2.4; false",
        "!=1.2.x; 1.3.0; true",
        ">1.2.3; 1.2.4; true",
        ">1.2; 1.2.9; false",
        ">1.2; 1.3.0; true",
        ">1; 1.9.9; false",
        ">1; 2.0.0; true",
        ">=1.2; 1.2.0; true",
        "=>1.2; 1.1.9; false",
        "<1.2; 1.1.9; true",
        "<1.2; 1.2.0; false",
        "<=1.2; 1.2.9; true",
        "<=1.2; 1.3.0; false",
        "<=1; 1.9.0; true",
        "=<1; 2.0.0; false",
        "1.2 - 1.4.5; 1.4.5; true",
        "1.2 - 1.4.5; 1.4.6; false",
        ">= 1.2.3, < 2.0.0; 1.9.9; true",
        ">=1.2.3 <2.0.0; 2.0.0; false",
        "<1 || >=2; 2.1.0; true",
        "<1 || >=2; 1.5.0; false",
      })
  void rangesAreReadAsMastermindsReadsThem(String range, String version, boolean holds) {
    assertThat(VersionRange.parse(range).matches(Version.parse(version, 2))).isEqualTo(holds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", ">", "1.2.3.4", "1 ||", "^^1", "~1.2-"})
  void whatIsNoRangeIsRefused(String text) {
    assertThatThrownBy(() -> VersionRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void versionsAreOrderedAsSemverOrdersThem() {
    String[] ordered = {
      "1.0.0-alpha",
      "1.0.0-alpha.1",
      "1.0.0-alpha.beta",
      "1.0.0-beta",
      "1.0.0-beta.2",
      "1.0.0-beta.11",
      "1.0.0-rc.1",
      "1.0.0",
      "1.0.1",
      "1.1.0",
      "2.0.0"
    };
    for (int i = 1; i < ordered.length; i++) {
      assertThat(Version.parse(ordered[i - 1], 2)).isLessThan(Version.parse(ordered[i], 2));
    }
  }
}
