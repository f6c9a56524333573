package io.hawser.report;

import java.io.Serializable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one step did on one host. Plain data without secrets, serialisable.
 *
 * @param host the host's address
 * @param step the step's name
 * @param status how it ended
 * @param message one line for people: what was done or why it failed
 * @param details further lines: changes made, or the tail of stderr
 * @param field the field of the Clusterfile to look at, or null
 * @param hint what to do next, or null
 * @param took how long the step ran on this host
 * @param transfers what the host was sent, and by whom, as far as it was measured
 */
public record HostResult(
    String host,
    String step,
    Status status,
    String message,
    List<String> details,
    @Nullable String field,
    @Nullable String hint,
    Duration took,
    List<Transfer> transfers)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Copies the lists. */
  public HostResult {
    details = List.copyOf(details);
    transfers = List.copyOf(transfers);
  }

  /** A result of a step that sent nothing, or did not measure it. */
  public HostResult(
      String host,
      String step,
      Status status,
      String message,
      List<String> details,
      @Nullable String field,
      @Nullable String hint,
      Duration took) {
    this(host, step, status, message, details, field, hint, took, List.of());
  }

  /** A result with a message only. */
  public static HostResult of(String host, String step, Status status, String message) {
    return new HostResult(
        host, step, status, message, List.of(), null, null, Duration.ZERO, List.of());
  }

  /** The same result with its duration. */
  public HostResult took(Duration duration) {
    return new HostResult(host, step, status, message, details, field, hint, duration, transfers);
  }

  /** The same result with further lines. */
  public HostResult details(Collection<? extends CharSequence> lines) {
    List<String> texts = lines.stream().map(CharSequence::toString).toList();
    return new HostResult(host, step, status, message, texts, field, hint, took, transfers);
  }

  /** The same result with the field of the Clusterfile to look at and what to do next. */
  public HostResult advice(@Nullable String clusterfileField, @Nullable String nextStep) {
    return new HostResult(
        host, step, status, message, details, clusterfileField, nextStep, took, transfers);
  }

  /** The same result with what the host was sent. */
  public HostResult transfers(Collection<Transfer> sent) {
    return new HostResult(
        host, step, status, message, details, field, hint, took, List.copyOf(sent));
  }
}
