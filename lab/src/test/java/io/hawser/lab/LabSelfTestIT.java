package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.lab.hosts.RealHosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The lab does what its guide says, and leaves the machine as it found it. */
@RealHosts(0)
class LabSelfTestIT {
  @Test
  void everyVerbWorksAndSwapModulesSysctlsMountsAndProcessesAreAsBefore()
      throws IOException, InterruptedException {
    Path log = Path.of("target", "hosts-test.log");
    Process process =
        new ProcessBuilder("./hosts-test")
            .redirectErrorStream(true)
            .redirectInput(new java.io.File("/dev/null"))
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(8, TimeUnit.MINUTES)).as("ended in time, see %s", log).isTrue();
      assertThat(process.exitValue()).as("exit status of hosts-test: %s", failed(log)).isZero();
    } finally {
      process.destroy();
    }
  }

  /** What did not hold, with what it printed, and the end; the whole is in the file. */
  private static String failed(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    Stream<String> bad = lines.stream().filter(l -> l.startsWith("NOT OK") || l.startsWith("    "));
    Stream<String> end = lines.stream().skip(Math.max(0, lines.size() - 3));
    return Stream.concat(bad, end).collect(Collectors.joining("\n", log + "\n", ""));
  }
}
