package io.hawser.ssh.jsch;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import io.hawser.Secret;
import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Exit;
import io.hawser.ssh.OutputListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of one command, on the calling thread: it opens the channel, starts the command once the
 * remote shell is there, hands output to the listener, and waits for the end within limits.
 */
final class Execution {
  private static final Logger LOG = LoggerFactory.getLogger(Execution.class);

  /** How long the login shell, its rc files and sudo may take before the command starts. */
  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  /**
   * A daemon may keep the streams open after the command has ended; its output is not waited for.
   */
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long POLL_MILLIS = 50;
  private static final int WINDOW = 4 << 20;

  private final Connection connection;
  private final Workers workers;
  private final Host host;
  private final Command command;
  private final WireCommand wire;
  private final boolean killable;
  private final OutputQueue queue = new OutputQueue();
  private final OutputSink out;
  private final OutputSink err;
  private final @Nullable LineSplitter outLines;
  private final @Nullable LineSplitter errLines;
  private final long started = System.nanoTime();
  private @Nullable Future<Boolean> feeding;
  private boolean passwordSent;
  private long statusSince;

  /**
   * Prepares a run.
   *
   * @param killable false for the command that ends others: it is not ended by a further one
   */
  Execution(
      Connection connection,
      Workers workers,
      Host host,
      Command command,
      @Nullable OutputListener listener,
      boolean killable) {
    this.connection = connection;
    this.workers = workers;
    this.host = host;
    this.command = command;
    this.killable = killable;
    this.wire = new WireCommand(host, command);
    this.outLines = listener == null ? null : new LineSplitter(listener, false);
    this.errLines = listener == null ? null : new LineSplitter(listener, true);
    boolean streams = listener != null;
    this.out = new OutputSink(wire.marker(), false, streams, queue, command.capture());
    this.err = new OutputSink(wire.marker(), true, streams, queue, command.capture());
  }

  /**
   * Runs it.
   *
   * @throws InterruptedException after the remote process group was told to end
   */
  CommandResult run() throws InterruptedException {
    ChannelExec channel = connection.open(this::prepare);
    InputFeed feed = new InputFeed(stdin(channel));
    boolean over = false;
    try {
      Exit exit = follow(channel, feed);
      over = true;
      return result(exit);
    } finally {
      if (!over) {
        killRemote();
      }
      feed.stop();
      channel.disconnect();
      queue.abandon();
      awaitFeed();
    }
  }

  private void prepare(ChannelExec channel) {
    channel.setCommand(wire.line());
    channel.setOutputStream(out);
    channel.setErrStream(err);
    try {
      channel.setLocalWindowSizeMax(WINDOW); // the default would halve the speed over a distance
    } catch (JSchException e) {
      LOG.debug("the window stays as it is", e);
    }
  }

  private static OutputStream stdin(ChannelExec channel) {
    try {
      return channel.getOutputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // JSch declares it but never throws it
    }
  }

  private Exit follow(ChannelExec channel, InputFeed feed) throws InterruptedException {
    if (!wire.sudo()) {
      startFeeding(feed);
    }
    while (!out.begun()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (channel.isClosed()) {
        throw StartFailure.ended(host, wire, passwordSent, channel.getExitStatus(), out, err);
      }
      if (age().compareTo(startLimit()) > 0) {
        throw StartFailure.tooSlow(host, wire, startLimit(), out, err);
      }
      answerSudo(feed);
      queue.awaitWake(POLL_MILLIS);
    }
    if (wire.sudo()) {
      startFeeding(feed);
    }
    return awaitEnd(channel, feed);
  }

  private Duration startLimit() {
    return START_LIMIT.compareTo(command.timeout()) < 0 ? START_LIMIT : command.timeout();
  }

  private Exit awaitEnd(ChannelExec channel, InputFeed feed) throws InterruptedException {
    while (true) {
      deliver(POLL_MILLIS);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Exception broken = feed.sourceFailure();
      if (broken != null) {
        throw new UncheckedIOException(
            host + ": the input of \"" + command + "\" could not be read; it was told to end",
            broken instanceof IOException known ? known : new IOException(broken));
      }
      if (channel.isClosed() || graceIsOver(channel)) {
        deliverRest();
        return exit(channel);
      }
      if (age().compareTo(command.timeout()) > 0 && statusSince == 0) {
        killRemote();
        deliverRest();
        return new Exit.TimedOut(Words.seconds(command.timeout()));
      }
    }
  }

  private boolean graceIsOver(ChannelExec channel) {
    boolean ended = channel.getExitStatus() >= 0 || channel.getExitSignal() != null;
    if (ended && statusSince == 0) {
      statusSince = System.nanoTime();
    }
    return ended && System.nanoTime() - statusSince > GRACE_NANOS;
  }

  private Exit exit(ChannelExec channel) {
    String signal = channel.getExitSignal();
    if (signal != null) {
      return new Exit.Signalled(signal);
    }
    int status = channel.getExitStatus();
    if (status >= 0) {
      return new Exit.Exited(status & 0xff);
    }
    return new Exit.Lost("the link ended before the command's exit status came");
  }

  private void startFeeding(InputFeed feed) {
    byte[] prologue = wire.prologue();
    feeding = workers.start(() -> feed.writeAll(prologue, command.input()));
  }

  /** The password is written once, and only after our own random prompt has come. */
  private void answerSudo(InputFeed feed) {
    Secret password = wire.sudoPassword();
    if (password == null) {
      return;
    }
    String said = err.noise();
    int first = said.indexOf(wire.ask());
    if (first >= 0 && !passwordSent) {
      passwordSent = true;
      byte[] line = (password.reveal() + "\n").getBytes(StandardCharsets.UTF_8);
      feeding = workers.start(() -> feed.write(line));
    } else if (passwordSent && said.indexOf(wire.ask(), first + 1) > 0) {
      throw StartFailure.wrongSudoPassword(host);
    }
  }

  private void deliver(long millis) throws InterruptedException {
    OutputQueue.Piece piece = queue.next(millis);
    while (piece != null) {
      tell(piece);
      piece = queue.poll();
    }
  }

  private void deliverRest() {
    for (OutputQueue.Piece piece = queue.poll(); piece != null; piece = queue.poll()) {
      tell(piece);
    }
    if (outLines != null && errLines != null) {
      outLines.finish();
      errLines.finish();
    }
  }

  private void tell(OutputQueue.Piece piece) {
    LineSplitter lines = piece.error ? errLines : outLines;
    if (lines != null) {
      lines.add(piece.bytes);
    }
  }

  private void killRemote() {
    String line = out.markerLine();
    if (killable && !line.isEmpty()) {
      RemoteKill.run(connection, workers, host, command, line.substring(line.indexOf(':') + 1));
    }
  }

  /** The caller's source is not read any more once the call has returned. */
  private void awaitFeed() {
    Future<Boolean> work = feeding;
    if (work == null || work.isDone()) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      work.get(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("{}: the input of \"{}\" does not end", host, command, e);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private CommandResult result(Exit exit) {
    if (!out.noise().isBlank() || !err.noise().isBlank()) {
      LOG.debug("{} printed before the command: {} {}", host, out.noise(), err.noise());
    }
    String stderr = err.begun() ? err.text() : err.noise();
    return new CommandResult(host.address(), command.toString(), exit, out.text(), stderr, age());
  }

  private Duration age() {
    return Duration.ofNanos(System.nanoTime() - started);
  }
}
