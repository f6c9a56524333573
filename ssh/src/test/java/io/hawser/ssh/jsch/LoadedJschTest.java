package io.hawser.ssh.jsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadedJschTest {
  @Test
  void theOneThatHawserIsBuiltWithWillDo() {
    assertThatCode(LoadedJsch::check).doesNotThrowAnyException();
  }

  @Test
  void withoutAnyTheArtifactIsNamed() {
    ClassLoader none = ClassLoader.getPlatformClassLoader();
    assertThatThrownBy(() -> LoadedJsch.check(none))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("com.github.mwiede:jsch 0.2.16 or later");
  }

  @ParameterizedTest
  @CsvSource({
    "0.1.54, true",
    "0.2.9, true",
    "0.2.15, true",
    "0.2.16, false",
    "0.2.16-SNAPSHOT, false",
    "0.2.100, false",
    "0.3.0, false",
    "2.28.8, false",
    "(of an unknown version), false",
    "'', false",
    "99999999999.0.0, false"
  })
  void versionsAreComparedByTheirNumbers(String version, boolean older) {
    assertThat(LoadedJsch.isOlder(version)).isEqualTo(older);
  }
}
