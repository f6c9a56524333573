package io.hawser.testkit;

/**
 * What a host program that runs in this JVM says.
 *
 * @param code the exit status
 * @param out for standard output
 * @param err for standard error
 */
record Answer(int code, String out, String err) {
  static Answer ok(String out) {
    return new Answer(0, out, "");
  }

  static Answer failed(int code, String err) {
    return new Answer(code, "", err + "\n");
  }

  /** One answer after the other; the exit status is the first that is not 0. */
  Answer then(Answer next) {
    return new Answer(code == 0 ? next.code : code, out + next.out, err + next.err);
  }
}
