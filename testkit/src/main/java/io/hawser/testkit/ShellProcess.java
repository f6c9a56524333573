package io.hawser.testkit;

import com.google.common.collect.ImmutableMap;
import com.google.common.io.ByteStreams;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One command line, run by the machine's shell and wired to an SSH channel.
 *
 * <p>Two things keep this from being a plain {@link Process}. Java closes a process's pipes when it
 * ends, which would hide a daemon that still holds them: so output goes through named pipes. And
 * Java cannot tell "exited 137" from "killed": so a watching bash starts the command, and it is the
 * line that bash prints about a killed command that tells. Without bash (other shells are silent) a
 * kill looks like an exit.
 */
final class ShellProcess implements Command {
  private static final Logger LOG = LoggerFactory.getLogger(ShellProcess.class);

  /**
   * Its own stdout tells that the pipes exist, then the leader's id; its stderr tells of a kill.
   */
  private static final String WATCH =
      """
      out=$1 err=$2; shift 2
      mkfifo -m 600 "$out" "$err" || exit 126
      echo ready
      "$@" 3>&1 >"$out" 2>"$err"
      code=$?
      exit $code
      """;

  /** The leader of the new session: the login shell, with the command line. */
  private static final String LEAD = "echo $$ >&3; exec 3>&-; exec \"$1\" -c \"$2\"";

  private static final Map<Integer, String> SIGNALS =
      ImmutableMap.of(1, "HUP", 2, "INT", 3, "QUIT", 6, "ABRT", 9, "KILL", 11, "SEGV", 15, "TERM");

  private static final String WATCHER =
      Stream.of("/bin/bash", "/usr/bin/bash", "/usr/local/bin/bash")
          .filter(path -> Files.isExecutable(Path.of(path)))
          .findFirst()
          .orElse("/bin/sh");

  private final String line;
  private final String shell;
  private final ImmutableMap<String, String> environment;
  private final Path directory;
  private final Path stdout;
  private final Path stderr;
  private final CountDownLatch drained = new CountDownLatch(2);
  private @Nullable InputStream in;
  private @Nullable OutputStream out;
  private @Nullable OutputStream err;
  private @Nullable ExitCallback callback;
  private @Nullable Process watcher;
  private volatile long leader;
  private volatile boolean ended;

  ShellProcess(
      String line,
      String shell,
      ImmutableMap<String, String> environment,
      Path directory,
      Path scratch) {
    this.line = line;
    this.shell = shell;
    this.environment = environment;
    this.directory = directory;
    String name = UUID.randomUUID().toString();
    this.stdout = scratch.resolve(name + ".out");
    this.stderr = scratch.resolve(name + ".err");
  }

  @Override
  public void setInputStream(InputStream in) {
    this.in = in;
  }

  @Override
  public void setOutputStream(OutputStream out) {
    this.out = out;
  }

  @Override
  public void setErrorStream(OutputStream err) {
    this.err = err;
  }

  @Override
  public void setExitCallback(ExitCallback callback) {
    this.callback = callback;
  }

  @Override
  public void start(ChannelSession channel, Environment ignored) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(WATCHER, "-c", WATCH, "watch", stdout.toString(), stderr.toString()));
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      words.add("/usr/bin/setsid");
    }
    words.addAll(List.of("/bin/sh", "-c", LEAD, "lead", shell, line));
    ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    watcher = process;
    InputStream source = given(in);
    OutputStream outSink = given(out);
    OutputStream errSink = given(err);
    ExitCallback done = given(callback);
    thread("in", () -> feed(source, process.getOutputStream()));
    thread("wait", () -> watch(process, (ExecChannel) channel, outSink, errSink, done));
  }

  /** The channel was closed: a running command is killed, daemons of a finished one live on. */
  @Override
  public void destroy(ChannelSession channel) {
    Process process = watcher;
    if (process != null && !ended) {
      List<ProcessHandle> family = process.descendants().toList();
      if (leader > 0) {
        ProcessSweep.killGroup(leader);
      }
      family.forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    release(stdout);
    release(stderr);
  }

  private void watch(
      Process process,
      ExecChannel channel,
      OutputStream outSink,
      OutputStream errSink,
      ExitCallback done) {
    int code = 126;
    try (BufferedReader said =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        InputStream complaint = process.getErrorStream()) {
      if (said.readLine() != null) {
        thread("out", () -> drain(stdout, outSink));
        thread("err", () -> drain(stderr, errSink));
      }
      String id = said.readLine();
      leader = id == null ? 0 : Long.parseLong(id);
      boolean killed = complaint.readAllBytes().length > 0;
      code = process.waitFor();
      ended = true;
      String signal = SIGNALS.get(code - 128);
      // What was printed before the end must be seen before the end; a daemon may hold the rest.
      drained.await(100, TimeUnit.MILLISECONDS);
      if (killed && signal != null) {
        channel.reportSignal(signal);
      } else {
        channel.reportStatus(code);
      }
      drained.await();
    } catch (IOException e) {
      LOG.debug("the end of a command could not be reported", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended = true;
      delete(stdout);
      delete(stderr);
      done.onExit(code);
    }
  }

  private void drain(Path pipe, OutputStream sink) {
    byte[] buffer = new byte[32 * 1024];
    try (InputStream source = Files.newInputStream(pipe)) {
      for (int n = source.read(buffer); n >= 0; n = source.read(buffer)) {
        sink.write(buffer, 0, n);
        sink.flush();
      }
    } catch (IOException e) {
      LOG.debug("output of a command has nowhere to go", e);
    } finally {
      drained.countDown();
    }
  }

  private static void feed(InputStream source, OutputStream sink) {
    byte[] buffer = new byte[32 * 1024];
    try {
      try (sink) {
        for (int n = source.read(buffer); n >= 0; n = source.read(buffer)) {
          sink.write(buffer, 0, n);
          sink.flush();
        }
      } catch (IOException e) {
        // The command reads no more; like sshd, go on taking what the client sends.
        ByteStreams.exhaust(source);
      }
    } catch (IOException e) {
      LOG.debug("the client's input ended early", e);
    }
  }

  /** Lets a thread go on that waits for somebody to open the other end of a named pipe. */
  private static void release(Path pipe) {
    if (Files.exists(pipe)) {
      try (RandomAccessFile both = new RandomAccessFile(pipe.toFile(), "rw")) {
        LOG.trace("released {}", both);
      } catch (IOException e) {
        LOG.debug("cannot release {}", pipe, e);
      }
    }
  }

  private static void delete(Path pipe) {
    try {
      Files.deleteIfExists(pipe);
    } catch (IOException e) {
      LOG.debug("cannot delete {}", pipe, e);
    }
  }

  private static <T> T given(@Nullable T stream) {
    if (stream == null) {
      throw new IllegalStateException("started before the channel gave its streams");
    }
    return stream;
  }

  private static void thread(String role, Runnable work) {
    Thread thread = new Thread(work, "embedded-host-" + role);
    thread.setDaemon(true);
    thread.start();
  }
}
