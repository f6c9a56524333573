package io.hawser.ssh.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Exit;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A command whose whole life falls between two looks of the runner. */
class ShortCommandTest {
  @Test
  @DisplayName("C1 output and end that come between two looks are those of a command that ran")
  void whatComesBetweenTwoLooksCounts() {
    Host host = Host.at("10.0.0.1").build();
    Workers workers = new Workers();
    try {
      CommandRunner runner = new CommandRunner(host, new ShortLived(), workers);
      CommandResult result = runner.run(Command.of("true"), null);
      assertThat(result.exit()).isEqualTo(new Exit.Exited(112));
      assertThat(result.stdout()).isEqualTo("done\n");
    } finally {
      workers.close();
    }
  }

  /** Prints, exits and closes at the moment when the runner asks whether it is closed. */
  private static final class ShortLived implements Channels {
    @Override
    public RemoteChannel open(byte[] line, OutputStream out, OutputStream err) {
      Matcher marker = Pattern.compile("HAWSER-[0-9a-f]+").matcher(new String(line, UTF_8));
      assertThat(marker.find()).isTrue();
      return new ShortChannel(marker.group(), out, err);
    }

    @Override
    public RemoteChannel openAside(byte[] line, OutputStream out, OutputStream err) {
      throw new AssertionError("nothing is left to be ended");
    }
  }

  private static final class ShortChannel implements RemoteChannel {
    private final String marker;
    private final OutputStream out;
    private final OutputStream err;
    private boolean over;

    ShortChannel(String marker, OutputStream out, OutputStream err) {
      this.marker = marker;
      this.out = out;
      this.err = err;
    }

    @Override
    public OutputStream stdin() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public boolean isClosed() {
      if (!over) {
        over = true;
        try {
          err.write((marker + "\n").getBytes(UTF_8));
          out.write((marker + ":77\ndone\n").getBytes(UTF_8));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return true;
    }

    @Override
    public int exitStatus() {
      return over ? 112 : NO_STATUS;
    }

    @Override
    public @Nullable String exitSignal() {
      return null;
    }

    @Override
    public void close() {
      over = true;
    }
  }
}
