package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.lab.hosts.RealHosts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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
      assertThat(process.exitValue()).as("exit status, see %s", log).isZero();
    } finally {
      process.destroy();
    }
  }
}
