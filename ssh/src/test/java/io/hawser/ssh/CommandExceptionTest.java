package io.hawser.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommandExceptionTest {
  private static String message(String stdout, String stderr) {
    CommandResult result =
        CommandResult.of("h", "init", new Exit.Exited(1), stdout, stderr, Duration.ZERO);
    return new CommandException(result).getMessage();
  }

  @Test
  void theLastErrorThatARootfsScriptPrintsInRedIsShownBesideItsNoise() {
    String red = "\u001b[31m ERROR [2024-01-01 00:00:00] >> Port: 5050 occupied. \u001b[0m\n";
    String info = "\u001b[36m INFO [2024-01-01 00:00:00] >> Health check \u001b[0m\n";
    assertThat(message(info + "ERROR old\n" + red, "modprobe: not found\n"))
        .isEqualTo(
            "h: \"init\" exited 1: ERROR [2024-01-01 00:00:00] >> Port: 5050 occupied. |"
                + " modprobe: not found");
    assertThat(message(info, "why\n")).isEqualTo("h: \"init\" exited 1: why");
    assertThat(message(red, ""))
        .isEqualTo("h: \"init\" exited 1: ERROR [2024-01-01 00:00:00] >> Port: 5050 occupied.");
  }
}
