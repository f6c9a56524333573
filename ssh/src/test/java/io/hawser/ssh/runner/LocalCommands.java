package io.hawser.ssh.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A runner on real shells of this machine. */
abstract class LocalCommands {
  @TempDir Path temp;
  final LocalChannels channels = new LocalChannels();
  final Workers workers = new Workers();
  final Host host = Host.at("10.0.0.1").build();
  final CommandRunner runner = new CommandRunner(host, channels, workers);

  @AfterEach
  void stop() {
    channels.close();
    workers.close();
  }

  CommandResult run(Command command) {
    return runner.run(command, null);
  }

  static Command script(String text, String... arguments) {
    return Command.script(Script.of("test", text), arguments);
  }

  /** Ended; whoever inherits it may not have taken notice yet. */
  static void awaitGone(String pid) {
    Path state = Path.of("/proc", pid, "stat");
    try {
      for (int i = 0; i < 1000 && Files.exists(state); i++) {
        if (Files.readString(state).matches("(?s).*\\) [ZX] .*")) {
          return;
        }
        Thread.sleep(10);
      }
    } catch (IOException e) {
      return;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(state).doesNotExist();
  }

  static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
