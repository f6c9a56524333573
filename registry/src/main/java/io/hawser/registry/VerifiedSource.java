package io.hawser.registry;

import io.hawser.cluster.Host;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Lets nothing be sent before every blob of the source was read and found right. */
final class VerifiedSource {
  private final Supplier<RegistryContent> content;
  private final String step;

  private VerifiedSource(Supplier<RegistryContent> content, String step) {
    this.content = content;
    this.step = step;
  }

  /** For a step, under whose name rows are given. */
  static VerifiedSource of(Supplier<RegistryContent> content, String step) {
    return new VerifiedSource(content, step);
  }

  /** What is to be sent, verified or not; read when first asked for. */
  RegistryContent content() {
    return content.get();
  }

  /** What sending gives, or a row for each host that says why nothing was sent. */
  Report send(List<Host> hosts, Function<RegistryContent, Report> sending) {
    RegistryContent source;
    List<String> problems;
    try {
      source = content.get();
      problems = source.verify();
    } catch (RegistryException e) {
      return notSent(hosts, String.valueOf(e.getMessage()), e.problems());
    }
    if (!problems.isEmpty()) {
      return notSent(hosts, "the images hold damaged artifacts: " + problems.get(0), problems);
    }
    return source.isEmpty()
        ? rows(hosts, Status.OK, "the images hold no artifacts")
        : sending.apply(source);
  }

  private Report notSent(List<Host> hosts, String why, List<String> problems) {
    return Report.of(
        rows(hosts, Status.FAILED, "nothing was sent: " + why).results().stream()
            .map(row -> row.details(problems))
            .map(row -> row.advice("spec.image", "unpack or build the image anew, then run again"))
            .toList());
  }

  private Report rows(List<Host> hosts, Status status, String message) {
    return Report.of(
        hosts.stream().map(host -> HostResult.of(host.address(), step, status, message)).toList());
  }
}
