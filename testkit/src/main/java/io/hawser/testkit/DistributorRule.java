package io.hawser.testkit;

/** The rules of {@code docs/extend-distributor.md}, in its words and with its numbers. */
enum DistributorRule {
  /** A row is true. */
  FILLS(
      1,
      "A row that says CHANGED or OK is true: every file of the content lies below the directory,"
          + " with its bytes and its mode."),
  /** The form of the report. */
  ROWS(
      2,
      "The report has one row for each target, in the order of the targets, with"
          + " Distribution.STEP as its step: CHANGED when the host is different now, OK when"
          + " nothing had to be done, FAILED when not everything is there."),
  /** Failures stay with their host. */
  FAILING_HOST(
      3,
      "A host that fails is a FAILED row that says why; it is no exception, and keeps no other host"
          + " from being filled."),
  /** Nothing half. */
  WHOLE(
      4,
      "At every moment a file is at its place whole and right, or it is not there, also when a host"
          + " or a link dies."),
  /** Lower ranks first. */
  ORDER(5, "Nothing is at its place before all files of lower ranks are."),
  /** A broken run does no harm. */
  CONVERGES(
      6, "What a run that broke has left does not disturb the next one, which ends the work."),
  /** Idempotent. */
  SAME(7, "A second run changes nothing: its rows say OK, and no file is written."),
  /** Not ours. */
  FOREIGN(8, "Whatever else lies in the directory stays as it is."),
  /** Everything can be undone. */
  JOURNAL(
      9,
      "What stays on a host came there through HostAccess.apply, under Distribution.OWNER, so that"
          + " undo takes back all of it and nothing else."),
  /** No traces. */
  ELSEWHERE(
      10,
      "Nothing else on a host is different afterwards: no scratch, no process, no open port, no"
          + " secret."),
  /** The deadline. */
  DEADLINE(
      11,
      "A host whose turn comes after the deadline is not begun, and its row is FAILED and says so;"
          + " what was begun comes to an end."),
  /** Who listens. */
  LISTENER(12, "The listener hears each host once, with the row of the report."),
  /** Digests decide. */
  SOURCE(
      13,
      "Bytes whose SHA-256 is not that of the content are put into place nowhere, wherever they"
          + " come from; a host that cannot get the right ones is FAILED."),
  /** How hosts are opened. */
  ACCESS(14, "Distribution.access is asked at most once for each host."),
  /** Cancelling. */
  INTERRUPT(15, "An interrupt ends the work with a CancelledException, within seconds.");

  static final String DOCUMENT = "docs/extend-distributor.md";

  private final int number;
  private final String text;

  DistributorRule(int number, String text) {
    this.number = number;
    this.text = text;
  }

  int number() {
    return number;
  }

  String text() {
    return text;
  }
}
