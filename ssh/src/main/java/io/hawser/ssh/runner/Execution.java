package io.hawser.ssh.runner;

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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of one command, on the calling thread: it opens the channel, starts the command once the
 * remote shell is there, and waits for the end within limits.
 */
final class Execution {
  /** Opens the channel of a run. */
  @FunctionalInterface
  interface Opening {
    RemoteChannel open(byte[] line, OutputStream out, OutputStream err) throws InterruptedException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Execution.class);

  /** How long the login shell, its rc files and sudo may take before the command starts. */
  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  /**
   * A daemon may keep the streams open after the command has ended; its output is not waited for.
   */
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long POLL_MILLIS = 50;

  private final Host host;
  private final Command command;
  private final Workers workers;
  private final @Nullable RemoteKill kill;
  private final WireCommand wire;
  private final SudoDialogue sudo;
  private final Wake wake = new Wake();
  private final @Nullable Delivery delivery;
  private final OutputSink out;
  private final OutputSink err;
  private final long started = System.nanoTime();
  private List<String> leftovers = List.of();
  private @Nullable Future<Boolean> feeding;
  private long statusSince;

  /** Prepares the run of a command that ends others: it is not ended by a further one. */
  Execution(Host host, Command command, @Nullable OutputListener listener, Workers workers) {
    this(host, command, listener, workers, null);
  }

  /** Prepares a run that is ended by a further command when it is given up. */
  Execution(
      Host host,
      Command command,
      @Nullable OutputListener listener,
      Workers workers,
      @Nullable RemoteKill kill) {
    this.host = host;
    this.command = command;
    this.workers = workers;
    this.kill = kill;
    this.wire = new WireCommand(host, command);
    this.sudo = new SudoDialogue(host, wire);
    this.delivery = listener == null ? null : new Delivery(listener, workers);
    this.out = new OutputSink(wire.marker(), false, wake, delivery, command.capture());
    this.err = new OutputSink(wire.marker(), true, wake, delivery, command.capture());
  }

  /**
   * Runs it.
   *
   * @throws InterruptedException after the command's session on the host was told to end
   */
  CommandResult run(Opening opening) throws InterruptedException {
    boolean over = false;
    try {
      RemoteChannel channel = opening.open(wire.line(), out, err);
      InputFeed feed = new InputFeed(channel.stdin());
      try {
        Exit exit = follow(channel, feed);
        over = true;
        return result(exit);
      } finally {
        if (!over && !channel.isClosed()) {
          killRemote();
        }
        feed.stop();
        channel.close();
        awaitFeed();
      }
    } finally {
      if (delivery != null) {
        delivery.abandon();
      }
    }
  }

  /** What left the command's session and still ran after it was ended, as id and name. */
  List<String> leftovers() {
    return leftovers;
  }

  private Exit follow(RemoteChannel channel, InputFeed feed) throws InterruptedException {
    if (!wire.sudo()) {
      startFeeding(feed);
    }
    while (!out.begun()) {
      failWhenInterrupted();
      if (channel.isClosed()) {
        if (out.begun()) {
          break; // a short command: its output and its end came since the look above
        }
        throw StartFailure.ended(host, wire, sudo.answered(), channel.exitStatus(), out, err);
      }
      if (age().compareTo(startLimit()) > 0) {
        throw StartFailure.tooSlow(host, wire, startLimit(), out, err);
      }
      if (sudo.wantsPassword(err.noise())) {
        byte[] password = sudo.password();
        feeding = workers.start(() -> feed.write(password));
      }
      wake.await(POLL_MILLIS);
    }
    if (wire.sudo()) {
      startFeeding(feed);
    }
    Exit exit = awaitEnd(channel, feed);
    if (delivery != null) {
      delivery.finish();
    }
    return exit;
  }

  private static void failWhenInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private Duration startLimit() {
    return START_LIMIT.compareTo(command.timeout()) < 0 ? START_LIMIT : command.timeout();
  }

  private Exit awaitEnd(RemoteChannel channel, InputFeed feed) throws InterruptedException {
    while (true) {
      wake.await(POLL_MILLIS);
      failWhenInterrupted();
      failWhenInputIsBroken(feed);
      if (delivery != null) {
        delivery.failWhenRefused();
      }
      if (channel.isClosed() || graceIsOver(channel)) {
        return exit(channel);
      }
      Optional<String> overrun = overrun();
      if (overrun.isPresent() && statusSince == 0) {
        killRemote();
        return new Exit.TimedOut(overrun.get());
      }
    }
  }

  private void failWhenInputIsBroken(InputFeed feed) {
    Exception broken = feed.sourceFailure();
    if (broken != null) {
      throw new UncheckedIOException(
          host + ": the input of \"" + command + "\" could not be read; it was told to end",
          broken instanceof IOException known ? known : new IOException(broken));
    }
  }

  /** Which limit has run out, if one has. */
  private Optional<String> overrun() {
    if (age().compareTo(command.timeout()) > 0) {
      return Optional.of(Words.seconds(command.timeout()));
    }
    Duration idle = Duration.ofNanos(System.nanoTime() - Math.max(out.heardAt(), err.heardAt()));
    return command
        .idleTimeout()
        .filter(limit -> idle.compareTo(limit) > 0)
        .map(limit -> "no output for " + Words.seconds(limit));
  }

  private boolean graceIsOver(RemoteChannel channel) {
    boolean ended = channel.exitStatus() >= 0 || channel.exitSignal() != null;
    if (ended && statusSince == 0) {
      statusSince = System.nanoTime();
    }
    return ended && System.nanoTime() - statusSince > GRACE_NANOS;
  }

  private static Exit exit(RemoteChannel channel) {
    String signal = channel.exitSignal();
    if (signal != null) {
      return new Exit.Signalled(signal);
    }
    int status = channel.exitStatus();
    if (status >= 0) {
      return new Exit.Exited(status & 0xff);
    }
    return new Exit.Lost("the link ended before the command's exit status came");
  }

  private void startFeeding(InputFeed feed) {
    byte[] prologue = wire.prologue();
    feeding = workers.start(() -> feed.writeAll(prologue, command.input()));
  }

  /**
   * Without sudo the command may start although its first sign has not come yet: it was sent. With
   * sudo nothing was sent before, and the shell ends by itself.
   */
  private void killRemote() {
    if (kill != null && (out.begun() || !wire.sudo())) {
      leftovers = kill.run(command, wire.word(), out.begun() ? wire.pid(out.markerLine()) : "");
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
    byte[] stderr = err.begun() ? err.bytes() : err.noise().getBytes(StandardCharsets.UTF_8);
    return CommandResult.of(host.address(), command.toString(), exit, out.bytes(), stderr, age());
  }

  private Duration age() {
    return Duration.ofNanos(System.nanoTime() - started);
  }
}
