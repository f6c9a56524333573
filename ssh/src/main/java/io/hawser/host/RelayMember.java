package io.hawser.host;

import io.hawser.report.Transfer;
import io.hawser.ssh.Input;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One host of a chain during one part: what it says and is told. It makes a certificate, waits for
 * the one before it (which learns where), connects to the one after it, and passes on.
 */
final class RelayMember implements Input {
  private static final long HANDSHAKE_SECONDS = 30;
  private static final long LOOK_MILLIS = 200;

  private static final Pattern CERTIFICATE = Pattern.compile("[A-Za-z0-9+/=,]{1,4000}");

  private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");

  private final RelayTarget target;
  private final boolean own;
  private final @Nullable RelayMember before;
  private final @Nullable Input payload;
  private final List<String> verb;
  private final ArrivedDigests digests;
  private final CompletableFuture<String> certificate = new CompletableFuture<>();
  private final CompletableFuture<String> port = new CompletableFuture<>();
  private final CompletableFuture<Boolean> over = new CompletableFuture<>();
  private @Nullable RelayMember after;
  private volatile @Nullable Thread thread;
  private volatile Optional<String> failure = Optional.empty();
  private volatile long heardAt = System.nanoTime();
  private volatile long received = -1;
  private volatile long begunAt;
  private volatile long endedAt;

  /**
   * A host.
   *
   * @param own whether it passes on what lies in its place, where nothing is to arrive
   * @param before who passes on to it; null for the first
   * @param payload what the first is sent: the content, or the names of files of its own when it
   *     has them
   * @param verb the agent's verb for what arrives, and its fields
   */
  RelayMember(
      RelayTarget target,
      boolean own,
      @Nullable RelayMember before,
      @Nullable Input payload,
      List<String> verb,
      List<TreeStep> part) {
    this.target = target;
    this.own = own;
    this.before = before;
    this.payload = payload;
    this.verb = verb;
    this.digests = new ArrivedDigests(target.agent(), "relay", part);
    if (before != null) {
      before.after = this;
    }
  }

  RelayTarget target() {
    return target;
  }

  /** Takes part until everything has arrived here and at the next. */
  void call(Duration limit) {
    thread = Thread.currentThread();
    begunAt = System.nanoTime();
    try {
      target.agent().relay(this::hear, this::hearError, limit, this, arguments());
    } finally {
      thread = null;
      endedAt = System.nanoTime();
      over.complete(true);
      // Nobody waits for what will not come any more; what has come stays.
      IOException gone = new IOException(target.address() + " broke off");
      certificate.completeExceptionally(gone);
      port.completeExceptionally(gone);
    }
  }

  private String[] arguments() {
    return Stream.concat(Stream.of(bracketed(target.address())), verb.stream())
        .toArray(String[]::new);
  }

  private static String bracketed(String address) {
    return address.contains(":") ? "[" + address + "]" : address;
  }

  private void hear(String line) {
    heardAt = System.nanoTime();
    String rest = line.length() > 2 ? line.substring(2) : "";
    if (line.startsWith("c ") && CERTIFICATE.matcher(rest).matches()) {
      certificate.complete(rest);
    } else if (line.startsWith("l ") && PORT.matcher(rest).matches()) {
      port.complete(rest);
    } else if (line.equals("e")) {
      over.complete(true);
    } else if (!line.equals("w")) { // it waits; what it said before is told only now
      digests.accept(line);
    }
  }

  private void hearError(String line) {
    heardAt = System.nanoTime();
    if (line.startsWith("b ")) {
      try {
        received = Long.parseLong(line.substring(2));
      } catch (NumberFormatException e) {
        received = -1; // it is for the watch alone
      }
    }
  }

  @Override
  public void writeTo(OutputStream stream) throws IOException {
    RelayMember next = after;
    say(stream, "in " + whence());
    String whither =
        next == null
            ? "-"
            : String.join(
                " ",
                bracketed(next.target.address()),
                next.soon(next.port),
                next.soon(next.certificate));
    say(stream, "out " + whither);
    if (payload != null) {
      payload.writeTo(stream);
    } else {
      hold(stream);
    }
  }

  private String whence() throws IOException {
    if (before != null) {
      return before.soon(before.certificate);
    }
    return own ? "own " + WireField.encode(target.directory()) : "-";
  }

  private static void say(OutputStream stream, String line) throws IOException {
    stream.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    stream.flush();
  }

  /** As long as it is open the host knows that the controller is there. */
  private void hold(OutputStream stream) throws IOException {
    while (!isOver()) {
      say(stream, "");
    }
  }

  private boolean isOver() throws IOException {
    try {
      return over.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException | ExecutionException e) {
      throw new IOException("the relay was given up", e);
    }
  }

  private String soon(CompletableFuture<String> said) throws IOException {
    try {
      return said.get(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      throw new IOException(target.address() + " did not make ready to pass files on", e);
    }
  }

  /** Ends the call; what runs on the host is ended with it. */
  void stop() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  void failed(String why) {
    failure = Optional.of(why);
  }

  /** Why it broke off, if it did. */
  Optional<String> failure() {
    return failure;
  }

  /** When it was last heard of. */
  long heardAt() {
    return heardAt;
  }

  /** How many bytes have reached it; negative when it has not said so. */
  long received() {
    return received;
  }

  /** Counts what came whole, after the call, as sent by the one before it. */
  void meter(long bytes) {
    String sender = before == null ? Transfer.CONTROLLER : before.target.address();
    target.transfer().meter().came(sender, bytes, begunAt, endedAt);
  }

  Map<String, String> digests() {
    return digests.byPath();
  }
}
