package io.hawser.ssh.runner;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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

  /** A channel by its number, also for one whose output is there before {@link #open} returns. */
  synchronized LocalChannel channel(int number) {
    return opened.get(number);
  }

  int count() {
    return opened.size();
  }

  @Override
  public synchronized RemoteChannel open(byte[] line, OutputStream out, OutputStream err) {
    String text = new String(line, StandardCharsets.UTF_8);
    lines.add(text);
    ProcessBuilder builder = new ProcessBuilder("setsid", shell, "-c", text);
    builder.environment().putAll(environment);
    try {
      LocalChannel channel = start(builder, out, err);
      opened.add(channel);
      return channel;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The streams are named pipes and not those of {@link Process}: those end as soon as the JVM
   * learns of the exit, whoever still holds them, unless a read happens to be under way.
   */
  private static LocalChannel start(ProcessBuilder builder, OutputStream out, OutputStream err)
      throws IOException {
    Path directory = Files.createTempDirectory("hawser-channel");
    Path stdout = directory.resolve("stdout");
    Path stderr = directory.resolve("stderr");
    try {
      Process mkfifo = new ProcessBuilder("mkfifo", stdout.toString(), stderr.toString()).start();
      if (mkfifo.waitFor() != 0) {
        throw new IOException("mkfifo: " + mkfifo.exitValue());
      }
      CountDownLatch streams = new CountDownLatch(2);
      AtomicBoolean closed = new AtomicBoolean();
      pump(stdout, out, streams, closed);
      pump(stderr, err, streams, closed);
      builder.redirectOutput(stdout.toFile()).redirectError(stderr.toFile());
      // Each open waits for the other end's, so both ends are there when this returns.
      return new LocalChannel(builder.start(), streams, closed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a channel was made", e);
    } finally {
      Files.deleteIfExists(stdout);
      Files.deleteIfExists(stderr);
      Files.deleteIfExists(directory);
    }
  }

  private static void pump(
      Path pipe, OutputStream to, CountDownLatch streams, AtomicBoolean closed) {
    Thread thread =
        new Thread(
            () -> {
              try (InputStream from = new FileInputStream(pipe.toFile());
                  to) {
                byte[] buffer = new byte[32 * 1024];
                for (int n = from.read(buffer); n >= 0 && !closed.get(); n = from.read(buffer)) {
                  to.write(buffer, 0, n);
                }
              } catch (IOException e) {
                // the run takes no more
              } finally {
                streams.countDown();
              }
            });
    thread.setDaemon(true);
    thread.start();
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
    private final CountDownLatch streams;
    private final AtomicBoolean closed;
    private volatile boolean cut;

    private LocalChannel(Process process, CountDownLatch streams, AtomicBoolean closed) {
      this.process = process;
      this.streams = streams;
      this.closed = closed;
    }

    boolean wasClosed() {
      return closed.get();
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
      closed.set(true);
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
