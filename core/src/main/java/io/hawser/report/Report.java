package io.hawser.report;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a call did: one result per host and step, in the order of the steps and then of the hosts.
 *
 * <p>Plain data without secrets, immutable, serialisable; {@link #toTable()} and {@link #recap()}
 * are for people, {@link #toJson()} for programs, {@link #toJunitXml()} for build servers, and
 * {@link HtmlReport} makes a page of it.
 */
public final class Report implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final Report EMPTY = new Report(List.of());

  private final ArrayList<HostResult> results;

  private Report(Collection<HostResult> results) {
    this.results = new ArrayList<>(results);
  }

  /** A report of nothing done. */
  public static Report empty() {
    return EMPTY;
  }

  /** A report of these results. */
  public static Report of(Collection<HostResult> results) {
    return new Report(results);
  }

  /** This report followed by another. */
  public Report then(Report next) {
    List<HostResult> all = new ArrayList<>(results);
    all.addAll(next.results);
    return new Report(all);
  }

  /** All results. */
  public List<HostResult> results() {
    return List.copyOf(results);
  }

  /** The results of one host, by its address. */
  public List<HostResult> results(CharSequence host) {
    return results.stream().filter(r -> r.host().contentEquals(host)).toList();
  }

  /** The results that failed or whose outcome is unknown. */
  public List<HostResult> failures() {
    return results.stream().filter(r -> r.status().isFailure()).toList();
  }

  /** Whether nothing failed; true for an empty report. */
  public boolean succeeded() {
    return failures().isEmpty();
  }

  /** Whether any host is different now. */
  public boolean changed() {
    return results.stream().anyMatch(r -> r.status() == Status.CHANGED);
  }

  /** Whether there is nothing in it. */
  public boolean isEmpty() {
    return results.isEmpty();
  }

  /** A table for people, one line per result, failures with their details; ends with a newline. */
  public String toTable() {
    return ReportTable.of(results);
  }

  /** What each host's results come to, for the end of a run. */
  public Recap recap() {
    return Recap.of(results);
  }

  /**
   * The report as a JSON document (RFC 8259) with {@code formatVersion} 1, which {@link #fromJson}
   * reads; {@code docs/reports.md} has every field.
   */
  public String toJson() {
    return ReportJson.of(results);
  }

  /**
   * The report that {@link #toJson} wrote; durations are of whole milliseconds then. Fields that it
   * does not know are passed over, so that what later versions add does no harm.
   *
   * @throws IllegalArgumentException naming every fault by its place, if it is not JSON, of another
   *     {@code formatVersion}, or lacks something
   */
  public static Report fromJson(CharSequence json) {
    return ReportReader.read(json.toString());
  }

  /**
   * The report as JUnit XML, which build servers show: a suite per step in which each result is a
   * test named by its host. {@code FAILED} is a failure, {@code UNKNOWN} an error, {@code SKIPPED}
   * and {@code NOT_CHECKED} are skipped; all else has passed, a warning with its text.
   *
   * <p>Format: {@code surefire-test-report.xsd} 3.0 of Maven Surefire, which Jenkins reads too.
   */
  public String toJunitXml() {
    return JunitXml.of(results);
  }

  @Override
  public String toString() {
    return toTable();
  }
}
