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
 */
public record HostResult(
    String host,
    String step,
    Status status,
    String message,
    List<String> details,
    @Nullable String field,
    @Nullable String hint,
    Duration took)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Copies the details. */
  public HostResult {
    details = List.copyOf(details);
  }

  /** A result with a message only. */
  public static HostResult of(String host, String step, Status status, String message) {
    return new HostResult(host, step, status, message, List.of(), null, null, Duration.ZERO);
  }

  /** The same result with its duration. */
  public HostResult took(Duration duration) {
    return new HostResult(host, step, status, message, details, field, hint, duration);
  }

  /** The same result with further lines. */
  public HostResult details(Collection<? extends CharSequence> lines) {
    List<String> texts = lines.stream().map(CharSequence::toString).toList();
    return new HostResult(host, step, status, message, texts, field, hint, took);
  }

  /** The same result with the field of the Clusterfile to look at and what to do next. */
  public HostResult advice(@Nullable String clusterfileField, @Nullable String nextStep) {
    return new HostResult(host, step, status, message, details, clusterfileField, nextStep, took);
  }
}
