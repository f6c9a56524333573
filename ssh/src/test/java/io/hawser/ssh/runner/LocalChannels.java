package io.hawser.ssh.runner;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * This machine in the place of a host: a channel is a real shell in a session of its own, as under
 * sshd. The exit of the shell is known although a daemon holds the streams; closing a channel ends
 * nothing.
 */
final class LocalChannels implements Channels, Closeable {
  private static final Map<Integer, String> SIGNALS = Map.of(137, "KILL", 143, "TERM", 129, "HUP");

  /** The line that each channel was opened for. */
  final List<String> lines = new CopyOnWriteArrayList<>();

  final Map<String, String> environment = new HashMap<>();
  private final List<LocalChannel> opened = new CopyOnWriteArrayList<>();
  private String shell = "/bin/sh";

  /** The login shell of the next channels. */
  void shell(String path) {
    shell = path;
  }

  LocalChannel channel(int number) {
    return opened.get(number);
  }

  int count() {
    return opened.size();
  }

  @Override
  public RemoteChannel open(byte[] line, OutputStream out, OutputStream err) {
    String text = new String(line, StandardCharsets.UTF_8);
    lines.add(text);
    ProcessBuilder builder = new ProcessBuilder("setsid", shell, "-c", text);
    builder.environment().putAll(environment);
    try {
      LocalChannel channel = new LocalChannel(builder.start(), out, err);
      opened.add(channel);
      return channel;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public RemoteChannel openAside(byte[] line, OutputStream out, OutputStream err) {
    return open(line, out, err);
  }

  /** Ends what is left of every session. */
  @Override
  public void close() {
    for (LocalChannel channel : new ArrayList<>(opened)) {
      try {
        new ProcessBuilder("/bin/sh", "-c", "kill -KILL -" + channel.process.pid() + " 2>/dev/null")
            .start()
            .waitFor();
        channel.process.destroyForcibly();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  static final class LocalChannel implements RemoteChannel {
    final Process process;
    private final CountDownLatch streams = new CountDownLatch(2);
    private volatile boolean cut;
    volatile boolean closed;

    LocalChannel(Process process, OutputStream out, OutputStream err) {
      this.process = process;
      pump(process.getInputStream(), out);
      pump(process.getErrorStream(), err);
    }

    private void pump(InputStream from, OutputStream to) {
      Thread thread =
          new Thread(
              () -> {
                try (from;
                    to) {
                  byte[] buffer = new byte[32 * 1024];
                  for (int n = from.read(buffer); n >= 0 && !closed; n = from.read(buffer)) {
                    to.write(buffer, 0, n);
                  }
                } catch (IOException e) {
                  // the process was ended
                } finally {
                  streams.countDown();
                }
              });
      thread.setDaemon(true);
      thread.start();
    }

    /** From now on the link is lost. */
    void cut() {
      cut = true;
    }

    @Override
    public OutputStream stdin() {
      return process.getOutputStream();
    }

    @Override
    public boolean isClosed() {
      return cut || (!process.isAlive() && streams.getCount() == 0);
    }

    @Override
    public int exitStatus() {
      return cut || process.isAlive() || exitSignal() != null ? NO_STATUS : process.exitValue();
    }

    @Override
    public @Nullable String exitSignal() {
      return cut || process.isAlive() ? null : SIGNALS.get(process.exitValue());
    }

    @Override
    public void close() {
      closed = true;
      try {
        process.getOutputStream().close();
      } catch (IOException e) {
        // it has ended
      }
    }

    boolean awaitExit() throws InterruptedException {
      return process.waitFor(10, TimeUnit.SECONDS);
    }
  }
}
