package io.hawser.lab.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.report.Json;
import java.io.File;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The negative control of the search for secrets: what is planted is found. */
class CanaryTest {
  private final Canary odd = Canary.odd("odd");
  private final Canary plain = Canary.plain("plain");
  private final CanarySearch search = new CanarySearch(List.of(odd, plain));

  @Test
  @DisplayName("S1 a canary is found in every form that it may leak in, and only then")
  void aCanaryIsFoundInEveryForm() {
    for (Canary canary : List.of(odd, plain)) {
      String value = canary.value();
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      assertFound(canary, value);
      assertFound(canary, HexFormat.of().formatHex(bytes));
      assertFound(canary, HexFormat.of().withUpperCase().formatHex(bytes));
      assertFound(canary, HexFormat.ofDelimiter(" ").formatHex(bytes));
      assertFound(canary, HexFormat.of().withPrefix("%").formatHex(bytes));
      assertFound(canary, URLEncoder.encode(value, StandardCharsets.UTF_8));
      assertFound(canary, URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
      assertFound(canary, Json.write(List.of("before " + value + " after")));
      assertFound(canary, Json.write(value).replace("/", "\\/"));
      assertFound(canary, "'" + value.replace("'", "'\\''") + "'");
      assertFoundInBase64(canary);
    }
    assertThat(search.in("neither " + Canary.odd("other").value())).isEmpty();
  }

  private void assertFoundInBase64(Canary canary) {
    for (String before : List.of("", "a", "ab", "abc", "user:", "admin:")) {
      for (String after : List.of("", "x", "xy", "xyz")) {
        byte[] bytes = (before + canary.value() + after).getBytes(StandardCharsets.UTF_8);
        assertFound(canary, Base64.getEncoder().encodeToString(bytes));
        assertFound(canary, Base64.getEncoder().withoutPadding().encodeToString(bytes));
        assertFound(canary, Base64.getUrlEncoder().encodeToString(bytes));
        assertFound(canary, Base64.getMimeEncoder(8, new byte[] {'\n'}).encodeToString(bytes));
      }
    }
  }

  private void assertFound(Canary canary, String leak) {
    assertThat(search.in("log: " + leak + " end"))
        .as(leak)
        .isNotEmpty()
        .allMatch(hit -> hit.startsWith(canary.name()));
  }

  @Test
  void aFileThatHoldsACanaryIsFoundAndItsModeJudged(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("leak"), "x" + odd.value());
    Files.writeString(directory.resolve("other"), "nothing");
    assertThat(search.files(directory)).containsOnlyKeys(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(CanarySearch.isWide(file)).isTrue();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(CanarySearch.isWide(file)).isFalse();
  }

  @Test
  @DisplayName("S2 a canary in the arguments or the environment of a short process is sampled")
  void aCanaryOfAShortProcessIsSampled() throws Exception {
    if (!new File("/proc/self/environ").canRead()) {
      return;
    }
    Instant limit = Instant.now().plus(Duration.ofSeconds(20));
    boolean found = false;
    while (!found && Instant.now().isBefore(limit)) {
      ProcessSampler sampler = ProcessSampler.start(process -> true);
      ProcessBuilder builder = new ProcessBuilder("sleep", "0.2", "0", "0." + digits(plain));
      builder.environment().put("SECRET", odd.value());
      builder.start().waitFor();
      sampler.close();
      found =
          sampler.arguments().contains(digits(plain))
              && !search.inBytes(sampler.environments()).isEmpty();
    }
    assertThat(found).isTrue();
  }

  /** What sleep takes as an argument. */
  private static String digits(Canary canary) {
    return canary.value().replaceAll("[^0-9]", "");
  }
}
