package io.hawser.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAddressTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1",
    "[::1], ::1",
    "FD00:0:0:0:0:0:0:1, fd00::1",
    "fd00::0001, fd00::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "::ffff:10.0.0.1, 10.0.0.1",
    "::ffff:0a00:0001, 10.0.0.1",
    "FE80:0::1%nosuchinterface, fe80::1%nosuchinterface",
  })
  void everySpellingHasOneCanonicalText(String text, String canonical) {
    assertThat(HostAddress.canonical(text)).isEqualTo(canonical);
    assertThat(HostAddress.canonical(canonical)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "10.0.0", "10.0.0.256", "010.0.0.1", "0x0a.0.0.1", "10.0.0.1 ", "10.0.0.1/24",
        "10.0.0.1:22", "host", "[::1", "::1]", "[10.0.0.1", "1::2::3", ":::", "12345::",
        "fe80::1%", "fe80::1%a b", "fe80::1%$(id)", "10.0.0.1%eth0", "fd00::1%1",
            "\uff11\uff10.0.0.1", "[[::1]]", "[]"
      })
  void whatIsNoAddressIsRefusedByItsText(String text) {
    assertThatThrownBy(() -> HostAddress.canonical(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"");
  }

  @Test
  @DisplayName("F14 a host is an address: no name is resolved, so none can change in the middle")
  void aNameIsNoAddress() {
    for (String name : List.of("example.com", "localhost", "node-1", "10.0.0.1.nip.io")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Host.at(name))
          .withMessageContaining(name);
    }
  }
}
