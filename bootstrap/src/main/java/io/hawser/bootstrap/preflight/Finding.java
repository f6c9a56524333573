package io.hawser.bootstrap.preflight;

import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link PreflightCheck} found on one host; it becomes a row of the report. Immutable. */
public final class Finding {
  private final Status status;
  private final String message;
  private final List<String> details;
  private final @Nullable String field;
  private final @Nullable String hint;

  private Finding(
      Status status,
      String message,
      List<String> details,
      @Nullable String field,
      @Nullable String hint) {
    this.status = status;
    this.message = message;
    this.details = details;
    this.field = field;
    this.hint = hint;
  }

  private static Finding of(Status status, CharSequence message) {
    return new Finding(status, message.toString(), List.of(), null, null);
  }

  /** It is as it should be; the message says what was seen. */
  public static Finding ok(CharSequence message) {
    return of(Status.OK, message);
  }

  /** Work can go on, but a person should look at it. */
  public static Finding warning(CharSequence message) {
    return of(Status.WARNING, message);
  }

  /** The host cannot be brought up like this; the message says why. */
  public static Finding failed(CharSequence message) {
    return of(Status.FAILED, message);
  }

  /** Nobody knows: the third state, which is no pass. */
  public static Finding notChecked(CharSequence why) {
    return of(Status.NOT_CHECKED, "could not check: " + why);
  }

  /** The question does not arise on this host, or was not to be asked. */
  public static Finding skipped(CharSequence why) {
    return of(Status.SKIPPED, why);
  }

  /** The same with the field of the Clusterfile to look at, and what to do next. */
  public Finding advice(@Nullable CharSequence clusterfileField, @Nullable CharSequence nextStep) {
    return new Finding(
        status,
        message,
        details,
        clusterfileField == null ? null : clusterfileField.toString(),
        nextStep == null ? null : nextStep.toString());
  }

  /** The same with further lines. */
  public Finding details(Collection<? extends CharSequence> lines) {
    return new Finding(
        status, message, lines.stream().map(CharSequence::toString).toList(), field, hint);
  }

  /**
   * The row of the report that it becomes.
   *
   * @param host the address of the host
   * @param check the name of the check
   */
  public HostResult row(CharSequence host, CharSequence check) {
    return HostResult.of(host.toString(), check.toString(), status, message)
        .details(details)
        .advice(field, hint);
  }

  @Override
  public String toString() {
    return status + " " + message;
  }
}
