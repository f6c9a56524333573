package io.hawser.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes one HTML page of a report: failures with what the hosts said, a drawing of who sent what to
 * whom and who asks which registry, the figures of each host, and every result. Immutable and
 * thread-safe; pure text from data.
 *
 * <p>The page holds no script and loads nothing, so it can be mailed, archived and opened without a
 * network; it is well-formed XML too. It follows the reader's choice of light or dark, fits a
 * telephone, and can be printed. What hosts said is escaped, control and direction marks are
 * written out. Times are those of the report: the page has no date of its own, so the same report
 * gives the same page.
 *
 * <pre>{@code
 * Files.writeString(file, HtmlReport.of(report, registries.topology()).toHtml());
 * }</pre>
 */
public final class HtmlReport {
  private final Report report;
  private final Topology topology;
  private final @Nullable String title;

  private HtmlReport(Report report, Topology topology, @Nullable String title) {
    this.report = report;
    this.topology = topology;
    this.title = title;
  }

  /** A page of a report whose cluster is not known: without roles, and without who asks whom. */
  public static HtmlReport of(Report report) {
    Set<String> hosts = new LinkedHashSet<>();
    report.results().forEach(result -> hosts.add(result.host()));
    List<Topology.Member> members = new ArrayList<>();
    hosts.forEach(host -> members.add(new Topology.Member(host, List.of(), null, List.of())));
    return new HtmlReport(report, Topology.of("", members), null);
  }

  /**
   * A page of a report about these hosts.
   *
   * @param topology as {@code Registries.topology()} gives it
   */
  public static HtmlReport of(Report report, Topology topology) {
    return new HtmlReport(report, topology, null);
  }

  /** The same page with another heading than the name of the cluster, for example of the run. */
  public HtmlReport title(CharSequence heading) {
    return new HtmlReport(report, topology, heading.toString());
  }

  /** The page, as text that is to be stored in UTF-8; ends with a newline. */
  public String toHtml() {
    return HtmlPage.of(heading(), report, topology);
  }

  private String heading() {
    if (title != null) {
      return title;
    }
    return topology.cluster().isEmpty() ? "Hawser report" : "Cluster " + topology.cluster();
  }

  @Override
  public String toString() {
    return heading();
  }
}
