package io.hawser.testkit;

import java.io.Closeable;

/** A service that was started on an embedded host. */
interface RunningService extends Closeable {
  /** How it is: running, ended by itself with a status, or not come up at all. */
  State state();

  /** Ends it and all that came from it. May be called again. */
  @Override
  void close();

  /**
   * How a service is.
   *
   * @param kind in one word
   * @param status the exit status; 0 while it runs
   * @param note more about it for people; empty when there is nothing to say
   */
  record State(Kind kind, int status, String note) {
    static State of(Kind kind, String note) {
      return new State(kind, 0, note);
    }
  }

  /** How a service is, in one word; the lower case names are what systemctl says. */
  enum Kind {
    ACTIVE,
    INACTIVE,
    FAILED
  }
}
