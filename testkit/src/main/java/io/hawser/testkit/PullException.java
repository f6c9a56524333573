package io.hawser.testkit;

import com.google.common.collect.ImmutableList;
import io.hawser.HawserException;
import java.util.List;

/** A node could not pull an image. The message names every endpoint that was tried. */
public final class PullException extends HawserException {
  private static final long serialVersionUID = 1L;

  private final ImmutableList<String> failures;

  PullException(String reference, String reason, List<String> failures) {
    super(
        "pull of "
            + reference
            + ": "
            + reason
            + (failures.isEmpty() ? "" : "; tried before: " + String.join("; ", failures)));
    this.failures = ImmutableList.copyOf(failures);
  }

  /** The endpoints that failed before, each with its reason. */
  public List<String> failures() {
    return failures;
  }
}
